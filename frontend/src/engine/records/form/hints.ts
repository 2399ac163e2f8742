/** What a domain says beside the form of its object while one types, in place of the duplicates of that object alone. */
import type { ObjectSchema } from "@/api/types";
import type { LazyPart } from "@/kit";
import type { Values } from "../useRecord";

export interface Typed {
  object: ObjectSchema;
  values: Values;
  ignore?: string;
}

const known = new Map<string, LazyPart<Typed>>();

export function addFormHints(object: string, Hints: LazyPart<Typed>): void {
  known.set(object, Hints);
}

export const hintsOf = (object: string): LazyPart<Typed> | undefined => known.get(object);
