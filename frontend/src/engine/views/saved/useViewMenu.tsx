import { App, type MenuProps } from "antd";
import {
  Copy,
  CopyPlus,
  Link2,
  Link2Off,
  Lock,
  LockOpen,
  Pencil,
  Pin,
  PinOff,
  Star,
  Trash2,
  Users,
} from "lucide-react";
import { useState } from "react";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useRoleNames } from "@/engine/records/access/useRoleNames";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { SaveView } from "../lazy";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { canChange, useViewMutations, type ViewPatch } from "./useViews";

const ROLES = ["admin", "manager", "member", "read_only"] as const;
type Role = (typeof ROLES)[number];

/** What one may do with a view: rename and share, pin, make it the default, delete, copy its address. */
export function useViewMenu(object: ObjectSchema, view: SavedView, list: ListControls) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { create, update, remove } = useViewMutations(object.key);
  const [renaming, setRenaming] = useState(false);
  const name = label(view.name);
  const change = (patch: ViewPatch) => update.mutate({ view, patch }, { onError: (error) => say(error) });
  const ask = () =>
    modal.confirm({
      title: t("view.delete_ask", { name }),
      okText: t("view.delete"),
      okButtonProps: { danger: true, type: "default" },
      icon: null,
      onOk: () => remove.mutateAsync(view).then(() => list.setView(null), say),
    });
  const copy = async () => {
    const address = new URL(location.href);
    address.searchParams.set("view", view.id);
    await navigator.clipboard.writeText(address.href);
    message.success(t("view.copied"));
  };
  const lock = {
    key: "lock",
    icon: <Icon as={view.locked ? LockOpen : Lock} />,
    label: t(view.locked ? "view.unlock" : "view.lock"),
    onClick: () => change({ locked: !view.locked }),
  };
  const duplicate = () =>
    create.mutate(
      {
        name: t("view.copy_of", { name }),
        kind: view.kind,
        scope: "personal",
        definition: view.definition,
      },
      { onSuccess: (made) => list.setView(made.id), onError: (error) => say(error) },
    );
  const inherits = (role: string) => view.default_roles.includes(role);
  const known = useRoleNames();
  const roles = [...new Set<string>([...ROLES, ...known.keys()])].map((role) => ({
    key: `role:${role}`,
    label: `${inherits(role) ? "✓ " : ""}${known.has(role) ? label(known.get(role)) : t(`view.role.${role as Role}`)}`,
    onClick: () =>
      change({
        default_roles: inherits(role)
          ? view.default_roles.filter((each) => each !== role)
          : [...view.default_roles, role],
      }),
  }));
  const own: MenuProps["items"] = !canChange(view)
    ? []
    : view.locked
      ? [lock]
      : [
          { key: "rename", icon: <Icon as={Pencil} />, label: t("view.rename"), onClick: () => setRenaming(true) },
          {
            key: "pin",
            icon: <Icon as={view.pinned ? PinOff : Pin} />,
            label: t(view.pinned ? "view.unpin" : "view.pin"),
            onClick: () => change({ pinned: !view.pinned }),
          },
          {
            key: "default",
            icon: <Icon as={Star} />,
            label: t(view.is_default ? "view.is_default" : "view.make_default"),
            disabled: view.is_default,
            onClick: () => change({ is_default: true }),
          },
          ...(view.scope === "everyone"
            ? [{ key: "roles", icon: <Icon as={Users} />, label: t("view.for_roles"), children: roles }]
            : [
                {
                  key: "by_link",
                  icon: <Icon as={view.by_link ? Link2Off : Link2} />,
                  label: t(view.by_link ? "view.not_by_link" : "view.by_link"),
                  onClick: () => change({ by_link: !view.by_link }),
                },
              ]),
          lock,
        ];
  const items: MenuProps["items"] = [
    ...own,
    { key: "duplicate", icon: <Icon as={CopyPlus} />, label: t("view.duplicate"), onClick: duplicate },
    { key: "copy", icon: <Icon as={Copy} />, label: t("view.copy_link"), onClick: () => void copy() },
    ...(canChange(view) && !view.locked
      ? [
          { type: "divider" as const },
          { key: "delete", icon: <Icon as={Trash2} />, danger: true, label: t("view.delete"), onClick: ask },
        ]
      : []),
  ];
  const dialog = (
    <SaveView object={object} list={list} open={renaming} onClose={() => setRenaming(false)} rename={{ view, name }} />
  );
  return { items, dialog };
}
