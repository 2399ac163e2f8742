import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const phone: FieldModule<FieldValues["phone"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 142,
  commit: "leave",
};
