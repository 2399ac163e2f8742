import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { KeyRound } from "lucide-react";
import { Icon, useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import styles from "./access.module.css";
import { authenticateCode } from "./allauth";
import { accessMessages } from "./locales";
import { confirmWithPasskey, passkeysSupported } from "./passkeys";

interface Props {
  types: string[];
  onDone: () => void;
  onBack: () => void;
}

/** The second step: a code from the authenticator, a recovery code, or a security key. */
export function MfaForm({ types, onDone, onBack }: Props) {
  const t = accessMessages.useT();
  const [form] = Form.useForm<{ code: string }>();
  const { message } = App.useApp();
  const say = useProblem();
  const code = useMutation({
    mutationFn: (values: { code: string }) => authenticateCode(values.code.replace(/\s/g, "")),
    onSuccess: onDone,
    onError: (error) => say(error, form),
  });
  const passkey = useMutation({
    mutationFn: confirmWithPasskey,
    onSuccess: onDone,
    onError: () => message.info(t("passkeyFailed")),
  });
  return (
    <AccessLayout title={t("mfa.title")} body={t("mfa.body")}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => code.mutate(values)}>
        <Form.Item name="code" label={t("mfa.code")} rules={[{ required: true, message: t("mfa.codeRequired") }]}>
          <Input size="large" autoComplete="one-time-code" inputMode="text" autoFocus maxLength={32} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={code.isPending}>
          {t("mfa.submit")}
        </Button>
      </Form>
      {types.includes("webauthn") && passkeysSupported() && (
        <>
          <div className={styles.or}>{t("signIn.or")}</div>
          <Button
            size="large"
            block
            icon={<Icon as={KeyRound} />}
            loading={passkey.isPending}
            onClick={() => passkey.mutate()}
          >
            {t("mfa.passkey")}
          </Button>
        </>
      )}
      <div className={styles.foot}>
        <Button type="link" onClick={onBack}>
          {t("mfa.back")}
        </Button>
      </div>
    </AccessLayout>
  );
}
