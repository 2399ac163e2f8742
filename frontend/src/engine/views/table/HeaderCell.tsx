// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be a table element
import { Button, Dropdown, type MenuProps, Popover } from "antd";
import { ArrowDown, ArrowUp, ChevronDown, EyeOff, Filter } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { fromFilter, quickLeaf } from "../filter/tree";
import { QuickFilter } from "../lazy";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import type { TableColumn } from "./columns";
import { ResizeHandle } from "./ResizeHandle";
import styles from "./table.module.css";

interface Props {
  object: ObjectSchema;
  column: TableColumn;
  list: ListControls;
  fixed: boolean;
  target: boolean;
  onResize: (path: string, width: number) => void;
  onResized: (path: string, width: number) => void;
  onDragStart: () => void;
  onDragOver: () => void;
  onDrop: () => void;
}

export function HeaderCell({ object, column, list, fixed, target, onResize, onResized, ...drag }: Props) {
  const t = useT();
  const label = useLabel();
  const [filtering, setFiltering] = useState(false);
  const { path, field } = column;
  const name = column.fields.map((each) => label(each.label)).join(t("sentence.hop").trim());
  const key = list.sort.find((each) => each.field === path);
  const sort = (desc: boolean | null) => list.setSort(desc === null ? [] : [{ field: path, desc }]);
  const cycle = () => sort(!key ? false : key.desc ? null : true);
  const order = key ? (key.desc ? "descending" : "ascending") : "none";
  const filtered = quickLeaf(fromFilter(list.filter), path) !== undefined;
  const items: MenuProps["items"] = [
    ...(field.sortable
      ? [
          {
            key: "asc",
            icon: <Icon as={ArrowUp} size={14} />,
            label: t("table.ascending"),
            onClick: () => sort(false),
          },
          {
            key: "desc",
            icon: <Icon as={ArrowDown} size={14} />,
            label: t("table.descending"),
            onClick: () => sort(true),
          },
        ]
      : []),
    ...(field.operators.length
      ? [
          {
            key: "filter",
            icon: <Icon as={Filter} size={14} />,
            label: t("table.filter"),
            onClick: () => setFiltering(true),
          },
        ]
      : []),
    ...(fixed
      ? []
      : [
          {
            key: "hide",
            icon: <Icon as={EyeOff} size={14} />,
            label: t("table.hide"),
            onClick: () => list.setLayout({ columns: list.columns.filter((each) => each.field !== path) }),
          },
        ]),
  ];
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={field.sortable ? order : undefined}
      className={[
        styles.header,
        fixed ? styles.title : "",
        column.align === "end" ? styles.end : "",
        target ? styles.target : "",
      ].join(" ")}
      draggable={!fixed}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        drag.onDragStart();
      }}
      onDragOver={(event) => {
        if (fixed) return;
        event.preventDefault();
        drag.onDragOver();
      }}
      onDrop={drag.onDrop}
    >
      {field.sortable ? (
        <button
          type="button"
          className={key ? styles.sorted : styles.sort}
          onClick={cycle}
          title={t("table.sort_by", { name })}
        >
          <span className="gx-cut">{name}</span>
          {key && <Icon as={key.desc ? ArrowDown : ArrowUp} size={12} />}
        </button>
      ) : (
        <span className="gx-cut">{name}</span>
      )}
      <Popover
        open={filtering}
        onOpenChange={(open) => !open && setFiltering(false)}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        content={<QuickFilter object={object} path={path} list={list} />}
      >
        <span className={styles.anchor} />
      </Popover>
      {filtered && <Icon as={Filter} size={12} className="gx-link" label={t("table.filter")} />}
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button
          className={styles.menu}
          type="text"
          size="small"
          icon={<Icon as={ChevronDown} size={12} />}
          aria-label={t("table.header_menu", { name })}
        />
      </Dropdown>
      <ResizeHandle
        name={name}
        width={column.width}
        onResize={(width) => onResize(path, width)}
        onResized={(width) => onResized(path, width)}
      />
    </div>
  );
}
