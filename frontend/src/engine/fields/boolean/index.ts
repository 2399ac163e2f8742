import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const boolean: FieldModule<FieldValues["boolean"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 96,
  commit: "change",
};
