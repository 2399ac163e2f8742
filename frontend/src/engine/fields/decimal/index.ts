import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const decimal: FieldModule<FieldValues["decimal"]> = {
  Read,
  Edit,
  Filter,
  align: "end",
  width: 104,
  commit: "leave",
};
