import type { Label } from "@/api/types";

export interface Choice {
  key: string;
  label: Label;
}

export interface Choices {
  bases: (Choice & { article: Label })[];
  channels: Choice[];
  separate: Choice[];
  sources: Choice[];
}

export type Pair = Partial<Label>;

export interface Recipient {
  name: string;
  contact: string;
  why: string;
  place: string;
}

export interface Purpose {
  id: string;
  key: string;
  name: Label;
  description: Pair;
  basis: string;
  basis_note: string;
  channels: string[];
  separate: string[];
  consent_text: Pair;
  people: string[];
  data: { object: string; fields: string[] }[];
  data_note: string;
  recipients: Recipient[];
  cross_border: string;
  retention: string;
  measures: string;
  retired: boolean;
  position: number;
  renewed_at: string | null;
  version: number;
}

export interface Counted {
  purpose: string;
  channel: string;
  scope: string;
  state: "given" | "withdrawn" | "denied";
  count: number;
}

export interface NoticeRow {
  id: string;
  name: string;
  retired: boolean;
  published: number;
  version: number;
  url: string;
  current: number | null;
  updated_at: string;
  purposes: string[];
}

export interface Draft {
  title: Pair;
  body: Pair;
  purposes: string[];
}

export interface NoticeVersion extends Draft {
  id: string;
  number: number;
  change_note: string;
  renews: boolean;
  effective_from: string;
  published_at: string;
  published_by: string;
}

export interface Notice extends NoticeRow {
  draft: Draft;
  versions: NoticeVersion[];
}

export interface Line {
  kind: "same" | "removed" | "added";
  text: string;
}

export interface Difference {
  lines: Record<keyof Label, Line[]>;
  purposes: { removed: string[]; added: string[] };
}

export interface ImportRow {
  value: string;
  purpose: string;
  channel: string;
  scope: string;
  state: string;
  at: string | null;
}

export interface ImportResult {
  written: number;
  refused: number;
  errors: { row: number; field: string; message: string }[];
}

const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;

/** Rows pasted from a sheet: a value, and a day beside it where there is one. */
export function pastedRows(text: string, word: Omit<ImportRow, "value" | "at">): ImportRow[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/\t|,/).map((cell) => cell.trim()))
    .filter((cells) => cells[0])
    .map(([value = "", day = ""]) => {
      const found = DAY.exec(day);
      const at = found
        ? `${found[1]}-${found[2]?.padStart(2, "0")}-${found[3]?.padStart(2, "0")}T00:00:00+08:00`
        : day || null;
      return { ...word, value, at };
    });
}
