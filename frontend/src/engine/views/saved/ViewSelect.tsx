import { Button, Dropdown } from "antd";
import { ChevronDown, Layers } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { Actions, SaveView } from "../lazy";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import styles from "./saved.module.css";

/** The views of a board, in one button: its height belongs to the cards. */
export function ViewSelect({ object, views, list }: { object: ObjectSchema; views: SavedView[]; list: ListControls }) {
  const t = useT();
  const label = useLabel();
  const [saving, setSaving] = useState(false);
  const [acting, setActing] = useState(false);
  const name = list.view ? label(list.view.name) : t("page.all_of", { name: label(object.label_plural) });
  return (
    <span className={styles.select}>
      <Dropdown
        trigger={["click"]}
        menu={{
          selectedKeys: list.view ? [list.view.id] : [],
          items: [
            ...views.map((view) => ({ key: view.id, label: label(view.name), onClick: () => list.setView(view.id) })),
            { type: "divider" as const },
            ...(list.view ? [{ key: "…", label: t("view.menu", { name }), onClick: () => setActing(true) }] : []),
            { key: "+", label: t("view.save_as"), onClick: () => setSaving(true) },
          ],
        }}
      >
        <Button size="small" icon={<Icon as={Layers} size={14} />} aria-label={`${t("board.view")}: ${name}`}>
          {name}
          <Icon as={ChevronDown} size={12} />
        </Button>
      </Dropdown>
      <SaveView object={object} list={list} open={saving} onClose={() => setSaving(false)} />
      {list.view && (
        <Actions object={object} view={list.view} list={list} open={acting} onClose={() => setActing(false)} />
      )}
    </span>
  );
}
