import { Drawer, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { recordPath } from "@/engine/records/paths";
import { useLabel } from "@/i18n";
import { Empty, problemText, useFormat, useIsPhone } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Simulation } from "./model";
import { useSimulation } from "./queries";

const DAYS = ["7", "30", "90"] as const;

/** Who would have got the leads of the last weeks under the rules of now. */
export function TryDrawer({ onClose }: { onClose: () => void }) {
  const t = useT();
  const phone = useIsPhone();
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const { data, error, isPending } = useSimulation(Number(days));
  return (
    <Drawer open onClose={onClose} title={t("try")} size={phone ? "100%" : 680} destroyOnHidden>
      <div className={styles.desk}>
        <p className="gx-2 gx-s13">{t("try_body")}</p>
        <div>
          <Segmented
            value={days}
            options={DAYS.map((value) => ({ value, label: t(`days.${value}`) }))}
            onChange={setDays}
          />
        </div>
        {error && <Empty title={problemText(error)} />}
        {isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
        {data && (data.leads === 0 ? <Empty title={t("try_none")} /> : <Outcome told={data} />)}
      </div>
    </Drawer>
  );
}

function Outcome({ told }: { told: Simulation }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const rows = [
    ...told.rules.map((rule, index) => ({ key: `${index}`, name: label(rule.name), leads: rule.leads })),
    { key: "fallback", name: t("try_fallback"), leads: told.fallback },
  ];
  return (
    <>
      <b>
        {t(told.more ? "try_more" : "try_leads", { n: format.number(told.leads) })}
        {!told.whole && t("try_seen")}
      </b>
      <table className={styles.figures}>
        <thead>
          <tr>
            <th>{t("try_rule")}</th>
            <th>{t("would")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{row.name}</td>
              <td>{format.number(row.leads)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles.figures}>
        <thead>
          <tr>
            <th>{t("try_people")}</th>
            <th>{t("would")}</th>
            <th>{t("has")}</th>
          </tr>
        </thead>
        <tbody>
          {told.people.map((each) => (
            <tr key={each.user.id}>
              <td>{each.user.name}</td>
              <td>{format.number(each.leads)}</td>
              <td>{format.number(each.has_now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <section>
        <h3>{t("try_samples")}</h3>
        <ul className={styles.samples}>
          {told.samples.map((each) => (
            <li key={each.id}>
              <Link to={recordPath("lead", each.id)}>{each.title}</Link>
              <div className="gx-2 gx-s12">{each.why}</div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
