import { App, Button, Drawer } from "antd";
import { useState } from "react";
import { Empty, useFormat, useIsPhone, useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Balance, Setup, Target } from "./model";
import { useEvenOut, usePreview } from "./queries";
import { TargetsEditor } from "./TargetsEditor";

/** Evening out open leads among people: first what would come of it, then doing it. */
export function EvenDrawer({ setup, onClose }: { setup: Setup; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const phone = useIsPhone();
  const { message } = App.useApp();
  const preview = usePreview();
  const even = useEvenOut();
  const [people, setPeople] = useState<Target[]>([]);
  const told = preview.data;
  const choose = (next: Target[]) => {
    setPeople(next);
    preview.reset();
  };
  const carryOut = (moves: Balance["moves"]) =>
    even.mutate(
      { people, moves },
      {
        onSuccess: ({ moved, left }) => {
          void message.success(t(left ? "even_left" : "even_done", { n: moved, left }));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("even")}
      size={phone ? "100%" : 680}
      destroyOnHidden
      footer={
        <div className={styles.head}>
          <Button
            disabled={people.length === 0}
            loading={preview.isPending}
            onClick={() => preview.mutate(people, { onError: (error) => say(error) })}
          >
            {t("even_look")}
          </Button>
          {told && told.moves.length > 0 && (
            <Button type="primary" loading={even.isPending} onClick={() => carryOut(told.moves)}>
              {t("even_do", { n: told.moves.length })}
            </Button>
          )}
        </div>
      }
    >
      <div className={styles.desk}>
        <p className="gx-2 gx-s13">{t("even_body")}</p>
        <section>
          <h3>{t("even_who")}</h3>
          <TargetsEditor weighted targets={people} names={setup.names} onChange={choose} />
        </section>
        {told && <Outcome told={told} />}
      </div>
    </Drawer>
  );
}

function Outcome({ told }: { told: Balance }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      <table className={styles.figures} aria-live="polite">
        <thead>
          <tr>
            <th>{t("people")}</th>
            <th>{t("even_now")}</th>
            <th>{t("even_after")}</th>
          </tr>
        </thead>
        <tbody>
          {told.people.map((each) => (
            <tr key={each.user.id}>
              <td>{each.user.name}</td>
              <td>{format.number(each.open)}</td>
              <td>{format.number(each.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!told.whole && <p className="gx-3 gx-s12">{t("even_seen")}</p>}
      {told.away.length > 0 && (
        <p className="gx-3 gx-s12">{t("even_away", { names: told.away.map((each) => each.name).join(t("list")) })}</p>
      )}
      {told.moves.length === 0 && <Empty title={t("even_none")} />}
    </>
  );
}
