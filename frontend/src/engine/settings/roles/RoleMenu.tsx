import { App, Button, Dropdown, Form, Input, Modal } from "antd";
import { Copy, Ellipsis, Eye, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Label } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { useT as useViewingT } from "../../access/viewing/messages";
import { useViewAs } from "../../access/viewing/useViewAs";
import { useT } from "./messages";
import { NewRole } from "./NewRole";
import { type RoleInfo, useRoleChanges } from "./queries";

/** What can be done with a role besides setting its cells. */
export function RoleMenu({ role }: { role: RoleInfo }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { remove } = useRoleChanges();
  const viewing = useViewingT();
  const viewAs = useViewAs();
  const [open, setOpen] = useState<"name" | "copy" | null>(null);
  const name = label(role.name);
  const ask = () =>
    modal.confirm({
      title: t(role.builtin ? "reset_ask" : "remove_ask", { name }),
      content: role.builtin ? t("reset_body", { n: t("people", { count: role.people }) }) : t("remove_body"),
      okText: t(role.builtin ? "reset" : "remove"),
      cancelText: t("cancel"),
      okButtonProps: { danger: true, type: "default" },
      onOk: () =>
        remove.mutateAsync(role.key).then(
          () => (role.builtin ? undefined : navigate("/settings/roles", { replace: true })),
          (error) => say(error),
        ),
    });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        placement="bottomRight"
        menu={{
          items: [
            ...(role.fixed
              ? []
              : [{ key: "name", icon: <Icon as={Pencil} />, label: t("rename"), onClick: () => setOpen("name") }]),
            {
              key: "view",
              icon: <Icon as={Eye} />,
              label: viewing("begin_role"),
              onClick: () => viewAs({ roles: [role.key] }, name),
            },
            { key: "copy", icon: <Icon as={Copy} />, label: t("copy"), onClick: () => setOpen("copy") },
            ...(role.adjusted
              ? [{ key: "reset", icon: <Icon as={RotateCcw} />, danger: true, label: t("reset"), onClick: ask }]
              : []),
            ...(role.builtin
              ? []
              : [{ key: "remove", icon: <Icon as={Trash2} />, danger: true, label: t("remove"), onClick: ask }]),
          ],
        }}
      >
        <Button icon={<Icon as={Ellipsis} />} aria-label={t("more")} />
      </Dropdown>
      {open === "name" && <NameDialog role={role} onClose={() => setOpen(null)} />}
      {open === "copy" && <NewRole copyOf={role} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Values {
  name: Label;
  note: Label;
}

function NameDialog({ role, onClose }: { role: RoleInfo; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const [form] = Form.useForm<Values>();
  const { update } = useRoleChanges();
  return (
    <Modal
      open
      title={t("rename")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("save")}
      cancelText={t("cancel")}
      okButtonProps={{ loading: update.isPending }}
      width={460}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: role.name, note: role.note }}
        onFinish={(values) =>
          update.mutate(
            { key: role.key, version: role.version, ...values },
            { onSuccess: onClose, onError: (error) => say(error) },
          )
        }
      >
        <Form.Item
          name={["name", "zh-CN"]}
          label={t("name_zh")}
          rules={[{ required: true, whitespace: true, message: t("required") }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={["name", "en"]} label={t("name_en")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={["note", "zh-CN"]} label={t("note_zh")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={["note", "en"]} label={t("note_en")}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
