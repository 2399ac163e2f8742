/** A pipeline while it is edited: stages have a stable id of their own, so that they can be dragged and renamed. */
import type { Label, Pipeline, Stage } from "@/api";
import type { StageGuide } from "@/api/types";

export interface StageDraft extends Stage {
  id: string;
}
export interface PipelineDraft {
  name: Label;
  stages: StageDraft[];
}

export const STAGE_COLOURS = [
  "stage-1",
  "stage-2",
  "stage-3",
  "stage-4",
  "stage-5",
  "stage-won",
  "stage-lost",
] as const;
export type StageColour = (typeof STAGE_COLOURS)[number];

export function isStageColour(value: string | null | undefined): value is StageColour {
  return STAGE_COLOURS.includes(value as StageColour);
}

/** What a stage shows as: its own colour, or one that deepens with its place. */
export function colourOf(stage: Stage, index: number, count: number): StageColour {
  if (isStageColour(stage.color)) return stage.color;
  if (stage.kind === "won") return "stage-won";
  if (stage.kind === "lost") return "stage-lost";
  const depth = count <= 1 ? 1 : Math.round((index / (count - 1)) * 4) + 1;
  return STAGE_COLOURS[Math.min(depth, 5) - 1] ?? "stage-1";
}

export function draftOf(pipeline: Pipeline): PipelineDraft {
  return {
    name: { ...pipeline.name },
    stages: pipeline.stages.map((stage) => ({ ...stage, name: { ...stage.name }, id: stage.key })),
  };
}

/** A new stage goes before the closing ones. The server gives it its key from the name. */
export function withNewStage(draft: PipelineDraft, name: Label): PipelineDraft {
  const at = draft.stages.findIndex((stage) => stage.kind !== "open");
  const place = at < 0 ? draft.stages.length : at;
  const before = draft.stages[place - 1];
  const key = freshKey(draft.stages);
  const stage: StageDraft = {
    id: key,
    key,
    name,
    probability: before?.probability ?? 10,
    kind: "open",
    expected_days: 14,
    color: null,
  };
  return { ...draft, stages: draft.stages.toSpliced(place, 0, stage) };
}

function freshKey(stages: readonly Stage[]): string {
  const taken = new Set(stages.map((stage) => stage.key));
  for (let n = stages.length + 1; ; n += 1) if (!taken.has(`stage_${n}`)) return `stage_${n}`;
}

/** The ramp follows the order: open stages that use it deepen again after a move. Other colours were chosen and stay. */
export function recoloured(draft: PipelineDraft): PipelineDraft {
  const open = draft.stages.filter((stage) => stage.kind === "open");
  const onRamp = (stage: StageDraft) => stage.kind === "open" && /^stage-[1-5]$/.test(stage.color ?? "stage-1");
  return {
    ...draft,
    stages: draft.stages.map((stage) =>
      onRamp(stage)
        ? { ...stage, color: colourOf({ ...stage, color: null }, open.indexOf(stage), open.length) }
        : stage,
    ),
  };
}

export type DraftFault = "kinds" | "names" | null;

export function faultOf(draft: PipelineDraft): DraftFault {
  const kinds = new Set(draft.stages.map((stage) => stage.kind));
  if (!kinds.has("open") || !kinds.has("won") || !kinds.has("lost")) return "kinds";
  const named = (label: Label) => Boolean(label["zh-CN"].trim() || label.en.trim());
  return named(draft.name) && draft.stages.every((stage) => named(stage.name)) ? null : "names";
}

/** One language is enough; the other takes the same words. */
export function complete(label: Label): Label {
  const zh = label["zh-CN"].trim();
  const en = label.en.trim();
  return { "zh-CN": zh || en, en: en || zh };
}

export function toBody(draft: PipelineDraft) {
  return {
    name: complete(draft.name),
    stages: draft.stages.map(({ id: _id, ...stage }) => ({ ...stage, name: complete(stage.name) })),
  };
}

/** How much a stage asks and tells: what the button beside it shows. */
export function asksOf(guide: StageGuide | undefined): number {
  if (!guide) return 0;
  const single = [guide.entry, guide.exit, guide.playbook, guide.back, guide.forecast].filter(Boolean).length;
  return single + [guide.required, guide.checklist, guide.tasks].reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

export const startingStages = (): Stage[] => [
  {
    key: "first_contact",
    name: { "zh-CN": "初步接洽", en: "First contact" },
    probability: 10,
    kind: "open",
    expected_days: 10,
    color: null,
  },
  {
    key: "proposal",
    name: { "zh-CN": "方案报价", en: "Proposal" },
    probability: 50,
    kind: "open",
    expected_days: 14,
    color: null,
  },
  {
    key: "won",
    name: { "zh-CN": "赢单", en: "Won" },
    probability: 100,
    kind: "won",
    expected_days: null,
    color: "stage-won",
  },
  {
    key: "lost",
    name: { "zh-CN": "输单", en: "Lost" },
    probability: 0,
    kind: "lost",
    expected_days: null,
    color: "stage-lost",
  },
];
