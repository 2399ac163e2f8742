import type { FieldModule, FieldValues } from "../contract";
import { lazyEdit, lazyFilter } from "../shared/lazy";
import { Read } from "./Read";

export const link: FieldModule<FieldValues["link"]> = {
  Read,
  Edit: lazyEdit(() => import("./Edit")),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 190,
  commit: "change",
};
