import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { api, keys, type Role, type Team } from "@/api";
import { kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { TeamSelect } from "../parts/TeamSelect";
import styles from "../settings.module.css";
import { type Invited, InviteLink } from "./InviteLink";

interface Values {
  name: string;
  email?: string;
  role: Role;
  team?: string;
}

/** Invites by mail or by link: the link is shown once the invitation is there. */
export function InviteDialog({ teams, onClose }: { teams: Team[]; onClose: () => void }) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const [done, setDone] = useState<Invited | null>(null);
  const invite = useMutation({
    mutationFn: (values: Values) =>
      api.post<Invited>("/members/invite", { ...values, email: values.email || undefined }),
    onSuccess: (member) => {
      setDone(member);
      void client.invalidateQueries({ queryKey: keys.members() });
    },
    onError: (error) => say(error, form),
  });
  if (done) return <InviteLink member={done} onAgain={() => setDone(null)} onClose={onClose} />;
  return (
    <Modal
      open
      title={t("members.inviteTitle")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("members.inviteSubmit")}
      cancelText={kit("cancel")}
      okButtonProps={{ loading: invite.isPending }}
      width={460}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "member" }}
        onFinish={(values) => invite.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t("members.inviteName")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t("members.inviteEmail")}
          extra={t("members.inviteEmailHint")}
          rules={[{ type: "email" }]}
          validateTrigger="onBlur"
        >
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <div className={styles.two}>
          <Form.Item name="role" label={t("members.role")}>
            <Select
              options={(["member", "manager", "read_only", "limited", "admin"] as const).map((role) => ({
                value: role,
                label: t(`role.${role}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="team" label={t("members.team")}>
            <TeamSelect placeholder={t("members.noTeam")} teams={teams} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
