import { Button, Popover, Segmented } from "antd";
import { Filter, Kanban, Table2 } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { countLeaves, fromFilter } from "./filter/tree";
import { Builder } from "./lazy";
import { useT } from "./messages";
import styles from "./page.module.css";
import type { ListControls } from "./useListState";

export function KindSwitch({ list }: { list: ListControls }) {
  const t = useT();
  return (
    <Segmented
      size="small"
      aria-label={t("page.show")}
      value={list.kind}
      onChange={(kind) => list.setKind(kind as "table" | "board")}
      options={[
        { value: "table", icon: <Icon as={Table2} size={14} label={t("page.table")} />, title: t("page.table") },
        { value: "board", icon: <Icon as={Kanban} size={14} label={t("page.board")} />, title: t("page.board") },
      ]}
    />
  );
}

interface FilterButtonProps {
  object: ObjectSchema;
  list: ListControls;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function FilterButton({ object, list, open, onOpenChange }: FilterButtonProps) {
  const t = useT();
  const count = countLeaves(fromFilter(list.filter));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={onOpenChange}
      destroyOnHidden
      content={<Builder object={object} filter={list.filter} onChange={list.setFilter} />}
    >
      <Button className={styles.tool} size="small" icon={<Icon as={Filter} size={14} />}>
        {count ? `${t("filter.button")} ${count}` : t("filter.button")}
      </Button>
    </Popover>
  );
}
