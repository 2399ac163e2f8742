import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Checkbox, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { api } from "@/api";
import { kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { CopyButton } from "../parts/CopyButton";
import styles from "../settings.module.css";
import { ssoMessages } from "./sso-messages";
import { SSO_KEY, SSO_PATH, type SsoConnection, type SsoKind } from "./sso-model";

type Values = Pick<
  SsoConnection,
  "label" | "config" | "domains" | "join_role" | "trusts_addresses" | "trusts_factor"
> & {
  secret?: string;
};

interface Props {
  kind: SsoKind | undefined;
  row: SsoConnection | undefined;
  onClose: () => void;
}

const ROLES = ["member", "manager", "read_only", "limited"] as const;

/** One way in. A new one stays open after saving, to show what has to be registered with the provider. */
export function SsoDialog({ kind, row: given, onClose }: Props) {
  const t = ssoMessages.useT();
  const settings = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const [row, setRow] = useState(given);
  const save = useMutation({
    mutationFn: ({ secret, ...values }: Values) => {
      const body = secret ? { ...values, secret } : values;
      return row
        ? api.patch<SsoConnection>(`${SSO_PATH}/${row.id}`, body)
        : api.post<SsoConnection>(SSO_PATH, { ...body, kind: kind?.kind });
    },
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: SSO_KEY });
      if (row) onClose();
      else setRow(saved);
    },
    onError: (error) => say(error, form),
  });
  if (!kind) return null;
  const isNew = row !== undefined && given === undefined;
  if (isNew) {
    return (
      <Modal
        open
        title={t("savedTitle")}
        onCancel={onClose}
        onOk={onClose}
        okText={t("savedOk")}
        cancelText={kit("close")}
      >
        <p style={{ marginBottom: 8 }}>{t("savedBody")}</p>
        <Back url={row.back} />
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={row ? row.label : kind.label}
      onCancel={onClose}
      onOk={form.submit}
      okText={kit("save")}
      cancelText={kit("cancel")}
      okButtonProps={{ loading: save.isPending }}
      width={560}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          row ?? {
            label: kind.kind === "oidc" ? "" : kind.label,
            config: {},
            domains: [],
            join_role: "",
            trusts_addresses: false,
            trusts_factor: false,
          }
        }
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item
          name="label"
          label={t("label")}
          extra={t("labelHint")}
          rules={[{ required: true, whitespace: true, message: settings("required") }]}
        >
          <Input maxLength={60} autoFocus autoComplete="off" />
        </Form.Item>
        {kind.asks.map((ask) => (
          <Form.Item
            key={ask.key}
            name={["config", ask.key]}
            label={ask.label}
            extra={ask.hint || undefined}
            rules={[{ required: true, whitespace: true, message: settings("required") }]}
          >
            <Input maxLength={255} autoComplete="off" spellCheck={false} />
          </Form.Item>
        ))}
        <Form.Item name="secret" label={kind.secret_label} extra={t("secretHint")}>
          <Input.Password
            maxLength={2000}
            autoComplete="new-password"
            placeholder={row?.has_secret ? t("secretKept") : undefined}
          />
        </Form.Item>
        {row && <Back url={row.back} />}
        <div className={styles.two} style={{ marginTop: 16 }}>
          <Form.Item name="join_role" label={t("join")} extra={t("joinHint")}>
            <Select
              options={[
                { value: "", label: t("joinNobody") },
                ...ROLES.map((role) => ({ value: role, label: settings(`role.${role}`) })),
              ]}
            />
          </Form.Item>
          <Form.Item name="domains" label={t("domains")} extra={t(kind.by_address ? "domainsHint" : "domainsOffice")}>
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              tokenSeparators={[",", " ", "，", ";"]}
              placeholder="firm.com"
            />
          </Form.Item>
        </div>
        {kind.by_address && (
          <Form.Item name="trusts_addresses" valuePropName="checked" extra={t("addressesHint")}>
            <Checkbox>{t("addresses")}</Checkbox>
          </Form.Item>
        )}
        <Form.Item name="trusts_factor" valuePropName="checked" extra={t("factorHint")}>
          <Checkbox>{t("factor")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Back({ url }: { url: string }) {
  const t = ssoMessages.useT();
  return (
    <Alert
      type="info"
      title={t("back")}
      description={
        <div className={styles.once} style={{ margin: 0 }}>
          <code style={{ overflowWrap: "anywhere" }}>{url}</code>
          <CopyButton text={url}>{t("copy")}</CopyButton>
        </div>
      }
    />
  );
}
