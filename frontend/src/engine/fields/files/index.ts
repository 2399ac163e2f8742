import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const files: FieldModule<FieldValues["files"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 160,
  commit: "change",
  roomy: true,
};
