import type { FieldModule, FieldValues } from "../contract";
import { lazyEdit, lazyFilter } from "../shared/lazy";
import { Read } from "./Read";

/** Lines inside a record. */
export const subTable: FieldModule<FieldValues["sub_table"]> = {
  Read,
  Edit: lazyEdit(() => import("./Edit")),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 120,
  commit: "leave",
  multiline: true,
  roomy: true,
  wide: true,
};
