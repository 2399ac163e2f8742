import { Link } from "react-router";
import { useFormat } from "@/kit";
import styles from "../insight.module.css";
import { behind } from "./lists";
import { useT } from "./messages";
import type { TeamForecast } from "./model";

const SOON = 3;

/** What each team will win, and how good its forecasts were. */
export function Teams({ teams, currency }: { teams: TeamForecast[]; currency: string }) {
  const t = useT();
  const format = useFormat();
  if (teams.length === 0) return null;
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("teams")}</h2>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t("team")}</th>
              <th>{t("next")}</th>
              <th>{t("three")}</th>
              <th>{t("error_head")}</th>
            </tr>
          </thead>
          <tbody>
            {teams.map((team) => (
              <tr key={team.team}>
                <td>
                  <Link to={behind("opportunity", team.filter)}>{team.name}</Link>
                  {team.missing && <small className="gx-3"> {team.missing}</small>}
                </td>
                <td>{team.ahead[1] ? format.moneyShort(team.ahead[1].value, currency) : "—"}</td>
                <td>{team.ahead.length > 0 ? format.moneyShort(soon(team), currency) : "—"}</td>
                <td>{team.error === null ? "—" : `${format.number(team.error, 0)}%`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const soon = (team: TeamForecast) => team.ahead.slice(1, SOON + 1).reduce((sum, each) => sum + each.value, 0);
