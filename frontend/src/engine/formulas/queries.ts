/** Asking the server about formulas: whether one is right, what it gives, and which functions there are. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { api } from "@/api/http";
import type { Label } from "@/api/types";
import { useDebounced } from "../fields/shared/useDebounced";

export interface FormulaFunction {
  key: string;
  name: Label;
  group: string;
  group_label: Label;
  signature: Label;
  doc: Label;
  example: Label;
}

export interface FormulaMistake {
  code: string;
  message: string;
  at: number;
  length: number;
}

export interface FormulaCheck {
  ok: boolean;
  errors: FormulaMistake[];
  result_type: string | null;
  result_types: string[];
  canonical: string | null;
  text: string | null;
  inputs: string[];
  preview: { value: unknown; shown: string } | null;
}

export interface FormulaQuestion {
  expression: string;
  key?: string;
  result_type?: string;
  decimals?: number;
  record?: string;
}

export function useFunctions() {
  return useQuery({
    queryKey: ["formulas", "functions"],
    queryFn: async ({ signal }) =>
      (await api.get<{ data: FormulaFunction[] }>("/meta/formula-functions", { signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export const checkFormula = (object: string, question: FormulaQuestion, signal?: AbortSignal): Promise<FormulaCheck> =>
  api.post<FormulaCheck>(`/meta/objects/${object}/formulas/check`, question, { signal });

export function useCheck(object: string, question: FormulaQuestion) {
  return useQuery({
    queryKey: ["formulas", "check", object, question],
    queryFn: ({ signal }) => checkFormula(object, question, signal),
    enabled: Boolean(question.expression.trim()),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

/** The stored form of a formula with labels, as an editor shows it. */
export const shownQuery = (object: string, expression: string) => ({
  queryKey: ["formulas", "shown", object, expression],
  queryFn: ({ signal }: { signal?: AbortSignal }) => checkFormula(object, { expression }, signal),
  enabled: Boolean(expression),
  staleTime: 30_000,
  retry: false,
});

/** Formulas as sentences quote them: with labels, as they are until that is known. */
export function useShownFormulas(object: string, expressions: readonly string[]): (expression: string) => string {
  const asked: string[] = JSON.parse(useDebounced(JSON.stringify([...new Set(expressions)]), 400));
  const answers = useQueries({ queries: asked.map((expression) => shownQuery(object, expression)) });
  return (expression) => answers[asked.indexOf(expression)]?.data?.text ?? expression;
}
