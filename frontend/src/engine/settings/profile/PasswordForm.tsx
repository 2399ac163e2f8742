import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input } from "antd";
import { keys } from "@/api/keys";
import { allauth } from "@/engine/access/allauth";
import { useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { Section } from "../parts/Section";
import { useFreshSession } from "../security/useFreshSession";
import styles from "../settings.module.css";

interface Values {
  current_password: string;
  new_password: string;
  end_tokens: boolean;
}

export function PasswordForm() {
  const t = settingsMessages.useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const say = useProblem();
  const fresh = useFreshSession();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: ({ end_tokens, ...values }: Values) =>
      fresh.run(() => allauth("POST", "/account/password/change", { ...values, keep_tokens: !end_tokens })),
    onSuccess: (answer, { end_tokens }) => {
      if (!answer) return;
      form.resetFields();
      message.success(t(end_tokens ? "profile.changedAll" : "profile.changed"));
      return client.invalidateQueries({ queryKey: keys.tokens });
    },
    onError: (error) => say(error, form),
  });
  return (
    <Section title={t("profile.password")} body={t("profile.passwordBody")}>
      <Form
        form={form}
        layout="vertical"
        className={styles.form}
        requiredMark={false}
        onFinish={(values) => change.mutate(values)}
      >
        <Form.Item
          name="current_password"
          label={t("profile.current")}
          rules={[{ required: true, message: t("required") }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new_password" label={t("profile.fresh")} rules={[{ required: true, message: t("required") }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="end_tokens" valuePropName="checked" initialValue={true} extra={t("profile.endTokensHint")}>
          <Checkbox>{t("profile.endTokens")}</Checkbox>
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t("profile.change")}
        </Button>
      </Form>
      {fresh.dialog}
    </Section>
  );
}
