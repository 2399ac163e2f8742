import type { FieldModule, FieldValues } from "../contract";
import { atOnce, lazyFilter } from "../shared/lazy";
import { Edit } from "./Edit";
import { Read } from "./Read";

export const phone: FieldModule<FieldValues["phone"]> = {
  Read,
  Edit: atOnce(Edit),
  Filter: lazyFilter(() => import("./Filter")),
  reaches: true,
  align: "start",
  width: 142,
  commit: "leave",
};
