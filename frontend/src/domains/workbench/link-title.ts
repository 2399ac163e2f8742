/** The title of a link field's value; empty where there is none. */
export function linkTitle(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const title = (value as { title?: unknown }).title;
  return typeof title === "string" ? title : "";
}
