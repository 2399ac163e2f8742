import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const percent: FieldModule<FieldValues["percent"]> = {
  Read,
  Edit,
  Filter,
  align: "end",
  width: 96,
  commit: "leave",
};
