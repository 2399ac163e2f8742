import { App, type MenuProps } from "antd";
import { Copy, Pencil, Pin, PinOff, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { SaveView } from "../lazy";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { canChange, useViewMutations, type ViewPatch } from "./useViews";

/** What one may do with a view: rename and share, pin, make it the default, delete, copy its address. */
export function useViewMenu(object: ObjectSchema, view: SavedView, list: ListControls) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { update, remove } = useViewMutations(object.key);
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
  const own: MenuProps["items"] = canChange(view)
    ? [
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
      ]
    : [];
  const items: MenuProps["items"] = [
    ...own,
    { key: "copy", icon: <Icon as={Copy} />, label: t("view.copy_link"), onClick: () => void copy() },
    ...(canChange(view)
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
