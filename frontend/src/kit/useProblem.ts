/**
 * What went wrong, said to the person: at the fields where the server named some, as a message otherwise.
 * `const say = useProblem(); mutation.mutate(values, { onError: (e) => say(e, form) })`.
 */
import { App, type FormInstance } from "antd";
import { useCallback } from "react";
import { type ApiProblem, isProblem } from "@/api/problem";
import { kitMessages } from "./locales";

export function problemText(error: unknown): string {
  const t = kitMessages.t;
  if (!isProblem(error)) return t("problem.unknown");
  return error.detail ?? fallbackText(error);
}

/** What is wrong besides the fields that say it themselves; null where these say all of it. */
export function unplacedText(error: unknown, placed: readonly string[] = []): string | null {
  if (!isProblem(error) || error.errors.length === 0) return problemText(error);
  const left = error.errors.filter((each) => !placed.includes(each.field)).map((each) => each.message);
  return left.length > 0 ? [...new Set(left)].join(" ") : null;
}

function fallbackText(problem: ApiProblem): string {
  const t = kitMessages.t;
  if (problem.status === 0) return t("problem.network");
  if (problem.status === 401) return t("problem.unauthorized");
  if (problem.status === 403) return t("problem.forbidden");
  if (problem.status === 404) return t("problem.not_found");
  if (problem.code === "stale_version") return t("problem.stale_version");
  if (problem.status === 413) return t("problem.too_large");
  if (problem.status === 429)
    return problem.retryAfter ? t("problem.too_many_wait", { seconds: problem.retryAfter }) : t("problem.too_many");
  if (problem.status >= 500) return t("problem.server");
  return problem.message.startsWith("HTTP ") ? t("problem.unknown") : problem.message;
}

/** Puts field messages on a form; returns what could not be placed. */
export function placeFieldErrors(form: FormInstance, problem: ApiProblem): string[] {
  const known = new Set(
    Object.keys(form.getFieldsValue(true) as object).concat(
      form.getFieldsError().map((field) => String(field.name[0] ?? "")),
    ),
  );
  const left: string[] = [];
  const placed: { name: string; errors: string[] }[] = [];
  for (const [field, message] of Object.entries(problem.byField())) {
    if (known.has(field)) placed.push({ name: field, errors: [message] });
    else left.push(message);
  }
  form.setFields(placed);
  const first = placed[0];
  if (first) form.scrollToField(first.name, { focus: true });
  return left;
}

export function useProblem(): (error: unknown, form?: FormInstance) => void {
  const { message } = App.useApp();
  return useCallback(
    (error, form) => {
      if (isProblem(error) && form && error.errors.length > 0) {
        const left = placeFieldErrors(form, error);
        if (left.length > 0) message.error(left.join(" "));
        return;
      }
      message.error(problemText(error));
    },
    [message],
  );
}
