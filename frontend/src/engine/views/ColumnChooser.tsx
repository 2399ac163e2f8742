import { Button, Checkbox, Input } from "antd";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { searchText } from "../fields/shared/search-text";
import { FieldPathPicker } from "./filter/FieldPathPicker";
import { resolvePath } from "./filter/path";
import { useT } from "./messages";
import styles from "./page.module.css";
import type { Column } from "./useListState";

interface Props {
  object: ObjectSchema;
  columns: Column[];
  onChange: (columns: Column[]) => void;
}

/** Which columns, in which order; the title stays first. Order also changes by dragging headers. */
export function ColumnChooser({ object, columns, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const [text, setText] = useState("");
  const shown = new Set(columns.map((column) => column.field));
  const nameOf = (path: string) =>
    resolvePath(byKey, object, path)
      ?.fields.map((field) => label(field.label))
      .join(t("sentence.hop").trim()) ?? path;
  const hidden = object.fields
    .filter((field) => !shown.has(field.key) && field.type !== "sub_table")
    .map((field) => field.key);
  const paths = [...columns.map((column) => column.field), ...hidden].filter((path) =>
    searchText(nameOf(path)).includes(searchText(text)),
  );
  const toggle = (path: string) =>
    onChange(shown.has(path) ? columns.filter((column) => column.field !== path) : [...columns, { field: path }]);
  const move = (path: string, by: number) => {
    const from = columns.findIndex((column) => column.field === path);
    const to = from + by;
    if (from < 1 || to < 1 || to >= columns.length) return;
    const next = [...columns];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  return (
    <div className={styles.popover}>
      <h3>{t("table.columns_title")}</h3>
      <Input
        size="small"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("table.column_find")}
        aria-label={t("table.column_find")}
      />
      <div className={styles.columns}>
        {paths.map((path) => (
          <div key={path} className={styles.columnRow}>
            <Checkbox checked={shown.has(path)} disabled={path === columns[0]?.field} onChange={() => toggle(path)}>
              {nameOf(path)}
            </Checkbox>
            {shown.has(path) && path !== columns[0]?.field && (
              <>
                <Button
                  type="text"
                  size="small"
                  icon={<Icon as={ArrowUp} size={14} />}
                  aria-label={t("table.column_up", { name: nameOf(path) })}
                  onClick={() => move(path, -1)}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<Icon as={ArrowDown} size={14} />}
                  aria-label={t("table.column_down", { name: nameOf(path) })}
                  onClick={() => move(path, 1)}
                />
              </>
            )}
          </div>
        ))}
      </div>
      <h3>{t("table.column_add")}</h3>
      <FieldPathPicker
        object={object}
        value=""
        onChange={(path) => path.includes(".") && !shown.has(path) && onChange([...columns, { field: path }])}
      />
    </div>
  );
}
