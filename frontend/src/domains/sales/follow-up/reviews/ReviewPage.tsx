import { Button, Segmented, Skeleton } from "antd";
import dayjs from "dayjs";
import { ChevronLeft, ChevronRight, ClipboardList } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Id } from "@/api";
import { recordPath } from "@/engine/records/paths";
import { Empty, Icon, PageHeader, problemText, useFormat, useIsPhone, usePageTitle, useProblem } from "@/kit";
import { useT } from "./messages";
import { PeopleList } from "./PeopleList";
import { useReview, useWriteReport } from "./queries";
import { ReviewEntry } from "./ReviewEntry";
import styles from "./reviews.module.css";

type Span = "day" | "week";

/** What the team did in a day or a week: counted by person, read one after the other, with remarks. */
export function ReviewPage() {
  const t = useT();
  const say = useProblem();
  const format = useFormat();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const [span, setSpan] = useState<Span>("day");
  const [day, setDay] = useState(() => format.today());
  const [person, setPerson] = useState<Id | null>(null);
  const { from, to } = period(span, day);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useReview(from, to, person);
  const report = useWriteReport();
  usePageTitle(t("title"));
  const people = data?.pages[0]?.people ?? [];
  const entries = data?.pages.flatMap((page) => page.data) ?? [];
  const total = people.reduce((sum, each) => sum + each.calls + each.visits + each.notes, 0);
  const write = () =>
    report.mutate(
      { kind: span === "day" ? "daily" : "weekly", day },
      { onSuccess: (made) => navigate(recordPath(made.object, made.id)), onError: (failed) => say(failed) },
    );
  const words = t(span === "day" ? "daily" : "weekly");
  const move = (by: number) => setDay(dayjs(day).add(by, span).format("YYYY-MM-DD"));
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={data ? t("sub", { n: format.number(total), people: people.length }) : undefined}
        actions={
          <>
            <Segmented<Span>
              aria-label={t("span.label")}
              value={span}
              onChange={setSpan}
              options={(["day", "week"] as const).map((value) => ({ value, label: t(`span.${value}`) }))}
            />
            <div className={styles.days}>
              <Button icon={<Icon as={ChevronLeft} />} aria-label={t("previous")} onClick={() => move(-1)} />
              <span>{span === "day" ? format.shortDay(day) : `${format.shortDay(from)} – ${format.shortDay(to)}`}</span>
              <Button
                icon={<Icon as={ChevronRight} />}
                aria-label={t("following")}
                disabled={to >= format.today()}
                onClick={() => move(1)}
              />
            </div>
            <Button icon={<Icon as={ClipboardList} />} loading={report.isPending} onClick={write} aria-label={words}>
              {phone ? null : words}
            </Button>
          </>
        }
      />
      <div className={styles.page}>
        <PeopleList people={people} chosen={person} onChoose={setPerson} />
        <div className={styles.entries}>
          {error && !data && <Empty title={problemText(error)} />}
          {isPending && <Skeleton active title={false} paragraph={{ rows: 8 }} />}
          {data && entries.length === 0 && (
            <Empty icon={ClipboardList} title={t("none")}>
              {t("none_body")}
            </Empty>
          )}
          {entries.map((entry) => (
            <ReviewEntry key={entry.id} entry={entry} />
          ))}
          {hasNextPage && (
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t("more")}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}

/** The days of the period; weeks begin on Monday. */
function period(span: Span, day: string): { from: string; to: string } {
  if (span === "day") return { from: day, to: day };
  const monday = dayjs(day).subtract((dayjs(day).day() + 6) % 7, "day");
  return { from: monday.format("YYYY-MM-DD"), to: monday.add(6, "day").format("YYYY-MM-DD") };
}
