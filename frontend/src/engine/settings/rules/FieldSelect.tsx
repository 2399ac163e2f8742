import { Select } from "antd";
import type { Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { searchText } from "../../fields/shared/search-text";

interface Props<V> {
  object: ObjectSchema;
  value: V | undefined;
  onChange: (value: V) => void;
  keep: (field: Field) => boolean;
  label: string;
  many?: boolean;
}

/** One field of an object, or several. */
export function FieldSelect<V extends string | string[]>({
  object,
  value,
  onChange,
  keep,
  label: name,
  many,
}: Props<V>) {
  const label = useLabel();
  const options = [...object.fields]
    .filter(keep)
    .sort((a, b) => a.position - b.position)
    .map((field) => ({ value: field.key, label: label(field.label, field.key) }));
  return (
    <Select<V>
      mode={many ? "multiple" : undefined}
      value={value}
      onChange={onChange}
      options={options}
      showSearch={{ filterOption: (input, option) => searchText(option?.label).includes(searchText(input)) }}
      placeholder={name}
      aria-label={name}
      style={{ minWidth: 0, width: "100%" }}
    />
  );
}
