import { useMutation } from "@tanstack/react-query";
import { Button, Form } from "antd";
import { useState } from "react";
import { Link, Navigate } from "react-router";
import { useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import { type SignUpValues, signUp } from "./allauth";
import { EmailField, NameField, PasswordField, WorkspaceField } from "./fields";
import { accessMessages } from "./locales";
import { useAuthConfig, useSetup } from "./setup-state";
import { useEnter } from "./useEnter";

export function SignUpPage() {
  const t = accessMessages.useT();
  const [form] = Form.useForm<SignUpValues>();
  const say = useProblem();
  const enter = useEnter();
  const setup = useSetup();
  useAuthConfig(); // brings the CSRF cookie
  const [sentTo, setSentTo] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: signUp,
    onSuccess: (outcome, values) => (outcome.step === "done" ? enter() : setSentTo(values.email)),
    onError: (error) => say(error, form),
  });

  const toSignIn = <Link to="/sign-in">{t("signUp.toSignIn")}</Link>;
  if (setup.data?.needs_setup) return <Navigate to="/setup" replace />;
  if (setup.data && !setup.data.sign_up_open)
    return <AccessLayout title={t("signUp.closed")} body={t("signUp.closedBody")} foot={toSignIn} />;
  if (sentTo) {
    return (
      <AccessLayout
        title={t("verify.title")}
        body={t("verify.body", { email: sentTo })}
        foot={<Link to="/sign-in">{t("verify.toSignIn")}</Link>}
      />
    );
  }
  return (
    <AccessLayout title={t("signUp.title")} body={t("signUp.body")} foot={toSignIn}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => create.mutate(values)}>
        <WorkspaceField autoFocus />
        <NameField />
        <EmailField />
        <PasswordField fresh label={t("password")} />
        <Button type="primary" htmlType="submit" size="large" block loading={create.isPending}>
          {t("signUp.submit")}
        </Button>
      </Form>
    </AccessLayout>
  );
}
