import { App, Button, Dropdown, type MenuProps } from "antd";
import { CopyPlus, Ellipsis, Lock, LockOpen, Pencil, Plus, Star, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useLabel } from "@/i18n";
import { Icon, lazyDialog, useProblem } from "@/kit";
import { useT } from "./messages";
import { type DashboardPatch, useDashboardMutations } from "./queries";
import type { Dashboard } from "./types";

const SaveDialog = lazyDialog(async () => (await import("./edit/SaveDialog")).SaveDialog);
const ROLES = ["admin", "manager", "member", "read_only"] as const;

/** What one may do with a dashboard besides looking at it and changing its widgets. */
export function useDashboardMenu(dashboard: Dashboard, { onCreate }: { onCreate: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { create, update, remove } = useDashboardMutations();
  const [renaming, setRenaming] = useState(false);
  const name = label(dashboard.name);
  const change = (patch: DashboardPatch) => update.mutate({ dashboard, patch }, { onError: (error) => say(error) });
  const copy = () =>
    create.mutate(
      { name: t("copy_of", { name }).slice(0, 80), scope: "personal", definition: dashboard.definition },
      { onSuccess: (made) => navigate(`/dashboards/${made.id}`), onError: (error) => say(error) },
    );
  const ask = () =>
    modal.confirm({
      title: t("delete_ask", { name }),
      okText: t("delete"),
      okButtonProps: { danger: true, type: "default" },
      icon: null,
      onOk: () => remove.mutateAsync(dashboard).then(() => navigate("/dashboards"), say),
    });
  const inherits = (role: string) => dashboard.default_roles.includes(role);
  const roles = ROLES.map((role) => ({
    key: `role:${role}`,
    label: `${inherits(role) ? "✓ " : ""}${t(`role.${role}`)}`,
    onClick: () =>
      change({
        default_roles: inherits(role)
          ? dashboard.default_roles.filter((each) => each !== role)
          : [...dashboard.default_roles, role],
      }),
  }));
  const open = dashboard.mine && !dashboard.locked;
  const items: MenuProps["items"] = [
    { key: "new", icon: <Icon as={Plus} />, label: t("new"), onClick: onCreate },
    { key: "copy", icon: <Icon as={CopyPlus} />, label: t("copy"), onClick: copy },
    ...(open
      ? [
          { key: "rename", icon: <Icon as={Pencil} />, label: t("rename"), onClick: () => setRenaming(true) },
          {
            key: "default",
            icon: <Icon as={Star} />,
            label: t(dashboard.is_default ? "is_default" : "make_default"),
            disabled: dashboard.is_default,
            onClick: () => change({ is_default: true }),
          },
        ]
      : []),
    ...(open && dashboard.scope === "everyone"
      ? [{ key: "roles", icon: <Icon as={Users} />, label: t("for_roles"), children: roles }]
      : []),
    ...(dashboard.mine
      ? [
          {
            key: "lock",
            icon: <Icon as={dashboard.locked ? LockOpen : Lock} />,
            label: t(dashboard.locked ? "unlock" : "lock"),
            onClick: () => change({ locked: !dashboard.locked }),
          },
        ]
      : []),
    ...(open
      ? [
          { type: "divider" as const },
          { key: "delete", icon: <Icon as={Trash2} />, danger: true, label: t("delete"), onClick: ask },
        ]
      : []),
  ];
  const menu = (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button type="text" aria-label={t("menu")} icon={<Icon as={Ellipsis} />} />
    </Dropdown>
  );
  const dialog = (
    <SaveDialog
      open={renaming}
      title={t("rename")}
      first={{ name, scope: dashboard.scope }}
      onClose={() => setRenaming(false)}
      onSave={(values) =>
        update.mutateAsync({
          dashboard,
          // Both names of one that has two stay as they are unless it is called otherwise.
          patch: { ...(values.name === name ? {} : { name: values.name }), scope: values.scope },
        })
      }
    />
  );
  return { menu, dialog };
}
