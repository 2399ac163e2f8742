import { TrendingDown, TrendingUp } from "lucide-react";
import { Link } from "react-router";
import { type Format, Icon, useFormat } from "@/kit";
import styles from "../insight.module.css";
import { useT } from "../messages";
import type { HomeCard } from "../model";
import { listOf } from "./lists";
import { Spark } from "./Spark";

/** One of the ten C: its number, how it went over the year, and the customers behind it. */
export function CCard({ card, currency }: { card: HomeCard; currency: string }) {
  const t = useT();
  const format = useFormat();
  const up = (card.change ?? 0) > 0;
  return (
    <section className={styles.c} aria-label={t(`card.${card.key}`)}>
      <h2>
        {t(`card.${card.key}`)}
        {card.change !== null && card.change !== 0 && (
          <small data-up={up} title={t("since_year")}>
            <Icon as={up ? TrendingUp : TrendingDown} /> {changed(card, format)}
          </small>
        )}
      </h2>
      {card.missing ? (
        <p className={styles.lacking}>{card.missing}</p>
      ) : (
        <p className={styles.number}>
          <b>{shown(card, format, currency)}</b>
          <span>{t(`unit.${card.key}`)}</span>
        </p>
      )}
      <Spark values={card.trend} />
      {card.count !== null && card.filter !== null ? (
        <Link className="gx-link gx-s12" to={listOf(card.filter)}>
          {t(`behind.${card.key}`, { n: format.number(card.count) })}
        </Link>
      ) : (
        <span />
      )}
    </section>
  );
}

function shown({ value, unit }: HomeCard, format: Format, currency: string): string {
  if (value === null) return "—";
  if (unit === "money") return format.moneyShort(value, currency);
  return unit === "percent" ? `${format.number(value, 1)}%` : format.number(value);
}

function changed({ change, unit }: HomeCard, format: Format): string {
  const sign = (change ?? 0) > 0 ? "+" : "−";
  return `${sign}${format.number(Math.abs(change ?? 0), unit === "percent" ? 1 : 0)}${unit === "percent" ? " pt" : ""}`;
}
