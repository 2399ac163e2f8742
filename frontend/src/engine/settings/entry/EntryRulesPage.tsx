import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Select, Skeleton } from "antd";
import { api } from "@/api";
import { useLabel } from "@/i18n";
import { kitMessages, usePageTitle, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import styles from "../settings.module.css";
import { useSettingsText } from "../useSettingsText";
import { entryMessages } from "./messages";
import { POLICY_KEY, POLICY_PATH, type SignInPolicy } from "./model";
import { SsoSection } from "./SsoSection";

type Demands = "password_policy" | "second_factor_roles" | "session_hours" | "idle_minutes";
type Values = Pick<SignInPolicy, Demands> & { networks: string };

const HOURS = [8, 12, 24, 72, 168, 336];
const MINUTES = [0, 15, 30, 60, 120, 480];

/** What the workspace asks of everybody who signs in. */
export function EntryRulesPage() {
  const t = entryMessages.useT();
  const sections = useSettingsText();
  usePageTitle(sections("sections.entry"));
  const policy = useQuery({
    queryKey: POLICY_KEY,
    queryFn: ({ signal }) => api.get<SignInPolicy>(POLICY_PATH, { signal }),
  });
  return (
    <>
      <Section title={sections("sections.entry")} body={t("body")}>
        {policy.data ? <PolicyForm policy={policy.data} /> : <Skeleton active title={false} paragraph={{ rows: 8 }} />}
      </Section>
      <SsoSection />
    </>
  );
}

function PolicyForm({ policy }: { policy: SignInPolicy }) {
  const t = entryMessages.useT();
  const settings = settingsMessages.useT();
  const kit = kitMessages.useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const save = useMutation({
    mutationFn: ({ networks, ...rest }: Values) =>
      api.patch<SignInPolicy>(POLICY_PATH, { ...rest, networks: lines(networks) }),
    onSuccess: (saved) => {
      client.setQueryData(POLICY_KEY, saved);
      form.setFieldsValue({ ...saved, networks: saved.networks.join("\n") });
      message.success(settings("saved"));
    },
    onError: (error) => say(error, form),
  });
  const span = (hours: number) =>
    hours < 48 ? t("hours", { count: hours }) : t("days", { count: Math.round(hours / 24) });
  const pause = (minutes: number) =>
    minutes === 0 ? t("never") : minutes < 120 ? t("minutes", { count: minutes }) : span(minutes / 60);
  return (
    <Form
      form={form}
      layout="vertical"
      className={styles.form}
      requiredMark={false}
      initialValues={{ ...policy, networks: policy.networks.join("\n") }}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item name="second_factor_roles" label={t("factor")} extra={t("factorHint")}>
        <Select
          mode="multiple"
          placeholder={t("factorNone")}
          optionFilterProp="label"
          options={policy.roles.map((role) => ({ value: role.key, label: label(role.name) }))}
        />
      </Form.Item>
      <Form.Item name="password_policy" label={t("passwords")}>
        <Radio.Group style={{ display: "grid", gap: 8 }}>
          {(["asvs", "mlps"] as const).map((key) => (
            <Radio key={key} value={key}>
              {t(key)}
              <div className="gx-3 gx-s12">{t(`${key}Hint`)}</div>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <div className={styles.two}>
        <Form.Item name="session_hours" label={t("length")}>
          <Select options={having(HOURS, policy.session_hours).map((value) => ({ value, label: span(value) }))} />
        </Form.Item>
        <Form.Item name="idle_minutes" label={t("idle")}>
          <Select options={having(MINUTES, policy.idle_minutes).map((value) => ({ value, label: pause(value) }))} />
        </Form.Item>
      </div>
      <Form.Item name="networks" label={t("networks")} extra={t("networksHint", { address: policy.your_address })}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} spellCheck={false} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {kit("save")}
      </Button>
    </Form>
  );
}

const lines = (text: string) =>
  text
    .split(/[\s,，;；]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** The usual values, and the one that is set, whatever it is. */
const having = (usual: number[], current: number) => [...new Set([...usual, current])].sort((a, b) => a - b);
