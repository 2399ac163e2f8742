import type { FieldModule, FieldValues } from "../contract";
import { Edit } from "./Edit";
import { Filter } from "./Filter";
import { Read } from "./Read";

export const longText: FieldModule<FieldValues["long_text"]> = {
  Read,
  Edit,
  Filter,
  align: "start",
  width: 240,
  commit: "leave",
  multiline: true,
};
