import type { FieldModule, FieldValues } from "../contract";
import { lazyEdit, lazyFilter } from "../shared/lazy";
import { Read } from "./Read";

export const user: FieldModule<FieldValues["user"]> = {
  Read,
  Edit: lazyEdit(() => import("./Edit")),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 116,
  commit: "change",
};
