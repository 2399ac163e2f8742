import { App, Button } from "antd";
import type { ObjectSchema, RecordData } from "@/api/types";
import { LeftList } from "@/engine/changes/LeftList";
import { RelativeTime, useFormat, useProblem } from "@/kit";
import styles from "./merging.module.css";
import { mergingMessages } from "./messages";
import { type Merge, useMerges, useUnmerge } from "./queries";

/** What was merged into a record and can still be taken out of it again. */
export function Merges({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = mergingMessages.useT();
  const format = useFormat();
  const say = useProblem();
  const { modal, message } = App.useApp();
  const { data } = useMerges(object.key, record.id);
  const unmerge = useUnmerge(object.key, record.id);
  if (!data?.length) return null;
  const titles = (merge: Merge) => format.list(merge.records.map((each) => t("quoted", { name: each.title })));
  const ask = (merge: Merge) =>
    modal.confirm({
      title: t("unmerge_ask"),
      content: t("unmerge_body", { titles: titles(merge) }),
      okText: t("unmerge"),
      onOk: () =>
        unmerge.mutate(merge.batch, {
          onSuccess: ({ restored, left }) => {
            const done = t("unmerged", { count: restored.length });
            if (left.length === 0) message.success(done);
            else
              modal.info({
                title: done,
                content: (
                  <>
                    <p>{t("unmerged_left")}</p>
                    <LeftList left={left} />
                  </>
                ),
              });
          },
          onError: (error) => say(error),
        }),
    });
  return (
    <section className={styles.merges}>
      <h3>{t("merges")}</h3>
      <ul>
        {data.map((merge) => (
          <li key={merge.batch}>
            <span>
              {titles(merge)} <RelativeTime value={merge.at} className="gx-3" />
              <span className="gx-3 gx-s12"> · {t("until", { date: format.shortDay(merge.until) })}</span>
            </span>
            {object.can.delete && (
              <Button size="small" loading={unmerge.isPending} onClick={() => ask(merge)}>
                {t("unmerge")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
