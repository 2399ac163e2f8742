import type { FieldModule, FieldValues } from "../contract";
import { atOnce, lazyFilter } from "../shared/lazy";
import { Edit } from "./Edit";
import { Read } from "./Read";

export const email: FieldModule<FieldValues["email"]> = {
  Read,
  Edit: atOnce(Edit),
  Filter: lazyFilter(() => import("./Filter")),
  reaches: true,
  align: "start",
  width: 190,
  commit: "leave",
};
