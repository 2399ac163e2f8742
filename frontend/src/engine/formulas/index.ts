/** Formulas on screen: an editor that loads when it is first needed. */
import { lazyPart } from "@/kit";
import type { FormulaEditorProps } from "./FormulaEditor";

export type { FormulaEditorProps } from "./FormulaEditor";
export type { FormulaCheck } from "./queries";

export const FormulaEditor = lazyPart<FormulaEditorProps>(async () => (await import("./FormulaEditor")).FormulaEditor);
