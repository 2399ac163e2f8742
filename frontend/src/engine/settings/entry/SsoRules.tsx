import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select, Switch } from "antd";
import { api } from "@/api";
import { kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { useMembers } from "../people-queries";
import styles from "../settings.module.css";
import { POLICY_KEY, POLICY_PATH, type SignInPolicy } from "./model";
import { ssoMessages } from "./sso-messages";

type Values = Pick<SignInPolicy, "sso_only" | "break_glass">;

/** Whether people come in by the firm's own provider only, and who may without it. */
export function SsoRules({ canDemand }: { canDemand: boolean }) {
  const policy = useQuery({
    queryKey: POLICY_KEY,
    queryFn: ({ signal }) => api.get<SignInPolicy>(POLICY_PATH, { signal }),
  });
  return policy.data ? <RulesForm policy={policy.data} canDemand={canDemand} /> : null;
}

function RulesForm({ policy, canDemand }: { policy: SignInPolicy; canDemand: boolean }) {
  const t = ssoMessages.useT();
  const settings = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const only = Form.useWatch("sso_only", form) ?? policy.sso_only;
  const members = useMembers({});
  const admins = (members.data?.pages.flatMap((page) => page.data) ?? []).filter(
    (member) => member.role === "admin" && member.status === "active",
  );
  const save = useMutation({
    mutationFn: (values: Values) => api.patch<SignInPolicy>(POLICY_PATH, values),
    onSuccess: (saved) => {
      client.setQueryData(POLICY_KEY, saved);
      message.success(settings("saved"));
    },
    onError: (error) => say(error, form),
  });
  return (
    <Form
      form={form}
      layout="vertical"
      className={styles.form}
      requiredMark={false}
      style={{ marginTop: 20 }}
      initialValues={{ sso_only: policy.sso_only, break_glass: policy.break_glass }}
      onFinish={(values) => save.mutate({ ...values, break_glass: values.break_glass ?? policy.break_glass })}
    >
      <Form.Item name="sso_only" label={t("only")} valuePropName="checked" extra={t("onlyHint")}>
        <Switch disabled={!canDemand && !policy.sso_only} aria-label={t("only")} />
      </Form.Item>
      {only && (
        <Form.Item name="break_glass" label={t("reserve")} extra={t("reserveHint")}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={admins.map((member) => ({ value: member.id, label: member.name }))}
          />
        </Form.Item>
      )}
      {(only || policy.sso_only) && (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {kit("save")}
        </Button>
      )}
    </Form>
  );
}
