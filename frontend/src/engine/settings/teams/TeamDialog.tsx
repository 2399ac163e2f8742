import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { api, keys, type Team } from "@/api";
import { kitMessages, useProblem } from "@/kit";
import { settingsMessages } from "../locales";
import { TeamSelect } from "../parts/TeamSelect";
import { useMembers } from "../people-queries";

interface Props {
  team?: Team;
  parent?: string;
  teams: Team[];
  onClose: () => void;
}

interface Values {
  name: string;
  parent?: string | null;
  manager?: string | null;
}

export function TeamDialog({ team, parent, teams, onClose }: Props) {
  const t = settingsMessages.useT();
  const kit = kitMessages.useT();
  const client = useQueryClient();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const people = useMembers({}).data?.pages.flatMap((page) => page.data) ?? [];
  const managers = people
    .filter((person) => person.status === "active")
    .map((person) => ({ value: person.id, label: person.name }));
  const save = useMutation({
    mutationFn: (values: Values) => {
      const body = { name: values.name, parent: values.parent ?? null, manager: values.manager ?? null };
      return team ? api.patch(`/teams/${team.id}`, body) : api.post("/teams", body);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.teams });
      onClose();
    },
    onError: (error) => say(error, form),
  });
  return (
    <Modal
      open
      title={t(team ? "teams.edit" : "teams.add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={kit("save")}
      cancelText={kit("cancel")}
      okButtonProps={{ loading: save.isPending }}
      width={420}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: team?.name, parent: team?.parent ?? parent, manager: team?.manager?.id }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t("teams.name")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="parent" label={t("teams.parent")}>
          <TeamSelect placeholder={t("teams.none")} teams={teams} without={team?.id} />
        </Form.Item>
        <Form.Item name="manager" label={t("teams.manager")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("teams.none")}
            options={managers}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
