import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const multiSelect: FieldModule<FieldValues["multi_select"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 168,
  commit: "leave",
};
