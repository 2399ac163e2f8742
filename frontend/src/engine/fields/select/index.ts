import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const select: FieldModule<FieldValues["select"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 116,
  commit: "change",
};
