import { App } from "antd";
import type { ObjectSchema, RecordData } from "@/api/types";
import { isBlank } from "@/engine/fields";
import { useUpdateRecord } from "@/engine/records/useRecord";
import { ChecklistTicks, tickedOf } from "@/engine/views/board/ChecklistTicks";
import { usePipelines } from "@/engine/views/board/useBoardColumns";
import { useLabel } from "@/i18n";
import { Card, problemText } from "@/kit";
import { useT } from "./messages";
import styles from "./pipeline.module.css";

/** What the stage of a deal tells: how to go about it, what is to be done, what the next one needs. */
export function StageCard({ object, record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const update = useUpdateRecord(object.key);
  const pipelines = usePipelines(object);
  const pipeline = pipelines.data?.find((each) => each.stages.some((stage) => stage.key === record.stage));
  const at = pipeline?.stages.findIndex((stage) => stage.key === record.stage) ?? -1;
  const stage = pipeline?.stages[at];
  if (!pipeline || !stage) return null;
  const { playbook, checklist = [], back } = stage.guide ?? {};
  const next = stage.kind === "open" ? pipeline.stages[at + 1] : undefined;
  const missing = (next?.kind === "lost" ? [] : (next?.guide?.required ?? [])).flatMap((key) => {
    const field = object.fields.find((each) => each.key === key);
    return field && isBlank(record[key]) ? [label(field.label)] : [];
  });
  const field = object.fields.find((each) => each.key === "checklist");
  if (!playbook && checklist.length === 0 && missing.length === 0 && !back) return null;
  const known = new Set(field?.options?.map((option) => option.value));
  const ticked = tickedOf(record.checklist).filter((key) => known.has(key));
  return (
    <Card
      className={styles.card}
      title={`${t("card")} · ${label(stage.name)}`}
      count={
        checklist.length > 0
          ? `${checklist.filter((i) => i.key && ticked.includes(i.key)).length}/${checklist.length}`
          : undefined
      }
    >
      <div className={styles.stage}>
        {playbook && <p className={styles.playbook}>{label(playbook)}</p>}
        {field && checklist.length > 0 && (
          <ChecklistTicks
            field={field}
            stage={stage.key}
            label={t("checklist")}
            value={ticked}
            disabled={!object.can.edit || field.readonly || update.isPending}
            onChange={(value) =>
              update.mutate(
                { record, values: { checklist: value } },
                { onError: (error) => void message.error(problemText(error)) },
              )
            }
          />
        )}
        {next && missing.length > 0 && (
          <p className="gx-s12 gx-2">
            {t("next", { stage: label(next.name) })}
            <span className={styles.missing}>
              {missing.map((name) => (
                <span key={name}>{name}</span>
              ))}
            </span>
          </p>
        )}
        {back && <p className="gx-s12 gx-3">{t(`back.${back}`)}</p>}
      </div>
    </Card>
  );
}
