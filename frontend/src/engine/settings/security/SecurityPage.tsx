import { usePageTitle } from "@/kit";
import { useSettingsText } from "../useSettingsText";
import { HistorySection } from "./HistorySection";
import { PasskeySection } from "./PasskeySection";
import { SessionSection } from "./SessionSection";
import { TotpSection } from "./TotpSection";

export function SecurityPage() {
  const sections = useSettingsText();
  usePageTitle(sections("sections.security"));
  return (
    <>
      <SessionSection />
      <TotpSection />
      <PasskeySection />
      <HistorySection />
    </>
  );
}
