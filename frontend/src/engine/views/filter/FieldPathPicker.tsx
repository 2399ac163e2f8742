import { Cascader } from "antd";
import { useMemo, useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useT } from "../messages";
import styles from "./filter.module.css";
import { filterable, nextObject, type ObjectMap } from "./path";

interface Entry {
  value: string;
  label: string;
  isLeaf: boolean;
  children?: Entry[];
}

interface Props {
  object: ObjectSchema;
  value: string;
  onChange: (path: string) => void;
}

/** A field of this object, or of one it links to: relations open as one walks into them. */
export function FieldPathPicker({ object, value, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => prefixes(value));
  const options = useMemo(() => entries(byKey, object, "", 0, opened, label), [byKey, object, opened, label]);
  return (
    <Cascader<Entry>
      className={styles.path}
      options={options}
      value={value ? value.split(".") : []}
      onChange={(path) => onChange(path.join("."))}
      loadData={(chosen) => setOpened(new Set([...opened, chosen.map((each) => each.value).join(".")]))}
      displayRender={(labels) => labels.join(t("sentence.hop").trim())}
      changeOnSelect
      expandTrigger="hover"
      allowClear={false}
      showSearch={{ limit: 60 }}
      placeholder={t("filter.field")}
      aria-label={t("filter.field")}
    />
  );
}

function prefixes(path: string): Set<string> {
  const parts = path.split(".");
  return new Set(parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join(".")));
}

function entries(
  objects: ObjectMap,
  object: ObjectSchema,
  prefix: string,
  hops: number,
  opened: ReadonlySet<string>,
  label: ReturnType<typeof useLabel>,
): Entry[] {
  return object.fields.filter(filterable).map((field) => {
    const path = prefix ? `${prefix}.${field.key}` : field.key;
    const next = nextObject(objects, field, hops);
    return {
      value: field.key,
      label: label(field.label, field.key),
      isLeaf: !next,
      children: next && opened.has(path) ? entries(objects, next, path, hops + 1, opened, label) : undefined,
    };
  });
}
