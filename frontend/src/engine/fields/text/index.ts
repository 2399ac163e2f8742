import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const text: FieldModule<FieldValues["text"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 180,
  commit: "leave",
};
