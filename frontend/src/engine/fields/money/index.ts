import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const money: FieldModule<FieldValues["money"]> = {
  Read,
  Edit,
  Filter,
  align: "end",
  width: 122,
  commit: "leave",
};
