/** What a rollup counts, of which records, and in what order. */
import { Alert, Input, Select } from "antd";
import { type ReactNode, useId } from "react";
import type { Field, FilterNode, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import type { ConfigProps } from "../config";
import styles from "../shared/config.module.css";
import { useT } from "./messages";
import { fits, OPS, type Op, ORDERED, sourcesOf } from "./rollup-config";

export default function Config({ objectKey, config, onChange, errors }: ConfigProps) {
  const t = useT();
  const label = useLabel();
  const { objects, byKey } = useSchema();
  const sources = sourcesOf(objects, objectKey);
  const other = byKey.get(String(config.object ?? ""));
  const op = (OPS as readonly unknown[]).includes(config.op) ? (config.op as Op) : undefined;
  const set = (patch: Record<string, unknown>) => {
    const next = { ...own(config), ...patch };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== "")));
  };
  if (sources.length === 0) return <Alert type="info" title={t("none")} />;
  const names = (keep: (field: Field) => boolean) => (other ? choices(other, keep, label) : []);
  return (
    <div className={styles.group}>
      <Item label={t("source")} hint={t("help")} error={errors.object ?? errors.field}>
        {(id) => (
          <Select
            id={id}
            value={config.object && config.field ? `${config.object}.${config.field}` : undefined}
            options={sources.map(({ object, field }) => ({
              value: `${object.key}.${field.key}`,
              label: t("source_hint", { object: label(object.label_plural), link: label(field.label) }),
            }))}
            onChange={(chosen) => {
              const [object, field] = chosen.split(".");
              onChange({ object, field, op: "count" });
            }}
          />
        )}
      </Item>
      {other && (
        <Item label={t("op")} error={errors.op}>
          {(id) => (
            <Select
              id={id}
              value={op}
              options={OPS.map((each) => ({ value: each, label: t(each) }))}
              onChange={(next) =>
                set({ op: next, measure: keepMeasure(other, next, config.measure), order: undefined })
              }
            />
          )}
        </Item>
      )}
      {other && op && op !== "count" && (
        <Item label={t("measure")} error={errors.measure ?? errors.config}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: "label" }}
              value={typeof config.measure === "string" ? config.measure : undefined}
              options={names((field) => fits(op, field))}
              onChange={(measure) => set({ measure })}
            />
          )}
        </Item>
      )}
      {other && op && ORDERED.has(op) && (
        <Item label={t("order")} error={errors.order}>
          {(id) => (
            <Select
              id={id}
              allowClear
              placeholder={t("order_default")}
              value={typeof config.order === "string" ? config.order : undefined}
              options={names((field) => field.sortable)}
              onChange={(order) => set({ order })}
            />
          )}
        </Item>
      )}
      {op === "joined" && (
        <Item label={t("separator")} error={errors.separator}>
          {(id) => (
            <Input
              id={id}
              maxLength={10}
              placeholder="、"
              value={typeof config.separator === "string" ? config.separator : ""}
              onChange={(event) => set({ separator: event.target.value })}
            />
          )}
        </Item>
      )}
      {other && op && (
        <Item label={t("filter")} hint={t("filter_all")} error={filterError(errors)}>
          {() => (
            <FilterBuilder
              object={other}
              filter={(config.filter as FilterNode | undefined) ?? null}
              onChange={(filter) => set({ filter: filter ?? undefined })}
            />
          )}
        </Item>
      )}
    </div>
  );
}

const OWN = ["object", "field", "op", "measure", "filter", "order", "separator"];
/** A settled field carries the settings of its result, too; those are not ours to send. */
const own = (config: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(config).filter(([key]) => OWN.includes(key)));

function keepMeasure(other: ObjectSchema, op: Op, measure: unknown): unknown {
  const field = other.fields.find((each) => each.key === measure);
  return op !== "count" && field && fits(op, field) ? measure : undefined;
}

function choices(other: ObjectSchema, keep: (field: Field) => boolean, label: ReturnType<typeof useLabel>) {
  return other.fields.filter(keep).map((field) => ({ value: field.key, label: label(field.label, field.key) }));
}

const filterError = (errors: Record<string, string>): string | undefined =>
  Object.entries(errors).find(
    ([path]) => path === "filter" || path.startsWith("filter.") || path.startsWith("config.filter"),
  )?.[1];

interface ItemProps {
  label: string;
  hint?: string;
  error?: string;
  children: (id: string) => ReactNode;
}

function Item({ label, hint, error, children }: ItemProps) {
  const id = useId();
  const said = error ?? hint;
  return (
    <div className={styles.item}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {said && <p className={error ? styles.error : styles.hint}>{said}</p>}
    </div>
  );
}
