import { Button, Skeleton } from "antd";
import { ListChecks, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useLabel } from "@/i18n";
import { Avatar, Card, Empty, Icon, PageHeader, problemText, useFormat, usePageTitle } from "@/kit";
import { useOverview } from "../queries";
import styles from "../targets.module.css";
import { CardDrawer } from "./CardDrawer";
import { useT } from "./messages";
import type { ScoreCard } from "./model";
import { PerformanceNav } from "./Nav";
import { useCards } from "./queries";
import { Stepper } from "./Stepper";

/** KPI score cards: several targets by weight, one score a person. */
export function CardsPage() {
  const t = useT();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const [edited, setEdited] = useState<ScoreCard | "new" | null>(null);
  const { data, error } = useCards(params.get("day") ?? format.today());
  const plans = useOverview().data?.plans ?? [];
  usePageTitle(t("cards"));
  return (
    <>
      <PageHeader
        title={t("cards")}
        actions={
          data?.may &&
          plans.length > 0 && (
            <Button icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
              {t("card_new")}
            </Button>
          )
        }
      />
      <PerformanceNav />
      <div className={styles.page}>
        {error && !data && <Empty title={problemText(error)} />}
        {!data && !error && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {data?.data.length === 0 && (
          <Empty icon={ListChecks} title={t("cards_none")}>
            {t("cards_none_body")}
          </Empty>
        )}
        {data?.data[0] && (
          <div className={styles.toolbar}>
            <Stepper period={data.data[0].period} onDay={(day) => setParams({ day })} />
          </div>
        )}
        {data?.data.map((card) => (
          <Scores key={card.id} card={card} onEdit={data.may ? () => setEdited(card) : undefined} />
        ))}
      </div>
      {edited && <CardDrawer card={edited === "new" ? null : edited} plans={plans} onClose={() => setEdited(null)} />}
    </>
  );
}

function Scores({ card, onEdit }: { card: ScoreCard; onEdit?: () => void }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  return (
    <Card
      title={label(card.name)}
      more={
        onEdit && (
          <Button size="small" type="text" icon={<Icon as={Pencil} />} onClick={onEdit}>
            {t("card_edit")}
          </Button>
        )
      }
    >
      {card.rows.length === 0 && <Empty small title={t("nobody")} />}
      {card.rows.length > 0 && (
        <div className={styles.tableBox}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("who")}</th>
                <th scope="col" className={styles.right}>
                  {t("score")}
                </th>
                {card.parts.map((part) => (
                  <th key={part.plan} scope="col" className={styles.right}>
                    {label(part.name)} <span className="gx-3">{t("weight_of", { n: part.weight })}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {card.rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <span className={styles.who}>
                      <Avatar id={row.id} name={row.name} size="sm" />
                      <span className="gx-cut">{row.name}</span>
                    </span>
                  </th>
                  <td className={styles.right}>
                    <b>{row.score === null ? "—" : format.number(row.score, 1)}</b>
                  </td>
                  {row.parts.map((share, index) => (
                    <td key={card.parts[index]?.plan} className={styles.right}>
                      {share === null ? "—" : format.percent(share)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
