/** How a view is laid out: what a table is folded by, a calendar's days, a gallery's cover, and colours for all. */
import { Button, Select } from "antd";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { COLORS, type ColorRule, shadeOf } from "../colors";
import type { GroupBy } from "../group-filter";
import { isAddress, isDated, isPicture } from "../kinds";
import { Builder } from "../lazy";
import { useT } from "../messages";
import type { ListControls } from "../useListState";
import styles from "./display.module.css";

interface Props {
  object: ObjectSchema;
  list: ListControls;
}

export function DisplayEditor({ object, list }: Props) {
  const t = useT();
  const dated = object.fields.filter(isDated);
  return (
    <div className={styles.editor}>
      {list.kind === "table" && <GroupEditor object={object} list={list} />}
      {list.kind === "calendar" && (
        <>
          <FieldChoice
            name={t("display.start")}
            fields={dated}
            value={list.groupBy}
            onChange={(groupBy) => list.setLayout({ groupBy: groupBy ?? undefined })}
          />
          <FieldChoice
            name={t("display.end")}
            fields={dated}
            value={list.end}
            optional
            onChange={(end) => list.setLayout({ end })}
          />
        </>
      )}
      {list.kind === "gallery" && (
        <FieldChoice
          name={t("display.cover")}
          fields={object.fields.filter(isPicture)}
          value={list.cover}
          optional
          onChange={(cover) => list.setLayout({ cover })}
        />
      )}
      {list.kind === "regions" ? (
        <FieldChoice
          name={t("display.address")}
          fields={object.fields.filter(isAddress)}
          value={list.groupBy}
          onChange={(groupBy) => list.setLayout({ groupBy: groupBy ?? undefined })}
        />
      ) : (
        <ColorEditor object={object} list={list} />
      )}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  fields: Field[];
  value: string | null | undefined;
  optional?: boolean;
  onChange: (key: string | null) => void;
}

function FieldChoice({ name, fields, value, optional = false, onChange }: ChoiceProps) {
  const label = useLabel();
  return (
    <div className={styles.line}>
      <span>{name}</span>
      <Select
        size="small"
        aria-label={name}
        value={value ?? undefined}
        allowClear={optional}
        options={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
        onChange={(key: string | undefined) => onChange(key ?? null)}
      />
    </div>
  );
}

function GroupEditor({ object, list }: Props) {
  const t = useT();
  const label = useLabel();
  const offered = object.fields.filter((field) => field.groupable || (field.buckets?.length ?? 0) > 0);
  const set = (i: number, group: GroupBy | null) => {
    const next = list.groups.slice(0, i);
    if (group) next.push(group, ...list.groups.slice(i + 1));
    list.setLayout({ groups: next });
  };
  const shown = list.groups.length < 2 ? [...list.groups, null] : list.groups;
  return (
    <>
      {shown.map((group, i) => {
        const field = offered.find((each) => each.key === group?.field);
        const buckets = field?.buckets ?? [];
        const name = t(i === 0 ? "display.group" : "display.next");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the order is what the line is
          <div key={i} className={styles.line}>
            <span>{name}</span>
            <Select
              size="small"
              aria-label={name}
              showSearch={{ optionFilterProp: "label" }}
              allowClear
              value={group?.field}
              placeholder={t("display.no_group")}
              options={offered.map((each) => ({ value: each.key, label: label(each.label) }))}
              onChange={(key: string | undefined) => {
                const chosen = offered.find((each) => each.key === key);
                const bucket = chosen?.buckets?.includes("month") ? "month" : chosen?.buckets?.[0];
                set(i, chosen ? { field: chosen.key, ...(bucket ? { bucket } : {}) } : null);
              }}
            />
            {group && buckets.length > 0 && (
              <Select
                size="small"
                aria-label={t("display.bucket")}
                value={group.bucket ?? undefined}
                options={buckets.map((bucket) => ({ value: bucket, label: t(`bucket.${bucket as "day"}`) }))}
                onChange={(bucket: string) => set(i, { ...group, bucket })}
              />
            )}
          </div>
        );
      })}
    </>
  );
}

function ColorEditor({ object, list }: Props) {
  const t = useT();
  const [editing, setEditing] = useState<number | null>(null);
  const save = (colors: ColorRule[]) => list.setLayout({ colors });
  const change = (i: number, part: Partial<ColorRule>) =>
    save(list.colors.map((rule, at) => (at === i ? { ...rule, ...part } : rule)));
  return (
    <section className={styles.colors} aria-label={t("display.colors")}>
      <h3>{t("display.colors")}</h3>
      {list.colors.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the first rule that holds counts, its place is what it is
        <div key={i} className={styles.rule}>
          <div className={styles.line}>
            <Select
              size="small"
              aria-label={t("display.color")}
              value={rule.color}
              options={COLORS.map((color) => ({
                value: color,
                label: (
                  <span className={styles.swatch}>
                    <i style={{ background: shadeOf(color) }} />
                    {t(`color.${color}`)}
                  </span>
                ),
              }))}
              onChange={(color: ColorRule["color"]) => change(i, { color })}
            />
            <Button size="small" type="text" onClick={() => setEditing(editing === i ? null : i)}>
              {t(editing === i ? "display.done" : "display.when")}
            </Button>
            <Button
              size="small"
              type="text"
              icon={<Icon as={X} size={14} />}
              aria-label={t("display.remove")}
              onClick={() => save(list.colors.filter((_, at) => at !== i))}
            />
          </div>
          {editing === i && (
            <Builder
              object={object}
              filter={rule.filter ?? null}
              onChange={(filter: ColorRule["filter"]) => change(i, { filter })}
            />
          )}
        </div>
      ))}
      {list.colors.length < 5 && (
        <Button
          size="small"
          type="text"
          icon={<Icon as={Plus} size={14} />}
          onClick={() => {
            const color = COLORS[list.colors.length % COLORS.length] ?? "red";
            save([...list.colors, { filter: { and: [] }, color }]);
            setEditing(list.colors.length);
          }}
        >
          {t("display.add_color")}
        </Button>
      )}
    </section>
  );
}
