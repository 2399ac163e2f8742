import { Button, Skeleton } from "antd";
import { Upload } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Empty, Icon, useFormat } from "@/kit";
import { Section } from "../parts/Section";
import { ImportDialog } from "./ImportDialog";
import { useT } from "./messages";
import type { Counted } from "./model";
import styles from "./privacy.module.css";
import { useChoices, usePurposes } from "./queries";

const STATES = ["given", "withdrawn", "denied"] as const;

/** What people said last, in numbers, by purpose and channel. */
export function ConsentsTab() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const { data } = usePurposes();
  const { data: choices } = useChoices();
  const [importing, setImporting] = useState(false);
  const rows = grouped(data?.consents ?? []);
  const nameOf = (row: Counted) =>
    row.scope === "general"
      ? label(choices?.channels.find((each) => each.key === row.channel)?.label)
      : `${t("consents.scope")}: ${label(choices?.separate.find((each) => each.key === row.scope)?.label)}`;
  return (
    <Section
      wide
      title={t("consents.title")}
      body={t("consents.body")}
      action={
        data?.data.length ? (
          <Button icon={<Icon as={Upload} />} onClick={() => setImporting(true)}>
            {t("consents.import")}
          </Button>
        ) : undefined
      }
    >
      {!data && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data && rows.length === 0 && <Empty title={t("consents.none")} />}
      {rows.length > 0 && (
        <div className={styles.table}>
          <table>
            <thead>
              <tr>
                <th>{t("consents.purpose")}</th>
                <th>{t("consents.channel")}</th>
                {STATES.map((state) => (
                  <th key={state} className={styles.num}>
                    {t(`consents.${state}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, row, counts }) => (
                <tr key={key}>
                  <th scope="row">{label(data?.data.find((each) => each.id === row.purpose)?.name)}</th>
                  <td>{nameOf(row) || "—"}</td>
                  {STATES.map((state) => (
                    <td key={state} className={styles.num}>
                      {format.number(counts[state] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {importing && data && <ImportDialog purposes={data.data} onClose={() => setImporting(false)} />}
    </Section>
  );
}

function grouped(counted: Counted[]) {
  const found = new Map<string, { key: string; row: Counted; counts: Partial<Record<Counted["state"], number>> }>();
  for (const row of counted) {
    const key = `${row.purpose}/${row.channel}/${row.scope}`;
    const entry = found.get(key) ?? { key, row, counts: {} };
    entry.counts[row.state] = row.count;
    found.set(key, entry);
  }
  return [...found.values()];
}
