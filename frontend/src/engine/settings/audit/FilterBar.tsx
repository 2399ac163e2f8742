import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useSchema } from "@/api";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people } from "@/engine/fields/shared/pickers";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import styles from "./audit.module.css";
import { auditMessages } from "./messages";
import type { About, Filters } from "./model";

interface Props {
  about: About | undefined;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** What is looked for: group or kind, person, object, period, address. */
export function FilterBar({ about, filters, onChange }: Props) {
  const t = auditMessages.useT();
  const label = useLabel();
  const schema = useSchema();
  const [person, setPerson] = useState<Choice | null>(null);
  const set = (change: Filters) => onChange({ ...filters, ...change });
  const actor = filters.actor ? (person?.id === filters.actor ? person : { id: filters.actor, title: "…" }) : null;
  const kinds = about?.kinds.filter((kind) => !filters.group || kind.group === filters.group) ?? [];
  const objects = schema.objects;
  const day = (value: string | undefined) => (value ? dayjs(value) : null);
  return (
    <div className={styles.filters}>
      <Select
        allowClear
        value={filters.group ?? null}
        placeholder={t("group")}
        aria-label={t("group")}
        options={about?.groups.map((group) => ({ value: group.key, label: label(group.label) })) ?? []}
        onChange={(group) => set({ group: group ?? undefined, kind: undefined })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        value={filters.kind ?? null}
        placeholder={t("kind")}
        aria-label={t("kind")}
        options={kinds.map((kind) => ({ value: kind.key, label: label(kind.label) }))}
        onChange={(kind) => set({ kind: kind ?? undefined })}
      />
      <div className={styles.person}>
        <AsyncPicker
          source={people}
          value={actor}
          label={t("person")}
          allowClear
          popupWidth={280}
          onChange={(choice) => {
            setPerson(choice);
            set({ actor: choice?.id });
          }}
        />
      </div>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={false}
        value={filters.object ?? null}
        placeholder={t("object")}
        aria-label={t("object")}
        options={objects.map((object) => ({ value: object.key, label: label(object.label_plural) }))}
        onChange={(object) => set({ object: object ?? undefined })}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={[day(filters.from), filters.to ? dayjs(filters.to).subtract(1, "day") : null]}
        placeholder={[t("from"), t("to")]}
        aria-label={t("period")}
        onChange={(range) =>
          set({
            from: range?.[0]?.startOf("day").format(),
            to: range?.[1]?.add(1, "day").startOf("day").format(),
          })
        }
      />
      <Address value={filters.ip ?? ""} onChange={(ip) => set({ ip })} />
      {Object.keys(filters).length > 0 && (
        <Button type="text" icon={<Icon as={X} size={14} />} onClick={() => onChange({})}>
          {filters.record ? t("record_only") : t("clear")}
        </Button>
      )}
    </div>
  );
}

/** Looked for when one has finished typing. */
function Address({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) {
  const t = auditMessages.useT();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = () => text.trim() !== value && onChange(text.trim() || undefined);
  return (
    <Input
      allowClear
      value={text}
      placeholder={t("ip")}
      aria-label={t("ip")}
      maxLength={45}
      onChange={(event) => setText(event.target.value)}
      onClear={() => onChange(undefined)}
      onBlur={done}
      onPressEnter={done}
    />
  );
}
