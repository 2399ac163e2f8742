import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const rating: FieldModule<FieldValues["rating"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 120,
  commit: "change",
};
