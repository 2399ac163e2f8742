import { Cascader } from "antd";
import { useMemo, useState } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useT } from "../messages";
import styles from "./filter.module.css";
import { filterable, nextObject, type ObjectMap, resolvePath } from "./path";

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
  /** Which fields may be chosen; those that lead on are shown anyway. */
  fits?: (field: Field) => boolean;
  label?: string;
  size?: "small";
  /** With it a choice may be taken back: the path is empty then. */
  placeholder?: string;
}

/** A field of this object, or of one it links to: relations open as one walks into them. */
export function FieldPathPicker({ object, value, onChange, fits = filterable, ...rest }: Props) {
  const t = useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => prefixes(value));
  const options = useMemo(
    () => entries({ objects: byKey, opened, label, fits }, object),
    [byKey, object, opened, label, fits],
  );
  return (
    <Cascader<Entry>
      className={styles.path}
      options={options}
      value={value ? value.split(".") : []}
      onChange={(chosen) => {
        const path = (chosen ?? []).join(".");
        const field = path ? resolvePath(byKey, object, path)?.field : undefined;
        if (!path || (field && fits(field))) onChange(path);
      }}
      loadData={(chosen) => setOpened(new Set([...opened, chosen.map((each) => each.value).join(".")]))}
      displayRender={(labels) => labels.join(t("sentence.hop").trim())}
      changeOnSelect
      expandTrigger="hover"
      allowClear={rest.placeholder !== undefined}
      size={rest.size}
      showSearch={{ limit: 60 }}
      placeholder={rest.placeholder ?? t("filter.field")}
      aria-label={rest.label ?? t("filter.field")}
    />
  );
}

function prefixes(path: string): Set<string> {
  const parts = path.split(".");
  return new Set(parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join(".")));
}

interface Shown {
  objects: ObjectMap;
  opened: ReadonlySet<string>;
  label: ReturnType<typeof useLabel>;
  fits: (field: Field) => boolean;
}

function entries(shown: Shown, object: ObjectSchema, prefix = "", hops = 0): Entry[] {
  return object.fields.flatMap((field) => {
    const path = prefix ? `${prefix}.${field.key}` : field.key;
    const next = nextObject(shown.objects, field, hops);
    if (!shown.fits(field) && !next) return [];
    return {
      value: field.key,
      label: shown.label(field.label, field.key),
      isLeaf: !next,
      children: next && shown.opened.has(path) ? entries(shown, next, path, hops + 1) : undefined,
    };
  });
}
