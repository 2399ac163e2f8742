import { Button, Popover, Segmented } from "antd";
import { CalendarDays, ChartColumn, Filter, Images, Kanban, MapPinned, SlidersVertical, Table2 } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import { countLeaves, fromFilter } from "./filter/tree";
import { kindsOf, type ViewKind } from "./kinds";
import { Builder, Display } from "./lazy";
import { useT } from "./messages";
import styles from "./page.module.css";
import type { ListControls } from "./useListState";

const ICONS = {
  table: Table2,
  board: Kanban,
  calendar: CalendarDays,
  gallery: Images,
  regions: MapPinned,
  report: ChartColumn,
};

export function KindSwitch({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const kinds = kindsOf(object);
  if (kinds.length < 2) return null;
  return (
    <Segmented
      size="small"
      aria-label={t("page.show")}
      value={list.kind}
      onChange={(kind) => list.setKind(kind as ViewKind)}
      options={kinds.map((kind) => ({
        value: kind,
        icon: <Icon as={ICONS[kind]} size={14} label={t(`page.${kind}`)} />,
        title: t(`page.${kind}`),
      }))}
    />
  );
}

/** Groups, colours, and what the kind of view is laid out by. */
export function DisplayButton({ object, list }: { object: ObjectSchema; list: ListControls }) {
  const t = useT();
  const name = t("display.button");
  return (
    <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<Display object={object} list={list} />}>
      <Button
        className={styles.tool}
        size="small"
        icon={<Icon as={SlidersVertical} size={14} />}
        aria-label={name}
        title={name}
      />
    </Popover>
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
