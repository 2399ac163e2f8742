import { App, Switch } from "antd";
import { useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { DutiesAsked } from "./DutiesAsked";
import { useT } from "./messages";
import { useDuties, useRoleChanges } from "./queries";
import styles from "./roles.module.css";

/** Separation of administrator, security officer and auditor, with what it means before one switches it. */
export function Duties() {
  const t = useT();
  const say = useProblem();
  const { modal } = App.useApp();
  const { data } = useDuties();
  const { duties } = useRoleChanges();
  if (!data) return null;
  const ask = (on: boolean) =>
    modal.confirm({
      title: t(on ? "duties_ask" : "duties_off_ask"),
      content: t(on ? "duties_ask_body" : "duties_off_body"),
      okText: t(on ? "duties_on" : "duties_off_do"),
      cancelText: t("cancel"),
      onOk: () => duties.mutateAsync(on).catch((error) => say(error)),
    });
  return (
    <Section
      wide
      title={t("duties")}
      body={t("duties_body")}
      action={
        <Switch
          checked={data.separate_duties}
          disabled={data.asked !== null}
          loading={duties.isPending}
          onChange={ask}
          aria-label={t("duties")}
        />
      }
    >
      <DutiesAsked />
      <ul className={styles.meaning}>
        <li>{t("duties_1")}</li>
        <li>{t("duties_2")}</li>
        <li>{t("duties_3")}</li>
        <li>{t("duties_4")}</li>
      </ul>
      {!data.separate_duties && <p className={styles.note}>{t("duties_first")}</p>}
    </Section>
  );
}
