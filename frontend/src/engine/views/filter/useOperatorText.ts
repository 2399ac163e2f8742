import { useCallback } from "react";
import type { Field } from "@/api/types";
import { i18n } from "@/i18n";
import { useT } from "../messages";
import { familyOf } from "./operators";

/** The words of an operator; one the page does not know yet is shown as the server wrote it. */
export function operatorText(field: Pick<Field, "type">, op: string): string {
  const key = `views:op.${familyOf(field)}.${op}`;
  return i18n.exists(key) ? i18n.t(key) : op.replaceAll("_", " ");
}

export function useOperatorText() {
  const t = useT();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new `t` means another language
  return useCallback((field: Pick<Field, "type">, op: string) => operatorText(field, op), [t]);
}
