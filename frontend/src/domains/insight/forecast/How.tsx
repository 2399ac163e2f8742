import { useFormat } from "@/kit";
import styles from "../insight.module.css";
import { useT } from "./messages";
import type { Measured } from "./model";

/** How the forecast came about, in words. */
export function How({ measured }: { measured: Measured }) {
  const t = useT();
  const format = useFormat();
  const { method, quality, weights } = measured;
  if (!method) return null;
  const percent = (share: number | undefined) => format.number((share ?? 0) * 100, 0);
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("how")}</h2>
      </div>
      <ul className={styles.lists}>
        <li>
          {t("how_series", { method: t(`method.${method as "naive"}`), mase: format.number(quality[method] ?? 0, 2) })}
        </li>
        {weights?.pipeline !== undefined && <li>{t("how_pipeline")}</li>}
        {weights?.pipeline !== undefined && (
          <li>{t("how_both", { series: percent(weights.series), pipeline: percent(weights.pipeline) })}</li>
        )}
      </ul>
    </section>
  );
}
