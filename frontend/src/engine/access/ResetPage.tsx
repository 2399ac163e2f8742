import { useMutation } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import { isProblem } from "@/api";
import { useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import { resetPassword } from "./allauth";
import { PasswordField } from "./fields";
import { accessMessages } from "./locales";
import { useAuthConfig } from "./setup-state";
import { useEnter } from "./useEnter";

export function ResetPage() {
  const t = accessMessages.useT();
  const { key = "" } = useParams();
  const navigate = useNavigate();
  const enter = useEnter();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ password: string }>();
  const say = useProblem();
  useAuthConfig(); // brings the CSRF cookie
  const reset = useMutation({
    mutationFn: (values: { password: string }) => resetPassword(key, values.password),
    onSuccess: (outcome) => {
      if (outcome.step === "done") return enter();
      message.success(t("reset.done"));
      return navigate("/sign-in", { replace: true });
    },
    onError: (error) => say(error, form),
  });
  const badKey = isProblem(reset.error) && reset.error.errors.some((error) => error.field === "key");
  if (badKey) {
    return (
      <AccessLayout title={t("reset.badKey")} body={t("reset.badKeyBody")}>
        <Link to="/reset">
          <Button type="primary" size="large" block tabIndex={-1}>
            {t("reset.again")}
          </Button>
        </Link>
      </AccessLayout>
    );
  }
  return (
    <AccessLayout title={t("reset.newTitle")}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => reset.mutate(values)}>
        <PasswordField fresh />
        <Button type="primary" htmlType="submit" size="large" block loading={reset.isPending}>
          {t("reset.newSubmit")}
        </Button>
      </Form>
    </AccessLayout>
  );
}
