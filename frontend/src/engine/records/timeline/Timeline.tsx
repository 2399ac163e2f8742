// biome-ignore-all lint/a11y/useSemanticElements: a group of buttons is no fieldset of a form
import { Button, Skeleton } from "antd";
import { Fragment, useEffect, useRef, useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Empty, useFormat } from "@/kit";
import { useT } from "../messages";
import { activityKind, linkTo } from "../meta";
import { periodKey, periodOf } from "./periods";
import { TimelineItem } from "./TimelineItem";
import styles from "./timeline.module.css";
import { useTimeline } from "./useTimeline";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  /** A few entries without filter, for the preview. */
  brief?: boolean;
}

const FEW = 5;

/** Everything that happened with a record, newest first; more comes as one scrolls. */
export function Timeline({ object, record, brief = false }: Props) {
  const t = useT();
  const format = useFormat();
  const [kinds, setKinds] = useState("");
  const { entries, isPending, isError, hasNextPage, isFetchingNextPage, fetchNextPage } = useTimeline(
    object.key,
    record.id,
    kinds,
  );
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || !hasNextPage || brief) return;
    const watch = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting && !isFetchingNextPage) void fetchNextPage();
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, brief]);
  const shown = brief ? entries.slice(0, FEW) : entries;
  const now = new Date();
  let before = "";
  return (
    <>
      {!brief && <Kinds object={object} value={kinds} onChange={setKinds} />}
      {isPending && <Skeleton active title={false} avatar={{ size: 27 }} paragraph={{ rows: 3 }} />}
      {isError && <Empty small title={t("timeline.failed")} />}
      {!isPending && !isError && shown.length === 0 && (
        <Empty small title={t("timeline.empty")}>
          {brief ? null : t("timeline.empty_body")}
        </Empty>
      )}
      <ol className={brief ? styles.brieflist : styles.list}>
        {shown.map((entry) => {
          const period = periodOf(entry.at, format.daysFromToday(entry.at), now);
          const key = periodKey(period);
          const heading = !brief && key !== before;
          before = key;
          return (
            <Fragment key={entry.id}>
              {heading && (
                <li className={styles.period}>
                  {period.key === "other"
                    ? t(period.year === now.getFullYear() ? "timeline.month_of" : "timeline.month_of_year", {
                        year: period.year,
                        month: monthName(format.locale, period.month),
                      })
                    : t(`timeline.${period.key}`)}
                </li>
              )}
              <TimelineItem entry={entry} home={record.id} brief={brief} />
            </Fragment>
          );
        })}
      </ol>
      {!brief && hasNextPage && (
        <div ref={end}>
          <Button type="text" size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("timeline.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function Kinds({
  object,
  value,
  onChange,
}: {
  object: ObjectSchema;
  value: string;
  onChange: (kinds: string) => void;
}) {
  const t = useT();
  const label = useLabel();
  const { objects } = useSchema();
  const activities = objects.filter((each) => activityKind(each) && linkTo(each, object));
  const choices = [
    { kinds: "", name: t("timeline.all") },
    ...activities.map((each) => ({ kinds: activityKind(each) ?? "", name: label(each.label) })),
    { kinds: "change", name: t("timeline.changes") },
  ];
  return (
    <div className={styles.kinds} role="group" aria-label={t("timeline.filter")}>
      {choices.map((choice) => (
        <button
          key={choice.kinds}
          type="button"
          aria-pressed={choice.kinds === value}
          onClick={() => onChange(choice.kinds)}
        >
          {choice.name}
        </button>
      ))}
    </div>
  );
}

const monthName = (locale: string, month: number): string =>
  locale === "zh-CN"
    ? String(month)
    : new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2000, month - 1, 1)));
