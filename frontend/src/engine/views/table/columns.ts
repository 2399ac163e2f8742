import type { Field, ObjectSchema } from "@/api/types";
import { moduleOf } from "../../fields";
import { type ObjectMap, resolvePath } from "../filter/path";
import type { Column } from "../useListState";

export interface TableColumn {
  /** The path: `name`, `customer.industry`. */
  path: string;
  field: Field;
  fields: Field[];
  width: number;
  align: "start" | "end";
  /** A field of another object is read here, and edited there. */
  own: boolean;
}

const TITLE_WIDTH = 272;

export function tableColumns(objects: ObjectMap, object: ObjectSchema, columns: readonly Column[]): TableColumn[] {
  return columns.flatMap((column) => {
    const resolved = resolvePath(objects, object, column.field);
    if (!resolved) return [];
    const module = moduleOf(resolved.field);
    const title = column.field === object.title_field;
    return [
      {
        path: column.field,
        ...resolved,
        width: column.width ?? (title ? TITLE_WIDTH : module.width),
        align: module.align,
        own: resolved.fields.length === 1,
      },
    ];
  });
}

export const SELECT_WIDTH = 60;

export const gridTemplate = (columns: readonly TableColumn[]): string =>
  `${SELECT_WIDTH}px ${columns.map((column) => `${column.width}px`).join(" ")} minmax(24px, 1fr)`;

export const totalWidth = (columns: readonly TableColumn[]): number =>
  columns.reduce((sum, column) => sum + column.width, SELECT_WIDTH + 24);

export const ROW_HEIGHT = { compact: 32, default: 40, comfortable: 48 } as const;
