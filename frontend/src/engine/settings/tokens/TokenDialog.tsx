import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { type ApiToken, api, keys } from "@/api";
import { kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { CopyButton } from "../parts/CopyButton";
import styles from "../settings.module.css";

const EXPIRY = { d30: 30, d90: 90, d365: 365, never: null } as const;

interface Values {
  name: string;
  write: boolean;
  expiry: keyof typeof EXPIRY;
}

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const [secret, setSecret] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: ({ name, write, expiry }: Values) => {
      const days = EXPIRY[expiry];
      const expires_at = days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString();
      return api.post<ApiToken>("/tokens", { name, scopes: write ? ["read", "write"] : ["read"], expires_at });
    },
    onSuccess: (token) => {
      setSecret(token.token ?? "");
      void client.invalidateQueries({ queryKey: keys.tokens });
    },
    onError: (error) => say(error, form),
  });
  if (secret !== null) {
    return (
      <Modal
        open
        title={t("tokens.done")}
        onCancel={onClose}
        mask={{ closable: false }}
        footer={<Button onClick={onClose}>{kit("close")}</Button>}
        width={560}
      >
        <p>{t("tokens.doneBody")}</p>
        <div className={styles.once}>
          <code>{secret}</code>
          <CopyButton text={secret}>{t("tokens.copy")}</CopyButton>
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t("tokens.new")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("tokens.create")}
      cancelText={kit("cancel")}
      okButtonProps={{ loading: create.isPending }}
      width={420}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ write: false, expiry: "d90" }}
        onFinish={(values) => create.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t("tokens.name")}
          extra={t("tokens.nameHint")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="write" label={t("tokens.scopes")}>
          <Segmented
            options={[
              { value: false, label: t("tokens.read") },
              { value: true, label: t("tokens.readWrite") },
            ]}
          />
        </Form.Item>
        <Form.Item name="expiry" label={t("tokens.expires")}>
          <Select
            options={(Object.keys(EXPIRY) as (keyof typeof EXPIRY)[]).map((value) => ({
              value,
              label: t(`tokens.expiry.${value}`),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
