import { Money } from "@/kit";
import type { ReadProps } from "../contract";
import { currencyOf } from "./currency";

export function Read({ value, field, record, place }: ReadProps<number>) {
  return <Money value={value} currency={currencyOf(field.config, record)} exact={place === "form"} />;
}
