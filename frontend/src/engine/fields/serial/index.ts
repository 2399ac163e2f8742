import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const serial: FieldModule<FieldValues["serial"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 128,
  commit: "leave",
};
