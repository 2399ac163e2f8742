import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const tags: FieldModule<FieldValues["tags"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 168,
  commit: "leave",
};
