import { NavLink } from "react-router";
import styles from "../targets.module.css";
import { useT } from "./messages";

/** The pages of performance, as a row of tabs with addresses of their own. */
export function PerformanceNav() {
  const t = useT();
  return (
    <nav className={styles.nav} aria-label={t("nav_label")}>
      <NavLink to="/performance" end>
        {t("nav.performance")}
      </NavLink>
      <NavLink to="/performance/pay">{t("nav.pay")}</NavLink>
      <NavLink to="/performance/cards">{t("nav.cards")}</NavLink>
    </nav>
  );
}
