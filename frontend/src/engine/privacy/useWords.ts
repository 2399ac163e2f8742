import { useLabel } from "@/i18n";
import { useChoices } from "../settings/privacy/queries";
import { useT } from "./messages";

/** What channels, separate consents and sources are called. */
export function useWords() {
  const t = useT();
  const label = useLabel();
  const { data } = useChoices();
  const named = (list: "channels" | "separate" | "sources", key: string) =>
    label(data?.[list].find((each) => each.key === key)?.label) || key;
  return {
    channel: (key: string) => (key === "general" ? t("any") : named("channels", key)),
    separate: (key: string) => named("separate", key),
    source: (key: string) => named("sources", key),
    sources: data?.sources.map((each) => ({ value: each.key, label: label(each.label) })),
  };
}
