import { isProblem } from "@/api/problem";
import type { Label, ObjectSchema } from "@/api/types";
import { problemText } from "@/kit";

const MOST = 3;

/** What was refused, in words: what is wrong with which field, where the server says so of other fields than one's own. */
export function refusalText(object: ObjectSchema, error: unknown, name: (label: Label) => string): string {
  if (!isProblem(error) || error.status !== 422 || error.errors.length === 0) return problemText(error);
  return error.errors
    .slice(0, MOST)
    .map(({ field, message }) => {
      const known = object.fields.find((each) => each.key === field && each.type !== "stage");
      return known ? `${name(known.label)}: ${message}` : message;
    })
    .join(" · ");
}
