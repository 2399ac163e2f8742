import type { FieldModule, FieldValues } from "../contract";
import { atOnce, lazyFilter } from "../shared/lazy";
import { Edit } from "./Edit";
import { Read } from "./Read";

export const taxNumber: FieldModule<FieldValues["tax_number"]> = {
  Read,
  Edit: atOnce(Edit),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 180,
  commit: "leave",
};
