import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const stage: FieldModule<FieldValues["stage"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 124,
  commit: "change",
};
