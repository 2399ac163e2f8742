import { Button, InputNumber } from "antd";
import { useFormat } from "@/kit";
import styles from "./goods.module.css";
import { useT } from "./messages";
import type { StandingLine } from "./model";

/** By line, what was typed; null: nothing of it. */
export type Quantities = Record<string, string | null>;

interface Props {
  lines: StandingLine[];
  isDelivery: boolean;
  values: Quantities;
  errors: Record<string, string>;
  onChange: (some: Quantities) => void;
}

/** How the lines stand, and how many of each go or come back now; cards on a phone (by the style sheet). */
export function QuantityTable({ lines, isDelivery, values, errors, onChange }: Props) {
  const t = useT();
  const room = (line: StandingLine) => (isDelivery ? line.left : line.returnable);
  const { number } = useFormat();
  return (
    <div>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{t("item")}</th>
            <th scope="col">{t("ordered")}</th>
            <th scope="col">{t("delivered")}</th>
            <th scope="col">{t(isDelivery ? "left" : "returnable")}</th>
            <th scope="col">{t(isDelivery ? "now_out" : "now_back")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const name = line.name ?? line.title;
            return (
              <tr key={line.id}>
                <td>
                  {name}
                  {line.sku && <span className="gx-3 gx-s12"> {line.sku}</span>}
                </td>
                <td data-label={t("ordered")}>
                  {number(line.ordered)} {line.unit}
                </td>
                <td data-label={t("delivered")}>{number(line.delivered)}</td>
                <td data-label={t(isDelivery ? "left" : "returnable")}>{number(room(line))}</td>
                <td>
                  <InputNumber<string>
                    stringMode
                    min="0"
                    precision={undefined}
                    inputMode="decimal"
                    value={values[line.id]}
                    status={errors[line.id] ? "error" : undefined}
                    aria-label={t("of", { name })}
                    onChange={(value) => onChange({ [line.id]: value === null || value === "" ? null : String(value) })}
                  />
                  {errors[line.id] && (
                    <span className={styles.wrong} role="alert">
                      {errors[line.id]}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {lines.length > 1 && (
        <div className={styles.foot}>
          <Button
            type="text"
            size="small"
            onClick={() => onChange(Object.fromEntries(lines.map((line) => [line.id, String(room(line))])))}
          >
            {t("all")}
          </Button>
          <Button
            type="text"
            size="small"
            onClick={() => onChange(Object.fromEntries(lines.map((line) => [line.id, null])))}
          >
            {t("none")}
          </Button>
        </div>
      )}
    </div>
  );
}
