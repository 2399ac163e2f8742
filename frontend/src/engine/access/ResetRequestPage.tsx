import { useMutation } from "@tanstack/react-query";
import { Button, Form } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import { requestReset } from "./allauth";
import { EmailField } from "./fields";
import { accessMessages } from "./locales";
import { useAuthConfig } from "./setup-state";

export function ResetRequestPage() {
  const t = accessMessages.useT();
  const [form] = Form.useForm<{ email: string }>();
  const say = useProblem();
  useAuthConfig(); // brings the CSRF cookie
  const [sentTo, setSentTo] = useState<string | null>(null);
  const ask = useMutation({
    mutationFn: (values: { email: string }) => requestReset(values.email),
    onSuccess: (_answer, values) => setSentTo(values.email),
    onError: (error) => say(error, form),
  });
  const toSignIn = <Link to="/sign-in">{t("reset.toSignIn")}</Link>;
  // The same answer whether the address has an account or not: strangers learn nothing here.
  if (sentTo)
    return <AccessLayout title={t("reset.sent")} body={t("reset.sentBody", { email: sentTo })} foot={toSignIn} />;
  return (
    <AccessLayout title={t("reset.title")} body={t("reset.body")} foot={toSignIn}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => ask.mutate(values)}>
        <EmailField autoFocus />
        <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending}>
          {t("reset.submit")}
        </Button>
      </Form>
    </AccessLayout>
  );
}
