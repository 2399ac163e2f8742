import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const datetime: FieldModule<FieldValues["datetime"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 136,
  commit: "leave",
};
