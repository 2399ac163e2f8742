import type { FieldModule, FieldValues } from "../contract";
import { lazyEdit, lazyFilter } from "../shared/lazy";
import { Read } from "./Read";

export const tags: FieldModule<FieldValues["tags"]> = {
  Read,
  Edit: lazyEdit(() => import("./Edit")),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 168,
  commit: "leave",
};
