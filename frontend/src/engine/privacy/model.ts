import type { Label } from "@/api/types";

export type Word = "given" | "withdrawn" | "denied";

export interface Decision {
  channel: string;
  allowed: boolean;
  code: string;
  reason: string;
  since: string | null;
}

export interface PanelPurpose {
  id: string;
  key: string;
  name: Label;
  description: Label;
  basis: string;
  basis_label: Label;
  channels: string[];
  separate: string[];
  consent_text: Label;
  retired: boolean;
  decisions: Decision[];
}

export interface Entry {
  id: string;
  purpose: string;
  purpose_name: Label;
  channel: string;
  scope: string;
  state: Word;
  at: string;
  expires_at: string | null;
  source: string;
  note: string;
  text_shown: string;
  has_file: boolean;
  by_name: string;
  current: boolean;
}

export interface Panel {
  purposes: PanelPurpose[];
  notices: { id: string; name: string; number: number; purposes: string[]; url: string }[];
  entries: Entry[];
}

export interface ConsentLink {
  id: string;
  expires_at: string;
  used_at: string | null;
  url?: string;
}

export interface PublicNotice {
  company: string;
  title: Label;
  body: Label;
  number: number;
  effective_from: string;
  purposes: { name: Label; description: Label; basis: Label }[];
  versions: {
    number: number;
    title: Label;
    body: Label;
    effective_from: string;
    change_note: string;
  }[];
}

export interface PublicItem {
  purpose: string;
  name: Label;
  channel: string;
  scope: string;
  state: Word;
  at: string;
  can_withdraw: boolean;
}

export interface PublicConsents {
  company: string;
  expires_at: string;
  items: PublicItem[];
}

/** The text of a notice as blocks: headings, list items, paragraphs. Nothing in it is read as markup. */
export function blocksOf(text: string): { kind: "heading" | "item" | "line"; text: string }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const heading = /^#{1,4}\s+(.*)$/.exec(line);
      if (heading) return { kind: "heading" as const, text: heading[1] ?? "" };
      const item = /^[-*•]\s+(.*)$/.exec(line);
      return item ? { kind: "item" as const, text: item[1] ?? "" } : { kind: "line" as const, text: line };
    });
}
