import { App, Button, InputNumber } from "antd";
import { useFormat, useProblem } from "@/kit";
import styles from "../insight.module.css";
import { useRules, useSaveRules } from "../queries";
import { Matrix } from "./Matrix";
import { useT } from "./messages";
import { type Cell, type Cuts, TIERS, type Tiers } from "./model";

const KEYS = ["high_cut", "low_cut", "hysteresis"] as const;

interface Props {
  data: Tiers;
  cuts: Cuts;
  problem: string | null;
  onTry: (cuts: Cuts | null) => void;
}

/** Other cuts in place of those in force: what each tier would hold, and who would move. */
export function Trial({ data, cuts, problem, onTry }: Props) {
  const t = useT();
  const format = useFormat();
  const say = useProblem();
  const { message } = App.useApp();
  const rules = useRules(data.may);
  const save = useSaveRules();
  const isOther = KEYS.some((key) => cuts[key] !== data.now[key]);
  const moving = data.cells.reduce((sum, cell) => sum + (cell.from === cell.to ? 0 : cell.customers), 0);
  const adopt = () => {
    if (!rules.data) return;
    save.mutate(
      { ...cuts, version: rules.data.version },
      { onSuccess: () => message.success(t("adopted")), onError: (error) => say(error) },
    );
  };
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("try")}</h2>
        <span className="gx-3 gx-s12">{t("try_sub")}</span>
      </div>
      <div className={styles.trial}>
        {KEYS.map((key) => (
          <div key={key}>
            <label htmlFor={`cut-${key}`}>{t(key)}</label>
            <InputNumber
              min={0}
              max={100}
              step={key === "hysteresis" ? 0.5 : 1}
              suffix="%"
              value={cuts[key]}
              onChange={(value) => value !== null && onTry({ ...cuts, [key]: value })}
              id={`cut-${key}`}
            />
          </div>
        ))}
        {isOther && <Button onClick={() => onTry(null)}>{t("reset")}</Button>}
        {isOther && data.may && !problem && (
          <Button type="primary" loading={save.isPending} disabled={!rules.data} onClick={adopt}>
            {t("adopt")}
          </Button>
        )}
      </div>
      {problem && (
        <p className={styles.wrong} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.halves}>
        <div>
          <p>
            <b>{moving > 0 ? t("moving", { n: format.number(moving) }) : t("still")}</b>
            <small className={styles.under}>{t("from_to")}</small>
          </p>
          <Matrix cells={data.cells} currency={data.currency} label={t("from_to")} />
        </div>
        <Sums cells={data.cells} currency={data.currency} />
      </div>
    </section>
  );
}

function Sums({ cells, currency }: { cells: Cell[]; currency: string }) {
  const t = useT();
  const format = useFormat();
  const sum = (chosen: Cell[], of: "customers" | "profit") => chosen.reduce((total, cell) => total + cell[of], 0);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("customers")}</th>
            <th>{t("now")}</th>
            <th>{t("after")}</th>
            <th>{t("profit")}</th>
          </tr>
        </thead>
        <tbody>
          {TIERS.map((tier) => {
            const then = cells.filter((cell) => cell.to === tier);
            return (
              <tr key={tier}>
                <th scope="row">{t(`tier.${tier}`)}</th>
                <td>
                  {format.number(
                    sum(
                      cells.filter((cell) => cell.from === tier),
                      "customers",
                    ),
                  )}
                </td>
                <td>{format.number(sum(then, "customers"))}</td>
                <td>{format.moneyShort(sum(then, "profit"), currency)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
