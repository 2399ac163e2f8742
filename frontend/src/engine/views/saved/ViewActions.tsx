import { Menu, type MenuProps, Modal } from "antd";
import { Save, Undo2 } from "lucide-react";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon, useProblem } from "@/kit";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import { useViewMenu } from "./useViewMenu";
import { canChange, useViewMutations } from "./useViews";

interface Props {
  object: ObjectSchema;
  view: SavedView;
  list: ListControls;
  open: boolean;
  onClose: () => void;
}

/** What one may do with the view that is open, where there is no room for tabs and their menu. */
export function ViewActions({ object, view, list, open, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { update } = useViewMutations(object.key);
  const { items, dialog } = useViewMenu(object, view, list);
  const save = () =>
    update.mutate(
      { view, patch: { definition: list.definition } },
      { onSuccess: list.reset, onError: (error) => say(error) },
    );
  const changed: MenuProps["items"] = list.dirty
    ? [
        ...(canChange(view) && !view.locked
          ? [{ key: "save", icon: <Icon as={Save} />, label: t("view.save"), onClick: save }]
          : []),
        { key: "reset", icon: <Icon as={Undo2} />, label: t("view.reset"), onClick: list.reset },
        { type: "divider" as const },
      ]
    : [];
  return (
    <>
      <Modal
        open={open}
        title={t("view.menu", { name: label(view.name) })}
        onCancel={onClose}
        footer={null}
        width={360}
        destroyOnHidden
      >
        <Menu selectable={false} items={[...changed, ...(items ?? [])]} onClick={onClose} />
      </Modal>
      {dialog}
    </>
  );
}
