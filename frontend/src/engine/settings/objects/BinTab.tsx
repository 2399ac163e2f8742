import { BinList } from "./list/BinList";
import type { ObjectTabProps } from "./tabs";

export function BinTab({ design }: ObjectTabProps) {
  return <BinList object={design.key} />;
}
