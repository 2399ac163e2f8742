/** A field of any type: the registry's part for it, with one way of showing "nothing". */
import type { Field, RecordData } from "@/api/types";
import type { EditProps, FilterProps, Place } from "./contract";
import { isBlank, moduleOf } from "./registry";
import { MaskedRead } from "./shared/MaskedRead";
import { learnName } from "./shared/names";

interface Props {
  field: Field;
  value: unknown;
  record?: RecordData;
  place?: Place;
}

export function FieldRead({ field, value, record, place = "page" }: Props) {
  if (isBlank(value)) return <span className="gx-3">—</span>;
  if (field.masked) return <MaskedRead value={value} />;
  learnNames(value);
  const { Read } = moduleOf(field);
  return <Read value={value} field={field} record={record} place={place} />;
}

export function FieldEdit(props: EditProps<unknown>) {
  const { Edit } = moduleOf(props.field);
  return <Edit {...props} />;
}

export function FieldFilter(props: FilterProps) {
  const { Filter } = moduleOf(props.field);
  return <Filter {...props} />;
}

/** People and records met on the page are known by name when a filter mentions them. */
function learnNames(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  const { id, name, title } = value as { id?: unknown; name?: unknown; title?: unknown };
  const text = name ?? title;
  if (typeof id === "string" && typeof text === "string") learnName(id, text);
}
