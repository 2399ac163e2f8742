import { Button } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Avatar, Icon, objectIcon, useFormat } from "@/kit";
import { AsyncPicker, type Choice } from "../../fields/shared/AsyncPicker";
import { people } from "../../fields/shared/pickers";
import styles from "./handover.module.css";
import { useT } from "./messages";
import type { Line, Preview, Share, WhatThereIs } from "./queries";

interface Props {
  what: WhatThereIs;
  preview: Preview | undefined;
  others: Record<string, Choice[]>;
  onOthers: (others: Record<string, Choice[]>) => void;
}

/** What there is, line by line, and who gets how much of it. */
export function Lines({ what, preview, others, onOthers }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const lines = preview?.objects ?? what.objects;
  const several = (preview?.people.length ?? 0) > 1;
  return (
    <>
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.map((line) => (
            <ObjectLine
              key={line.key}
              line={line}
              chosen={others[line.key]}
              open={preview !== undefined}
              onChosen={(chosen) => {
                const { [line.key]: _, ...rest } = others;
                onOthers(chosen ? { ...rest, [line.key]: chosen } : rest);
              }}
            />
          ))}
          {several && preview && (
            <li className={styles.sum}>
              <span>{t("sum")}</span>
              <Shares shares={preview.people} />
            </li>
          )}
        </ul>
      )}
      {what.work.length > 0 && (
        <section className={styles.work}>
          <h3>{t("work")}</h3>
          <ul className={styles.lines}>
            {what.work.map((work) => (
              <li key={work.key}>
                <span className={styles.name}>{label(work.label)}</span>
                <b>{format.number(work.count)}</b>
                <span className="gx-3 gx-s12">
                  {work.moves && (preview ? t("work_to", { name: preview.work_to.name }) : t("work_moves"))}
                  {!work.moves && t(`work_ends.${work.key as "tokens"}`)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface LineProps {
  line: Line;
  chosen: Choice[] | undefined;
  open: boolean;
  onChosen: (chosen: Choice[] | undefined) => void;
}

function ObjectLine({ line, chosen, open, onChosen }: LineProps) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const [picking, setPicking] = useState(false);
  return (
    <li>
      <span className={styles.name}>
        <Icon as={objectIcon(line.icon)} size={16} className="gx-3" />
        {label(line.label)}
      </span>
      <b>{format.number(line.count)}</b>
      <div className={styles.who}>
        {!line.allowed && <span className="gx-bad gx-s12">{t("not_allowed")}</span>}
        {line.allowed && open && !chosen?.length && <Shares shares={line.shares ?? []} />}
        {line.allowed && (picking || chosen) && (
          <AsyncPicker
            many
            label={`${t("other")}: ${label(line.label)}`}
            value={chosen ?? []}
            onChange={(next) => onChosen(next.length ? next : undefined)}
            source={people}
            autoFocus={picking && !chosen}
          />
        )}
        {line.allowed && chosen && chosen.length > 1 && <Shares shares={line.shares ?? []} />}
      </div>
      {line.allowed && open && (
        <Button
          type="link"
          size="small"
          onClick={() => {
            onChosen(undefined);
            setPicking(!picking && !chosen);
          }}
        >
          {t(picking || chosen ? "back" : "other")}
        </Button>
      )}
    </li>
  );
}

function Shares({ shares }: { shares: Share[] }) {
  const t = useT();
  const format = useFormat();
  return (
    <span className={styles.shares}>
      {shares.map((share) => (
        <span key={share.id} className={styles.share}>
          <Avatar id={share.id} name={share.name} size="sm" />
          {t("people", { name: share.name, n: format.number(share.count) })}
        </span>
      ))}
    </span>
  );
}
