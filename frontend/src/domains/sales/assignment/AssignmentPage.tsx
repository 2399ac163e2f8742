import { Skeleton } from "antd";
import { Section } from "@/engine/settings/parts/Section";
import { Empty, problemText, usePageTitle } from "@/kit";
import { DeskSection } from "./DeskSection";
import { useT } from "./messages";
import { PeopleSection } from "./PeopleSection";
import { QueuesSection } from "./QueuesSection";
import { useSetup } from "./queries";
import { RulesSection } from "./RulesSection";

/** How leads are shared out: whether, by which rules, into which queues, and what each person takes. */
export function AssignmentPage() {
  const t = useT();
  const { data, error, isPending } = useSetup();
  usePageTitle(t("page"));
  if (error && !data) return <Empty title={problemText(error)} />;
  if (isPending || !data)
    return (
      <Section title={t("page")} body={t("body")}>
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      </Section>
    );
  return (
    <>
      <DeskSection key={data.desk.version} setup={data} />
      <RulesSection setup={data} />
      <QueuesSection setup={data} />
      <PeopleSection setup={data} />
    </>
  );
}
