/**
 * What a field type is on screen: how its value is read, edited and compared.
 *
 * One folder per type with Read, Edit and Filter; `registry.ts` maps the whole union, so the compiler finds a type
 * without its folder. Pages never ask for a field's type; they ask the registry.
 */
import type { ComponentType } from "react";
import type { AddressValue, Field, FieldTypeName, FileRef, LinkRef, LocationValue, RecordData, Ref } from "@/api/types";
import type { LazyPart } from "@/kit";

export type Place = "cell" | "page" | "form";

/** A line of a sub-table: its values, and its id once it is stored. */
export type Line = Record<string, unknown> & { id?: string };
/** Lines; in a history, how many were added, changed and removed. */
export type LinesValue = Line[] | Record<string, number>;

export interface FieldValues {
  text: string;
  long_text: string;
  rich_text: string;
  number: number;
  decimal: number;
  money: number;
  percent: number;
  boolean: boolean;
  date: string;
  datetime: string;
  time: string;
  select: string;
  stage: string;
  multi_select: string[];
  tags: string[];
  user: Ref;
  team: Ref;
  link: LinkRef;
  links: LinkRef[];
  email: string;
  phone: string;
  url: string;
  address: AddressValue;
  location: LocationValue;
  file: FileRef;
  files: FileRef[];
  image: FileRef[];
  rating: number;
  serial: string;
  tax_number: string;
  json: unknown;
  sub_table: LinesValue;
}

export interface ReadProps<V> {
  value: V;
  field: Field;
  record?: RecordData;
  place?: Place;
}

export interface EditProps<V> {
  value: V | null | undefined;
  field: Field;
  onChange: (value: V | null) => void;
  place?: Place;
  id?: string;
  autoFocus?: boolean;
  invalid?: boolean;
  /** The element that explains or refuses the value. */
  describedBy?: string;
  /** The currency of the record, for money. */
  currency?: string;
  /** What is wrong inside the value, by path below it (`3.price`). */
  errors?: Record<string, string>;
}

export interface FilterProps {
  value: unknown;
  field: Field;
  op: string;
  onChange: (value: unknown) => void;
}

export interface FieldModule<V> {
  Read: ComponentType<ReadProps<V>>;
  Edit: LazyPart<EditProps<V>>;
  Filter: LazyPart<FilterProps>;
  /** A way to reach somebody: the page tells when it leads nowhere. */
  reaches?: boolean;
  /** Numbers stand to the right. */
  align: "start" | "end";
  /** Width of its column before anyone drags it. */
  width: number;
  /** Inline editing saves on choosing ("change") or on leaving and Enter ("leave"). */
  commit: "change" | "leave";
  /** Enter belongs to the text, not to saving. */
  multiline?: boolean;
  /** Not editable in a table cell; opens in the drawer or the page. */
  roomy?: boolean;
  /** Takes the whole width of a page or form. */
  wide?: boolean;
}

export type FieldModules = { readonly [T in FieldTypeName]: FieldModule<FieldValues[T]> };
