import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { Building2 } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { api, isProblem } from "@/api";
import { Icon } from "@/kit";
import styles from "./access.module.css";
import { ssoMessages } from "./sso-messages";

export interface SignInWays {
  workspace: string;
  sso_only: boolean;
  ways: { kind: string; label: string; url: string }[];
}

const KEPT = "guanxi.firm";

/** The address of one's firm: from the link, else from the last time here. */
export function useFirm(): string {
  const [params] = useSearchParams();
  return params.get("firm") ?? localStorage.getItem(KEPT) ?? "";
}

export function useSignInWays(firm: string) {
  return useQuery({
    queryKey: ["sign-in", firm],
    queryFn: async ({ signal }) => {
      const found = await api.get<SignInWays>(`/sign-in/${encodeURIComponent(firm)}`, { signal });
      localStorage.setItem(KEPT, firm);
      return found;
    },
    enabled: firm !== "",
    retry: false,
    staleTime: 60_000,
  });
}

/** The buttons of a firm's single sign-on; leaving for the provider is a full page load. */
export function SsoButtons({ ways, next }: { ways: SignInWays; next: string }) {
  const query = next === "/" ? "" : `?next=${encodeURIComponent(next)}`;
  return (
    <div style={{ display: "grid", gap: 12, marginTop: 20 }}>
      {ways.ways.map((way) => (
        <Button key={way.url} size="large" block icon={<Icon as={Building2} />} href={way.url + query}>
          {way.label}
        </Button>
      ))}
    </div>
  );
}

/** Asks for the firm's address, for those who came without its link. */
export function FirmForm() {
  const t = ssoMessages.useT();
  const [params, setParams] = useSearchParams();
  const [asking, setAsking] = useState(false);
  const [form] = Form.useForm<{ firm: string }>();
  const firm = params.get("firm") ?? "";
  const ways = useSignInWays(firm);
  const missing = isProblem(ways.error) && ways.error.status === 404;
  if (!asking && !missing) {
    return (
      <Button type="link" style={{ padding: 0, justifySelf: "start" }} onClick={() => setAsking(true)}>
        {t("ask")}
      </Button>
    );
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ firm }}
      onFinish={(values) => {
        const wanted = values.firm.trim().toLowerCase();
        setParams((before) => {
          const after = new URLSearchParams(before);
          after.set("firm", wanted.includes("firm=") ? (new URL(wanted).searchParams.get("firm") ?? wanted) : wanted);
          return after;
        });
      }}
    >
      <Form.Item
        name="firm"
        label={t("firm")}
        extra={missing ? undefined : t("firmHint")}
        validateStatus={missing ? "error" : undefined}
        help={missing ? t("firmUnknown") : undefined}
        rules={[{ required: true, whitespace: true, message: t("firmRequired") }]}
      >
        <Input autoFocus={asking} autoComplete="organization" spellCheck={false} maxLength={200} />
      </Form.Item>
      <Button htmlType="submit" block loading={ways.isFetching}>
        {t("goOn")}
      </Button>
    </Form>
  );
}

const CODES = [
  "gone",
  "expired",
  "provider",
  "denied",
  "unverified",
  "unproven",
  "domain",
  "no_place",
  "disabled",
  "factor",
] as const;

/** What became of the last try. */
export function SsoNotice() {
  const t = ssoMessages.useT();
  const [params] = useSearchParams();
  const said = params.get("sso");
  if (!said) return null;
  if (said === "link")
    return (
      <Alert
        className={styles.notice}
        type="info"
        showIcon
        title={t("link")}
        description={t(params.get("email") ? "linkBody" : "linkPlain")}
      />
    );
  const code = CODES.find((one) => one === said) ?? "provider";
  return <Alert className={styles.notice} type="warning" showIcon title={t(`failed.${code}`)} />;
}
