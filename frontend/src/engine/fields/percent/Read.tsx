import { useFormat } from "@/kit";
import type { ReadProps } from "../contract";
import { decimalsOf } from "../shared/NumberRead";

export function Read({ value, field }: ReadProps<number>) {
  const format = useFormat();
  return <>{format.percent(value, decimalsOf(field.config))}</>;
}
