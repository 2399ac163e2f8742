import type { FilterNode } from "@/api";
import { useFormat } from "@/kit";
import { useT } from "./messages";
import { useFitting } from "./queries";

/** How many records fit a condition now; of those one sees, and nothing where it asks for more than one reads. */
export function Fitting({ object, condition }: { object: string; condition: FilterNode | null }) {
  const t = useT();
  const format = useFormat();
  const { data } = useFitting(object, condition);
  if (!data) return null;
  if (data.count === null) return t("fits_hidden");
  return t(data.whole ? "fits" : "fits_seen", { n: format.count(data.count) });
}
