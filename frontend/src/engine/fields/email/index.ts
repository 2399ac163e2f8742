import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const email: FieldModule<FieldValues["email"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 190,
  commit: "leave",
};
