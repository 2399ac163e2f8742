/** A field that is not saved yet, as its type would have it. */
import type { Design, DesignField, FieldKind } from "../design";

let made = 0;
const LISTED = 7;
const LONG = new Set(["long_text", "rich_text", "json", "sub_table", "files", "file", "image", "links", "location"]);

/**
 * The list of an object of one's own shows its first fields, or it would be a list of names. Objects that came with the
 * product have columns already.
 */
export function isListed(kind: FieldKind, design: Pick<Design, "custom" | "fields">): boolean {
  return design.custom && !LONG.has(kind.type) && design.fields.filter((field) => field.in_list).length < LISTED;
}

export function newField(kind: FieldKind, name: string, section: string, listed: boolean): DesignField {
  made += 1;
  return {
    key: "",
    type: kind.type,
    declared: kind.type,
    label: { "zh-CN": name, en: name },
    help: null,
    required: false,
    unique: false,
    indexed: false,
    searchable: false,
    readonly: false,
    system: false,
    custom: true,
    hidden: false,
    busy: false,
    section,
    default: null,
    in_list: listed,
    in_create: true,
    position: made,
    options: kind.has_options ? [] : null,
    target: null,
    config: {},
    operators: [],
    sortable: true,
    groupable: true,
    measures: [],
    settable: [
      "label",
      "help",
      "section",
      ...(kind.derived ? [] : ["required", "in_create"]),
      "in_list",
      "config",
      kind.why_plain ? "confidential" : "sensitive",
      ...(kind.derived ? ["reveals"] : ["review_days"]),
      ...(kind.has_options ? ["options"] : []),
      ...(kind.can_be_unique ? ["unique"] : []),
      ...(kind.can_be_searched ? ["searchable"] : []),
    ],
    why_plain: kind.why_plain ?? null,
    convertible: false,
    options_source: null,
  };
}
