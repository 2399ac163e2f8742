import type { Field } from "@/api/types";
import { useFormat } from "@/kit";
import { currencyOf } from "../../fields/money/currency";
import { useT } from "../messages";
import styles from "./board.module.css";
import type { ColumnInfo, Figures } from "./useBoardColumns";

/** Open, weighted and won of what the board shows. */
export function BoardFigures({
  columns,
  figures,
  amount,
}: {
  columns: ColumnInfo[];
  figures: Map<string, Figures>;
  amount: Field;
}) {
  const t = useT();
  const format = useFormat();
  const currency = currencyOf(amount.config);
  const of = (kind: string) => columns.filter((column) => (column.option?.kind ?? "open") === kind);
  const sum = (list: ColumnInfo[], pick: (figures: Figures, column: ColumnInfo) => number) =>
    list.reduce((total, column) => total + pick(figures.get(column.key) ?? { count: 0, sum: 0 }, column), 0);
  const open = of("open");
  const won = of("won");
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t("board.open")}</dt>
        <dd>
          {t("board.open_value", {
            n: format.number(sum(open, (each) => each.count)),
            sum: format.moneyShort(
              sum(open, (each) => each.sum),
              currency,
            ),
          })}
        </dd>
      </div>
      <div>
        <dt>{t("board.weighted")}</dt>
        <dd>
          {format.moneyShort(
            sum(open, (each, column) => (each.sum * (column.option?.probability ?? 0)) / 100),
            currency,
          )}
        </dd>
      </div>
      <div>
        <dt>{t("board.won")}</dt>
        <dd>
          {t("board.open_value", {
            n: format.number(sum(won, (each) => each.count)),
            sum: format.moneyShort(
              sum(won, (each) => each.sum),
              currency,
            ),
          })}
        </dd>
      </div>
    </dl>
  );
}
