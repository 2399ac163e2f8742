import { useFormat } from "@/kit";
import type { ReadProps } from "../contract";

export function NumberRead({ value, field }: ReadProps<number>) {
  const format = useFormat();
  if (field.config.grouping === false) return <>{String(value)}</>;
  return <>{format.number(value, decimalsOf(field.config))}</>;
}

export function decimalsOf(config: Record<string, unknown>): number | undefined {
  return typeof config.decimals === "number" ? config.decimals : undefined;
}
