import { useSearchParams } from "react-router";
import { lazyPart, Tabs, usePageTitle } from "@/kit";
import { Section } from "../parts/Section";
import { useT } from "./messages";

const NoticesTab = lazyPart(async () => (await import("./NoticesTab")).NoticesTab);
const RegisterTab = lazyPart(async () => (await import("./RegisterTab")).RegisterTab);
const ConsentsTab = lazyPart(async () => (await import("./ConsentsTab")).ConsentsTab);
const RetentionTab = lazyPart(async () => (await import("./RetentionTab")).RetentionTab);
const HoldsTab = lazyPart(async () => (await import("./HoldsTab")).HoldsTab);
const SharingTab = lazyPart(async () => (await import("./SharingTab")).SharingTab);
const AssessmentsTab = lazyPart(async () => (await import("./AssessmentsTab")).AssessmentsTab);
const BreachesTab = lazyPart(async () => (await import("./BreachesTab")).BreachesTab);

/** 隐私与个人信息: everything the firm does about people's data, one tab a matter. */
export function PrivacyPage() {
  const t = useT();
  const [search] = useSearchParams();
  usePageTitle(t("page"));
  return (
    <>
      <Section wide title={t("page")} body={t("page_body")} />
      <Tabs
        label={t("page")}
        first={search.get("tab") ?? "register"}
        items={[
          { key: "register", label: t("tabs.register"), children: <RegisterTab /> },
          { key: "notices", label: t("tabs.notices"), children: <NoticesTab /> },
          { key: "consents", label: t("tabs.consents"), children: <ConsentsTab /> },
          { key: "retention", label: t("tabs.retention"), children: <RetentionTab /> },
          { key: "holds", label: t("tabs.holds"), children: <HoldsTab /> },
          { key: "sharing", label: t("tabs.sharing"), children: <SharingTab /> },
          { key: "assessments", label: t("tabs.assessments"), children: <AssessmentsTab /> },
          { key: "breaches", label: t("tabs.breaches"), children: <BreachesTab /> },
        ]}
      />
    </>
  );
}
