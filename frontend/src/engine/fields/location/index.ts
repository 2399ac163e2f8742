import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const location: FieldModule<FieldValues["location"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 200,
  commit: "leave",
  roomy: true,
};
