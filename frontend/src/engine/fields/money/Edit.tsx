import { currencySymbol, useFormat } from "@/kit";
import type { EditProps } from "../contract";
import { NumberEdit } from "../shared/NumberEdit";
import { currencyOf } from "./currency";

export function Edit(props: EditProps<number>) {
  const format = useFormat();
  const currency = props.currency ?? currencyOf(props.field.config) ?? format.currency;
  return <NumberEdit {...props} before={<span className="gx-3">{currencySymbol(currency).trim()}</span>} />;
}
