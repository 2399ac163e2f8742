import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const image: FieldModule<FieldValues["image"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 120,
  commit: "change",
  roomy: true,
};
