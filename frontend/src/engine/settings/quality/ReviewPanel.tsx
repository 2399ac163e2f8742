import { Button, Skeleton } from "antd";
import { RefreshCw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useLabel } from "@/i18n";
import { Icon, RelativeTime, useFormat, useProblem } from "@/kit";
import { lazyPart } from "@/kit/lazy-part";
import { Section } from "../parts/Section";
import { DimensionCards } from "./DimensionCards";
import { FieldTable } from "./FieldTable";
import { GroupBars } from "./GroupBars";
import { qualityMessages } from "./messages";
import { type Check, type FieldFigures, listUrl, type Review } from "./model";
import { Offenders } from "./Offenders";
import styles from "./quality.module.css";
import { useMeasure, useReview, workList } from "./queries";
import { Repairs } from "./Repairs";

const SettingsDrawer = lazyPart(() => import("./SettingsDrawer").then((m) => m.SettingsDrawer));

/** One object: what is missing, wrong, doubled or old, at whom, and what to do first. */
export function ReviewPanel({ object }: { object: string }) {
  const t = qualityMessages.useT();
  const label = useLabel();
  const say = useProblem();
  const [editing, setEditing] = useState(false);
  const { data: review } = useReview(object);
  const measure = useMeasure(object);
  const open = useOpen(object);
  if (!review) return <Skeleton active paragraph={{ rows: 6 }} />;
  const measureNow = () => measure.mutate(undefined, { onError: (error) => say(error) });
  return (
    <div className={styles.panel}>
      <Section
        wide
        title={label(review.label)}
        body={<Measured review={review} />}
        action={
          <div className={styles.actions}>
            {review.can.settings && (
              <Button icon={<Icon as={SlidersHorizontal} />} onClick={() => setEditing(true)}>
                {t("settings")}
              </Button>
            )}
            {review.can.measure && (
              <Button icon={<Icon as={RefreshCw} />} loading={measure.isPending} onClick={measureNow}>
                {t("measure")}
              </Button>
            )}
          </div>
        }
      >
        <DimensionCards review={review} onOpen={open} />
      </Section>
      <Section wide title={t("fields")}>
        <FieldTable review={review} onOpen={(check: Check, field: FieldFigures) => open(check, field.key)} />
      </Section>
      {review.rules.length > 0 && (
        <Section wide title={t("rules")}>
          <GroupBars
            object={object}
            rows={review.rules.map((rule) => ({
              key: rule.id,
              name: label(rule.name) || label(rule.message),
              score: review.records ? 100 * (1 - rule.broken / review.records) : null,
              count: rule.broken,
              filter: rule.filter,
              onOpen: () => open("broken", rule.id),
            }))}
          />
        </Section>
      )}
      <div className={styles.two}>
        <Section wide title={t("owners")}>
          <Groups review={review} groups={review.owners} none={t("nobody")} />
        </Section>
        {review.sources.length > 0 && (
          <Section wide title={t("sources")}>
            <Groups review={review} groups={review.sources} none={t("no_source")} />
          </Section>
        )}
      </div>
      <Section wide title={t("offenders")}>
        <Offenders review={review} />
      </Section>
      {review.can.repair && (
        <Section wide title={t("repairs")} body={t("repairs_body")}>
          <Repairs object={object} />
        </Section>
      )}
      {editing && <SettingsDrawer review={review} onSaved={measureNow} onClose={() => setEditing(false)} />}
    </div>
  );
}

function Measured({ review }: { review: Review }) {
  const t = qualityMessages.useT();
  const format = useFormat();
  return (
    <>
      {t("records", { n: format.number(review.records) })} · <RelativeTime value={review.measured_at} />
    </>
  );
}

function Groups({ review, groups, none }: { review: Review; groups: Review["owners"]; none: string }) {
  const label = useLabel();
  const t = qualityMessages.useT();
  const format = useFormat();
  return (
    <GroupBars
      object={review.object}
      rows={groups.slice(0, 12).map((group) => ({
        key: group.by ?? "",
        name: (typeof group.name === "string" ? group.name : group.name && label(group.name)) || none,
        note: t("records", { n: format.number(group.records) }),
        score: group.overall,
        filter: group.filter,
      }))}
    />
  );
}

/** Opens the list of a check that has no filter of its own. */
function useOpen(object: string) {
  const navigate = useNavigate();
  const say = useProblem();
  return (check: Check, field = "") =>
    workList(object, check, field).then((filter) => navigate(listUrl(object, filter)), say);
}
