import type { ObjectGroup } from "./types";

/** The groups of the menu, in its order. */
export const OBJECT_GROUPS: ObjectGroup[] = [
  "customers",
  "sales",
  "money",
  "activities",
  "service",
  "marketing",
  "insight",
  "other",
  "catalogue",
];
