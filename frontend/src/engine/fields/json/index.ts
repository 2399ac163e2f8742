import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const json: FieldModule<FieldValues["json"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 160,
  commit: "leave",
  multiline: true,
  roomy: true,
};
