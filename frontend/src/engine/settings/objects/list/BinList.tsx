import { App, Button, Skeleton } from "antd";
import { Box, RotateCcw } from "lucide-react";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, useFormat, useProblem } from "@/kit";
import { type BinEntry, restoreEntry, useBin, useShaping } from "../design";
import { useT } from "../locales";
import styles from "../objects.module.css";

/** What was deleted in the last 90 days: of the whole workspace, or the fields of one object. */
export function BinList({ object }: { object?: string }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { message } = App.useApp();
  const say = useProblem();
  const bin = useBin();
  const restore = useShaping((entry: BinEntry) => restoreEntry(entry));
  const entries = bin.data?.filter((entry) => !object || (entry.object === object && entry.kind === "field"));
  const bring = (entry: BinEntry) =>
    restore.mutate(entry, {
      onSuccess: () => message.success(t("bin.restored", { name: label(entry.label) })),
      onError: (error) => say(error),
    });
  if (!entries) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
  if (!entries.length)
    return (
      <Empty icon={Box} title={t("bin.none")}>
        {t("bin.body")}
      </Empty>
    );
  return (
    <>
      <p className={styles.lead}>{t("bin.body")}</p>
      <ul className={styles.rows}>
        {entries.map((entry) => (
          <li key={`${entry.object}.${entry.field ?? ""}`}>
            <div className={styles.rowText}>
              <b>{label(entry.label)}</b>{" "}
              <Chip>
                {entry.kind === "object" ? t("bin.object") : t("bin.field", { object: label(entry.object_label) })}
              </Chip>
              <div className="gx-3 gx-s12">
                {t("bin.by", {
                  name: entry.deleted_by?.name ?? t("conflict.somebody"),
                  when: format.relative(entry.deleted_at),
                })}
                {" · "}
                {t("bin.until", { date: format.date(entry.kept_until) })}
              </div>
            </div>
            <Button
              icon={<Icon as={RotateCcw} />}
              loading={restore.isPending && restore.variables === entry}
              onClick={() => bring(entry)}
            >
              {t("bin.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
