import { useFormat } from "@/kit";
import type { ReadProps } from "../contract";

export function NumberRead({ value, field }: ReadProps<number>) {
  const format = useFormat();
  if (field.config.grouping === false) return <>{String(value)}</>;
  return <>{format.number(value, decimalsOf(field.config))}</>;
}

/** How many decimals are shown, always; undefined where there are as many as there are (`trim`: quantities, rates). */
export function decimalsOf(config: Record<string, unknown>): number | undefined {
  if (config.trim === true) return undefined;
  return typeof config.decimals === "number" ? config.decimals : undefined;
}
