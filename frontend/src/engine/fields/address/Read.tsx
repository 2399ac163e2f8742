import type { AddressValue } from "@/api/types";
import type { ReadProps } from "../contract";
import { addressText } from "./address-text";

export function Read({ value }: ReadProps<AddressValue>) {
  const text = addressText(value);
  return <span title={text}>{text}</span>;
}
