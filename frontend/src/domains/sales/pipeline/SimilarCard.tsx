import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { api } from "@/api/http";
import type { LinkRef, ObjectSchema, RecordData } from "@/api/types";
import { recordPath } from "@/engine/records/paths";
import { Card, Chip, useFormat } from "@/kit";
import { useT } from "./messages";
import styles from "./pipeline.module.css";

interface Similar {
  record: RecordData;
  why: { key: string; text: string }[];
}

/** Deals that were won and are like this one, each with why it is here; nothing where there is none. */
export function SimilarCard({ record }: { object: ObjectSchema; record: RecordData }) {
  const t = useT();
  const format = useFormat();
  const open = record.status === "open";
  const { data } = useQuery({
    // Below the record's own: who changes the deal asks anew.
    queryKey: ["records", "opportunity", record.id, "similar", record.version],
    queryFn: async ({ signal }) => (await api.get<{ data: Similar[] }>(`/deals/${record.id}/similar`, { signal })).data,
    staleTime: 5 * 60_000,
    retry: false,
    enabled: open,
  });
  if (!open || !data || data.length === 0) return null;
  return (
    <Card className={styles.card} title={t("similar")} count={data.length}>
      <ul className={styles.similar}>
        {data.map(({ record: deal, why }) => (
          <li key={deal.id}>
            <Link to={recordPath("opportunity", deal.id)}>{deal.title}</Link>
            <span className="gx-num">
              {typeof deal.amount === "number" && format.moneyShort(deal.amount, deal.currency as string | null)}
            </span>
            <span className="gx-3 gx-s12">
              {[
                (deal.customer as LinkRef | null)?.title,
                deal.close_date ? format.day(deal.close_date as string) : null,
                typeof deal.cycle_days === "number" ? t("took", { n: deal.cycle_days }) : null,
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span className={styles.why}>
              {why.map((each) => (
                <Chip key={each.key}>{each.text}</Chip>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
