import { Button } from "antd";
import { useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { Card, Chip, useFormat } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Given } from "./model";
import { useWhy } from "./queries";

/** Why a lead is with whom it is, and where it was before; nothing where it was never shared out. */
export function WhyCard({ record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const { data } = useWhy(record.id);
  const [all, setAll] = useState(false);
  if (!data || data.history.length === 0) return null;
  const { current } = data;
  const earlier = current ? data.history.slice(1) : data.history;
  return (
    <Card title={t("why")}>
      {current && <Line given={current} />}
      {all && earlier.map((given) => <Line key={given.at} given={given} past />)}
      {earlier.length > 0 && (
        <Button size="small" type="text" onClick={() => setAll(!all)}>
          {all ? t("why_less") : `${t("why_more")} ${earlier.length}`}
        </Button>
      )}
    </Card>
  );
}

function Line({ given, past = false }: { given: Given; past?: boolean }) {
  const t = useT();
  const format = useFormat();
  return (
    <div className={styles.why}>
      <span className={past ? "gx-2" : undefined}>{given.why}</span>
      {given.passed.length > 0 && (
        <span className="gx-3 gx-s12">{t("why_passed", { list: given.passed.join(t("list")) })}</span>
      )}
      <span className="gx-3 gx-s12">
        {format.dateTime(given.at)} {given.accepted_at && <Chip tone="ok">{t("why_accepted")}</Chip>}
      </span>
      {!past && given.accept_by && !given.accepted_at && (
        <Chip tone="warn">{t("why_waiting", { time: format.dateTime(given.accept_by) })}</Chip>
      )}
    </div>
  );
}
