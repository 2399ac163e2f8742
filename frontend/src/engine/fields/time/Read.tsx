import type { ReadProps } from "../contract";

export function Read({ value }: ReadProps<string>) {
  return <time>{value.slice(0, 5)}</time>;
}
