export type { EditProps, FieldModule, FieldModules, FilterProps, Place, ReadProps } from "./contract";
export { FieldEdit, FieldFilter, FieldRead } from "./Field";
export { editorsOf, fieldModules, isBlank, isKnownType, moduleOf } from "./registry";
