/** Every field type there is. A type missing here does not compile. */
import type { Field, FieldTypeName } from "@/api/types";
import type { Preloadable } from "@/kit";
import { address } from "./address";
import { boolean } from "./boolean";
import type { FieldModule, FieldModules } from "./contract";
import { date } from "./date";
import { datetime } from "./datetime";
import { decimal } from "./decimal";
import { email } from "./email";
import { file } from "./file";
import { files } from "./files";
import { image } from "./image";
import { json } from "./json";
import { link } from "./link";
import { links } from "./links";
import { location } from "./location";
import { longText } from "./long-text";
import { money } from "./money";
import { multiSelect } from "./multi-select";
import { number } from "./number";
import { percent } from "./percent";
import { phone } from "./phone";
import { rating } from "./rating";
import { richText } from "./rich-text";
import { select } from "./select";
import { serial } from "./serial";
import { stage } from "./stage";
import { subTable } from "./sub-table";
import { tags } from "./tags";
import { taxNumber } from "./tax-number";
import { team } from "./team";
import { text } from "./text";
import { time } from "./time";
import { url } from "./url";
import { user } from "./user";

export const fieldModules: FieldModules = {
  text,
  long_text: longText,
  rich_text: richText,
  number,
  decimal,
  money,
  percent,
  boolean,
  date,
  datetime,
  time,
  select,
  stage,
  multi_select: multiSelect,
  tags,
  user,
  team,
  link,
  links,
  email,
  phone,
  url,
  address,
  location,
  file,
  files,
  image,
  rating,
  serial,
  tax_number: taxNumber,
  json,
  sub_table: subTable,
};

/** The module of a field. A type a newer server knows and we do not is shown as JSON and not edited. */
export function moduleOf(field: Pick<Field, "type">): FieldModule<unknown> {
  const known = (fieldModules as Record<string, unknown>)[field.type] ?? fieldModules.json;
  return known as FieldModule<unknown>;
}

/** The editors of these fields, to be fetched before anyone asks for one. */
export function editorsOf(fields: readonly Pick<Field, "type">[]): Preloadable[] {
  return [...new Set(fields.map((field) => moduleOf(field).Edit))];
}

export const isKnownType = (type: string): type is FieldTypeName => type in fieldModules;

export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
