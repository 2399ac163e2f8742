import type { FieldModule, FieldValues } from "../contract";
import { atOnce, lazyFilter } from "../shared/lazy";
import { Edit } from "./Edit";
import { Read } from "./Read";

export const longText: FieldModule<FieldValues["long_text"]> = {
  Read,
  Edit: atOnce(Edit),
  Filter: lazyFilter(() => import("./Filter")),
  align: "start",
  width: 240,
  commit: "leave",
  multiline: true,
};
