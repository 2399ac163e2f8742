import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const links: FieldModule<FieldValues["links"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 200,
  commit: "leave",
};
