import type { ReadProps } from "../contract";

export function TextRead({ value }: ReadProps<string>) {
  return <>{value}</>;
}
