import { Link } from "react-router";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Card, useFormat } from "@/kit";
import { all, DEALS, listOf, open, ownedBy, type Scope, type Span } from "./forecast";
import styles from "./forecast.module.css";
import { useT } from "./messages";
import { useVelocity } from "./queries";

const WAYS = ["forward", "back", "won", "lost"] as const;
const HEADS = { forward: "forward", back: "back", won: "to_won", lost: "to_lost" } as const;

/** How long deals stand in each stage and where they go from there. */
export function StageTable({ scope, span }: { scope: Scope; span: Span }) {
  const t = useT();
  const format = useFormat();
  const label = useLabel();
  const { data } = useVelocity(ownedBy(scope), span);
  const object = useObject(DEALS);
  const options = object?.fields.find((field) => field.key === "stage")?.options ?? [];
  const days = (value: number | null) => (value === null ? t("none") : t("days", { n: format.number(value, 1) }));
  const rows = data?.filter((row) => row.left + row.standing > 0 || data.length <= 8);
  return (
    <Card title={t("stages")}>
      <p className={`${styles.note} gx-3 gx-s12`}>{t("stages_body")}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("stage")}</th>
              <th scope="col">{t("standing")}</th>
              <th scope="col">{t("age")}</th>
              <th scope="col">{t("stay")}</th>
              {WAYS.map((way) => (
                <th key={way} scope="col">
                  {t(HEADS[way])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows?.map((row) => {
              const option = options.find((each) => each.value === row.stage);
              const expected = option?.expected_days ?? null;
              const late = expected !== null && row.age !== null && row.age > expected;
              return (
                <tr key={row.stage}>
                  <th scope="row">
                    {label(option?.label, row.stage)}
                    {expected !== null && <small>{t("expected", { n: expected })}</small>}
                  </th>
                  <td>
                    {row.standing > 0 ? (
                      <Link to={listOf(all(open(scope), { field: "stage", op: "is", value: row.stage }))}>
                        {format.number(row.standing)}
                      </Link>
                    ) : (
                      t("none")
                    )}
                  </td>
                  <td className={late ? "gx-warn" : undefined}>{days(row.age)}</td>
                  <td>{days(row.days)}</td>
                  {WAYS.map((way) => (
                    <td key={way}>{row[way] > 0 ? format.number(row[way]) : t("none")}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
