import type { Option } from "@/api/types";

/** One hue that deepens with the stage; won and lost leave the ramp. */
export function stageColor(options: readonly Option[] | null, value: string): string {
  const option = options?.find((each) => each.value === value);
  if (option?.kind === "won") return "var(--gx-stage-won)";
  if (option?.kind === "lost") return "var(--gx-stage-lost)";
  const open = (options ?? []).filter((each) => (each.kind ?? "open") === "open" && each.pipeline === option?.pipeline);
  const index = Math.max(
    0,
    open.findIndex((each) => each.value === value),
  );
  const step = open.length < 2 ? 1 : 1 + Math.round((index * 4) / (open.length - 1));
  return `var(--gx-stage-${step})`;
}
