import { Button, Select } from "antd";
import { Plus, X } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { useT } from "./messages";
import styles from "./page.module.css";
import type { SortKey } from "./url-state";

interface Props {
  object: ObjectSchema;
  sort: SortKey[];
  onChange: (sort: SortKey[]) => void;
}

export function SortEditor({ object, sort, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const sortable = object.fields.filter((field) => field.sortable);
  const free = sortable.filter((field) => !sort.some((key) => key.field === field.key));
  const replace = (index: number, key: SortKey) => onChange(sort.map((each, i) => (i === index ? key : each)));
  return (
    <div className={styles.popover}>
      {sort.map((key, index) => (
        <div key={key.field} className={styles.sortRow}>
          <Select
            value={key.field}
            aria-label={t("page.sort")}
            onChange={(field) => replace(index, { ...key, field })}
            options={sortable
              .filter((field) => field.key === key.field || free.includes(field))
              .map((field) => ({ value: field.key, label: label(field.label) }))}
            showSearch={{ optionFilterProp: "label" }}
          />
          <Select
            value={key.desc ? "desc" : "asc"}
            aria-label={t("page.sort")}
            onChange={(order) => replace(index, { ...key, desc: order === "desc" })}
            options={[
              { value: "asc", label: t("table.ascending") },
              { value: "desc", label: t("table.descending") },
            ]}
          />
          <Button
            type="text"
            size="small"
            icon={<Icon as={X} size={14} />}
            aria-label={t("table.sort_remove")}
            onClick={() => onChange(sort.filter((_, i) => i !== index))}
          />
        </div>
      ))}
      {sort.length < 3 && free[0] && (
        <div>
          <Button
            type="text"
            size="small"
            icon={<Icon as={Plus} size={14} />}
            onClick={() => free[0] && onChange([...sort, { field: free[0].key, desc: false }])}
          >
            {t("table.sort_add")}
          </Button>
        </div>
      )}
    </div>
  );
}
