import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const url: FieldModule<FieldValues["url"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 180,
  commit: "leave",
};
