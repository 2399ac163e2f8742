import type { Id, Label } from "@/api";

export interface Control {
  key: string;
  label: Label;
  input: string;
  required: boolean;
}
export interface AskedField {
  key: string;
  required: boolean;
}
export interface AskedConsent {
  purpose: Id;
  required: boolean;
  text: Partial<Label>;
}
export type Kind = "lead" | "survey" | "lottery";
export type QuestionInput = "text" | "area" | "choice" | "choices" | "rating";
/** A text in either language or both; shown in the one that is there. */
export type Words = Partial<Label>;
export interface Choice {
  value: string;
  label: Words;
}
export interface Question {
  key: string;
  label: Words;
  input: QuestionInput;
  required: boolean;
  options: Choice[];
}
export interface Prize {
  name: string;
  count: number;
}
export interface FormBody {
  name: string;
  kind: Kind;
  questions: Question[];
  prizes: Prize[];
  closes_at: string | null;
  enabled: boolean;
  title: Label;
  intro: Label;
  thanks: Label;
  fields: AskedField[];
  consents: AskedConsent[];
  source: string;
  campaign: string;
  hosts: string[];
}
export interface WebForm extends FormBody {
  id: Id;
  url: string;
  answers: number;
  last_answer_at: string | null;
  version: number;
}
export interface Purpose {
  id: Id;
  name: Label;
  text: Label;
}
export interface Counted {
  key: string;
  label: Words;
  input: QuestionInput;
  answered: number;
  average: number | null;
  choices: (Choice & { count: number })[];
}
export interface Results {
  answers: number;
  questions: Counted[];
}
export interface Drawn {
  at: string;
  by: string;
  seed: string;
  digest: string;
  numbers: string[];
  holds: boolean;
  wins: { prize: number; number: string; lead: { id: Id; title: string } | null }[];
}
export interface DrawLog {
  commitment: string;
  prizes: Prize[];
  closes_at: string | null;
  entries: number;
  may_draw: boolean;
  drawn: Drawn | null;
}
export interface Setup {
  forms: WebForm[];
  fields: Control[];
  purposes: Purpose[];
}

const NONE: Label = { "zh-CN": "", en: "" };
/** By what a lead can be called: one of them is always asked for. */
export const NAMES = ["name", "contact_name", "company"];

export const NEW_FORM: FormBody = {
  name: "",
  kind: "lead",
  questions: [],
  prizes: [],
  closes_at: null,
  enabled: true,
  title: NONE,
  intro: NONE,
  thanks: NONE,
  fields: [
    { key: "contact_name", required: true },
    { key: "company", required: false },
    { key: "mobile", required: true },
    { key: "need", required: false },
  ],
  consents: [],
  source: "website",
  campaign: "",
  hosts: [],
};

/** A text as a label: the language that is missing is told in the other. */
export const full = (words: Words): Label => ({
  "zh-CN": words["zh-CN"] || words.en || "",
  en: words.en || words["zh-CN"] || "",
});

/** By what an entry to a lottery is told from others: one of them is required. */
export const CONTACTS = ["mobile", "phone", "email"];

/** Choices as lines, `中文 | English`. A choice keeps its value while its words or its place stay: answers name it. */
export const linesOf = (options: Choice[]): string =>
  options.map(({ label }) => [label["zh-CN"], label.en].filter(Boolean).join(" | ")).join("\n");

export function choicesOf(lines: string, before: Choice[]): Choice[] {
  const rows = lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const known = new Map(before.map((choice) => [linesOf([choice]), choice.value]));
  const left = rows.length === before.length;
  const used = new Set<string>();
  return rows.map((line, n) => {
    const [one = "", other = ""] = line.split("|").map((part) => part.trim());
    const label = other ? { "zh-CN": one, en: other } : { "zh-CN": one };
    const place = left && !rows.includes(linesOf(before.slice(n, n + 1))) ? before[n]?.value : undefined;
    let value = known.get(linesOf([{ value: "", label }])) ?? place;
    if (value === undefined || used.has(value)) value = `c${Math.random().toString(36).slice(2, 10)}`;
    used.add(value);
    return { value, label };
  });
}

export const bodyOf = ({ id, url, answers, last_answer_at, version, ...body }: WebForm): FormBody => body;

/** What stands on another site's page: the form in a frame as high as it needs, told where the visitor came from. */
export const embedCode = (url: string): string =>
  `<div></div>
<script>
(function (box) {
  var frame = document.createElement("iframe"), to = new URL(${JSON.stringify(url)});
  new URLSearchParams(location.search).forEach(function (value, key) {
    if (/^utm_/.test(key)) to.searchParams.set(key, value);
  });
  to.searchParams.set("page", location.origin + location.pathname);
  frame.src = to;
  frame.style.cssText = "width:100%;border:0";
  addEventListener("message", function (event) {
    if (event.source === frame.contentWindow && event.data && event.data.guanxiForm)
      frame.style.height = event.data.guanxiForm + "px";
  });
  box.appendChild(frame);
})(document.currentScript.previousElementSibling);
</script>`;
