import { Alert, Cascader } from "antd";
import { useId, useMemo } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { type LabelLike, useLabel } from "@/i18n";
import type { ConfigProps } from "../config";
import styles from "../shared/config.module.css";
import { useT } from "./messages";

interface Entry {
  value: string;
  label: string;
  isLeaf: boolean;
  children?: Entry[];
}

const HOPS = 3;
const FILES = new Set(["file", "files", "image"]);
const MANY = new Set(["links", "sub_table"]);

/** Which field of which linked record is shown. */
export default function Config({ objectKey, config, onChange, errors }: ConfigProps) {
  const t = useT();
  const label = useLabel();
  const id = useId();
  const { byKey } = useSchema();
  const path = typeof config.path === "string" ? config.path : "";
  const object = byKey.get(objectKey);
  const entries = useMemo(() => (object ? entriesOf(byKey, object, 0, label) : []), [byKey, object, label]);
  const error = errors.path ?? errors.config;
  if (entries.length === 0) return <Alert type="info" title={t("no_links")} />;
  return (
    <div className={styles.item}>
      <label htmlFor={id}>{t("path")}</label>
      <Cascader<Entry>
        id={id}
        options={entries}
        value={path ? path.split(".") : []}
        onChange={(steps) => onChange({ path: steps.join(".") })}
        displayRender={(labels) => labels.join(" › ")}
        allowClear={false}
        showSearch={{ limit: 60 }}
        placeholder={t("choose")}
        status={error ? "error" : undefined}
        aria-label={t("path")}
      />
      <p className={error ? styles.error : styles.hint}>{error ?? t("help")}</p>
    </div>
  );
}

/** Links of an object with the fields behind them; further links as long as a path may go on. */
function entriesOf(
  objects: ReadonlyMap<string, ObjectSchema>,
  object: ObjectSchema,
  hops: number,
  label: (given: LabelLike, fallback?: string) => string,
): Entry[] {
  const shown = object.fields.filter((field) => !MANY.has(field.type) && !FILES.has(field.type));
  return shown.flatMap((field) => {
    const name = label(field.label, field.key);
    const next = hops < HOPS ? linked(objects, field) : undefined;
    const behind = next ? entriesOf(objects, next, hops + 1, label) : [];
    const own: Entry[] = hops > 0 ? [{ value: field.key, label: name, isLeaf: true }] : [];
    if (behind.length === 0) return own;
    const through: Entry = { value: field.key, label: name, isLeaf: false, children: behind };
    return [through];
  });
}

const linked = (objects: ReadonlyMap<string, ObjectSchema>, field: Field): ObjectSchema | undefined =>
  field.type === "link" && field.target ? objects.get(field.target) : undefined;
