/** What a form starts with, what it sends, and what is said at its fields. */
import type { FieldComplaint, FormState, ObjectSchema } from "@/api/types";
import { isBlank } from "../../fields";
import type { Values } from "../useRecord";

/** What a new record starts with; what the server keeps by itself it also begins by itself, and takes from nobody. */
export function defaults(object: ObjectSchema): Values {
  return Object.fromEntries(
    object.fields
      .filter((field) => !field.readonly && !isBlank(field.default))
      .map((field) => [field.key, field.default]),
  );
}

/** What rules give a new record in the fields one has left alone. */
export function ruleDefaults(state: FormState | undefined): Values {
  return Object.fromEntries(
    Object.entries(state?.fields ?? {})
      .filter(([, field]) => !isBlank(field.default))
      .map(([key, field]) => [key, field.default]),
  );
}

export const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));

/** Emptied by hand: said to the server, or it would fill in the default again. */
export const blanked = (touched: Values): Values =>
  Object.fromEntries(
    Object.entries(touched)
      .filter(([, value]) => isBlank(value))
      .map(([key]) => [key, null]),
  );

export const told = (complaints: readonly FieldComplaint[] = []): Record<string, string> =>
  Object.fromEntries(complaints.map((each) => [each.field, each.message]));

/** What is said inside a field's value, by path below it: `3.price` of `parts.3.price`. */
export function below(errors: Record<string, string>, field: string): Record<string, string> | undefined {
  const found = Object.entries(errors).filter(([path]) => path.startsWith(`${field}.`));
  return found.length
    ? Object.fromEntries(found.map(([path, text]) => [path.slice(field.length + 1), text]))
    : undefined;
}

/** A broken rule is told while one types only where one has typed; everything else waits for saving. */
export const isRuleOn = (complaint: FieldComplaint, touched: Values): boolean =>
  complaint.code === "rule_broken" && complaint.field in touched;
