/** Whose a record was, when and why that changed: nothing while it has had one owner only. */
import { Button } from "antd";
import { useState } from "react";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { Card, RelativeTime } from "@/kit";
import { type OwnerChange, useOwners } from "../queries";
import { useT } from "./messages";
import styles from "./owners.module.css";

const FEW = 4;

interface Props {
  object: ObjectSchema;
  record: RecordData;
}

export function OwnersCard({ object, record }: Props) {
  const t = useT();
  const { data = [] } = useOwners(record);
  const [all, setAll] = useState(false);
  if (data.length < 2) return null;
  const more = data.length > FEW && (
    <Button type="link" size="small" onClick={() => setAll(!all)}>
      {all ? t("less") : t("more", { n: data.length })}
    </Button>
  );
  return (
    <Card title={t("title")} more={more} className={styles.card}>
      <ol className={styles.list}>
        {(all ? data : data.slice(0, FEW)).map((change) => (
          <OneChange key={`${change.at}${change.action}`} object={object} change={change} />
        ))}
      </ol>
    </Card>
  );
}

function OneChange({ object, change }: { object: ObjectSchema; change: OwnerChange }) {
  const t = useT();
  const label = useLabel();
  const pools = object.fields.find((field) => field.key === "pool")?.options ?? [];
  const pool = pools.find((option) => option.value === (change.to_pool ?? change.from_pool));
  const said = t(kindOf(change), {
    actor: change.actor?.name ?? t("someone"),
    from: change.from?.name || t("nobody"),
    to: change.to?.name || t("nobody"),
    pool: pool ? label(pool.label) : (change.to_pool ?? change.from_pool ?? ""),
  });
  const why = [change.reason, change.note].filter(Boolean).join(" · ");
  return (
    <li>
      <span>{said}</span>
      <RelativeTime value={change.at} className="gx-3 gx-s12" />
      {why && <span className={styles.why}>{why}</span>}
    </li>
  );
}

const POOLED = ["claim", "hand_out", "return", "recycle"] as const;

function kindOf(change: OwnerChange) {
  const known = POOLED.find((each) => each === change.action);
  if (known && (change.to_pool ?? change.from_pool)) return known;
  if (change.action === "create") return "create";
  return change.to ? "given" : "taken";
}
