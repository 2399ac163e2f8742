import { Skeleton } from "antd";
import { Waypoints } from "lucide-react";
import { Empty } from "@/kit";
import { Section } from "../parts/Section";
import { useUsage } from "./design";
import { useT } from "./locales";
import type { ObjectTabProps } from "./tabs";
import { UsageList } from "./UsageList";

export function UsageTab({ design }: ObjectTabProps) {
  const t = useT();
  const usage = useUsage(design.key);
  if (!usage.data) return <Skeleton active title={false} />;
  return usage.data.data.length ? (
    <Section title={t("usage.object")}>
      <UsageList usages={usage.data.data} />
    </Section>
  ) : (
    <Empty icon={Waypoints} title={t("usage.none")}>
      {t("usage.noneBody")}
    </Empty>
  );
}
