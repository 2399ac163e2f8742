import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Skeleton } from "antd";
import { Link, useParams } from "react-router";
import { api, meQuery } from "@/api";
import { useProblem } from "@/kit";
import { AccessLayout } from "./AccessLayout";
import { EmailField, NameField, PasswordField } from "./fields";
import { accessMessages } from "./locales";
import { useAuthConfig } from "./setup-state";
import { useEnter } from "./useEnter";

interface Invitation {
  workspace: { name: string };
  email: string | null;
  /** Told only to links that came by mail. */
  has_account?: boolean | null;
  invited_by: string | { name: string } | null;
}

export function InvitationPage() {
  const t = accessMessages.useT();
  const { token = "" } = useParams();
  const [form] = Form.useForm<{ name: string; password: string }>();
  const say = useProblem();
  const enter = useEnter();
  useAuthConfig(); // brings the CSRF cookie
  const path = `/invitations/${encodeURIComponent(token)}`;
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api.get<Invitation>(path, { signal }),
    retry: false,
  });
  const me = useQuery(meQuery);
  const accept = useMutation({
    mutationFn: (values: { name?: string; password?: string; email?: string }) => api.post(path, values),
    onSuccess: enter,
    onError: (error) => say(error, form),
  });

  if (invitation.isError) {
    return (
      <AccessLayout
        title={t("invitation.bad")}
        body={t("invitation.badBody")}
        foot={<Link to="/sign-in">{t("reset.toSignIn")}</Link>}
      />
    );
  }
  if (!invitation.data) {
    return (
      <AccessLayout title="">
        <Skeleton active />
      </AccessLayout>
    );
  }
  const { workspace, email, invited_by, has_account } = invitation.data;
  const inviter = typeof invited_by === "string" ? invited_by : invited_by?.name;
  const body = inviter ? t("invitation.body", { inviter }) : t("invitation.bodyPlain");
  return (
    <AccessLayout title={t("invitation.title", { workspace: workspace.name })} body={body}>
      {me.data ? (
        <Button type="primary" size="large" block loading={accept.isPending} onClick={() => accept.mutate({})}>
          {t("invitation.asMe", { email: me.data.user.email })}
        </Button>
      ) : has_account ? (
        <Link to={`/sign-in?next=${encodeURIComponent(`/invitation/${token}`)}`}>
          <Button type="primary" size="large" block tabIndex={-1}>
            {t("invitation.signIn")}
          </Button>
        </Link>
      ) : (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ email }}
          onFinish={(values) => accept.mutate(values)}
        >
          <EmailField disabled={Boolean(email)} />
          <NameField autoFocus />
          <PasswordField fresh label={t("password")} />
          <Button type="primary" htmlType="submit" size="large" block loading={accept.isPending}>
            {t("invitation.submit")}
          </Button>
        </Form>
      )}
    </AccessLayout>
  );
}
