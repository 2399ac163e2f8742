import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api";
import { useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import type { SignUpValues } from "./allauth";
import { EmailField, NameField, PasswordField, WorkspaceField } from "./fields";
import { accessMessages } from "./locales";
import { useAuthConfig, useSetup } from "./setup-state";
import { useEnter } from "./useEnter";

/** First run: the link in the terminal carries the one-time code. */
export function SetupPage() {
  const t = accessMessages.useT();
  const [params] = useSearchParams();
  const [form] = Form.useForm<SignUpValues & { token: string }>();
  const say = useProblem();
  const enter = useEnter();
  const setup = useSetup();
  useAuthConfig(); // brings the CSRF cookie
  const token = params.get("token") ?? "";
  const create = useMutation({
    mutationFn: (values: SignUpValues & { token: string }) => api.post("/setup", values),
    onSuccess: enter,
    onError: (error) => say(error, form),
  });
  if (setup.data && !setup.data.needs_setup) {
    return (
      <AccessLayout
        title={t("setup.done")}
        body={t("setup.doneBody")}
        foot={<Link to="/sign-in">{t("reset.toSignIn")}</Link>}
      />
    );
  }
  return (
    <AccessLayout title={t("setup.title")} body={t("setup.body")}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ token }}
        onFinish={(values) => create.mutate(values)}
      >
        <Form.Item
          name="token"
          label={t("setup.token")}
          extra={t("setup.tokenHint")}
          hidden={Boolean(token)}
          rules={[{ required: true, message: t("setup.tokenRequired") }]}
        >
          <Input size="large" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <WorkspaceField autoFocus={Boolean(token)} />
        <NameField />
        <EmailField />
        <PasswordField fresh label={t("password")} />
        <Button type="primary" htmlType="submit" size="large" block loading={create.isPending}>
          {t("setup.submit")}
        </Button>
      </Form>
    </AccessLayout>
  );
}
