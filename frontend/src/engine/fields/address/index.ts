import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const address: FieldModule<FieldValues["address"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 220,
  commit: "leave",
  roomy: true,
};
