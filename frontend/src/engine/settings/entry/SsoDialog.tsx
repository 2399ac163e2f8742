import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, Modal, Select } from "antd";
import { Download } from "lucide-react";
import { useState } from "react";
import { api } from "@/api";
import { Icon, kitMessages, useFormat, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { CopyButton } from "../parts/CopyButton";
import styles from "../settings.module.css";
import { CertificateChip } from "./CertificateChip";
import { SsoMetadata } from "./SsoMetadata";
import { ssoMessages } from "./sso-messages";
import { SSO_KEY, SSO_PATH, type SsoAsk, type SsoCertificate, type SsoConnection, type SsoKind } from "./sso-model";

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
        <Back row={row} hasMetadata={kind.has_metadata} />
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
            label: ["oidc", "saml"].includes(kind.kind) ? "" : kind.label,
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
        {kind.has_metadata && <SsoMetadata onFound={(config) => form.setFieldsValue({ config })} />}
        {kind.asks.map((ask) => (
          <Asked key={ask.key} ask={ask} />
        ))}
        {row && row.certificates.length > 0 && <Certificates rows={row.certificates} />}
        {kind.secret_label && (
          <Form.Item name="secret" label={kind.secret_label} extra={t("secretHint")}>
            <Input.Password
              maxLength={2000}
              autoComplete="new-password"
              placeholder={row?.has_secret ? t("secretKept") : undefined}
            />
          </Form.Item>
        )}
        {row && <Back row={row} hasMetadata={kind.has_metadata} />}
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

function Asked({ ask }: { ask: SsoAsk }) {
  const settings = settingsMessages.useT();
  const plain = { autoComplete: "off", spellCheck: false };
  const rules = ask.is_required ? [{ required: true, whitespace: true, message: settings("required") }] : [];
  return (
    <Form.Item
      name={["config", ask.key]}
      label={ask.label}
      extra={ask.hint || undefined}
      rules={ask.choices.length > 0 ? [] : rules}
      initialValue={ask.choices[0]?.value}
    >
      {ask.choices.length > 0 ? (
        <Select options={ask.choices} />
      ) : ask.most > 1000 ? (
        <Input.TextArea rows={4} style={{ fontFamily: "var(--gx-mono)" }} {...plain} />
      ) : (
        <Input maxLength={ask.most} {...plain} />
      )}
    </Form.Item>
  );
}

function Back({ row, hasMetadata }: { row: SsoConnection; hasMetadata: boolean }) {
  const t = ssoMessages.useT();
  return (
    <Alert
      type="info"
      title={t("back")}
      description={
        <>
          <div className={styles.once} style={{ margin: 0 }}>
            <code style={{ overflowWrap: "anywhere" }}>{row.back}</code>
            <CopyButton text={row.back}>{t("copy")}</CopyButton>
          </div>
          {hasMetadata && (
            <Button
              type="link"
              style={{ padding: 0, marginTop: 8 }}
              icon={<Icon as={Download} />}
              href={`/api/v1${SSO_PATH}/${row.id}/metadata`}
            >
              {t("metadataOurs")}
            </Button>
          )}
        </>
      }
    />
  );
}

function Certificates({ rows }: { rows: SsoCertificate[] }) {
  const t = ssoMessages.useT();
  const format = useFormat();
  return (
    <ul className={styles.list} style={{ marginBottom: 24 }}>
      {rows.map((one) => (
        <li key={one.fingerprint}>
          <div className={styles.grow}>
            <div>
              <b className="gx-cut">{one.subject}</b>
              <CertificateChip until={one.until} />
            </div>
            <span className="gx-3 gx-s12" style={{ overflowWrap: "anywhere" }}>
              {t("certificateSpan", { since: format.date(one.since), until: format.date(one.until) })} · SHA-256{" "}
              {one.fingerprint}
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}
