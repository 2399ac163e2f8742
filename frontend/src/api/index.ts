export { OBJECT_GROUPS } from "./groups";
export { API, api, buildUrl, type CallOptions, send } from "./http";
export { keys } from "./keys";
export { ApiProblem, type FieldProblem, isProblem } from "./problem";
export type * from "./types";
export { type MePatch, meQuery, useMe, useUpdateMe } from "./useMe";
export { useQuiet } from "./useQuiet";
export { fieldOf, type SchemaView, schemaQuery, useObject, useSchema } from "./useSchema";
export { useStream } from "./useStream";
