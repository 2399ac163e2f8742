import type { FieldModule, FieldValues } from "../contract";
import { lazyEdit, lazyFilter } from "../shared/lazy";
import { Read } from "./Read";

export const datetime: FieldModule<FieldValues["datetime"]> = {
  Read,
  Edit: lazyEdit(() => import("./Edit")),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 136,
  commit: "leave",
};
