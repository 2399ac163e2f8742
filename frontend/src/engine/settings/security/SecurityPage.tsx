import { usePageTitle } from "@/kit";
import { useSettingsText } from "../useSettingsText";
import { BoundNotice, useEntry } from "./BoundNotice";
import { HistorySection } from "./HistorySection";
import { PasskeySection } from "./PasskeySection";
import { SessionSection } from "./SessionSection";
import { TotpSection } from "./TotpSection";

export function SecurityPage() {
  const sections = useSettingsText();
  usePageTitle(sections("sections.security"));
  const entry = useEntry();
  return (
    <>
      <SessionSection />
      {entry.data?.single_sign_on ? (
        <BoundNotice />
      ) : (
        <>
          <TotpSection />
          <PasskeySection />
        </>
      )}
      <HistorySection />
    </>
  );
}
