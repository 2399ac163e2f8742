import type { Id } from "@/api";
import { Avatar, useDot } from "@/kit";
import { useT } from "./messages";
import type { PersonDid } from "./queries";
import styles from "./reviews.module.css";

interface Props {
  people: PersonDid[];
  chosen: Id | null;
  onChoose: (id: Id | null) => void;
}

/** Who did how much; choosing somebody shows theirs alone. Who did nothing stands last. */
export function PeopleList({ people, chosen, onChoose }: Props) {
  const t = useT();
  const dot = useDot();
  return (
    <aside className={styles.people} aria-label={t("people")}>
      <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t("everyone")}
      </button>
      {people.map(({ person, calls, visits, notes, tasks_done }) => {
        const facts = [
          calls > 0 && t("calls", { n: calls }),
          visits > 0 && t("visits", { n: visits }),
          notes > 0 && t("notes", { n: notes }),
          tasks_done > 0 && t("tasks", { n: tasks_done }),
        ].filter(Boolean);
        return (
          <button
            key={person.id}
            type="button"
            aria-pressed={chosen === person.id}
            onClick={() => onChoose(chosen === person.id ? null : person.id)}
          >
            <Avatar id={person.id} name={person.name} />
            <span>
              <b className="gx-cut">{person.name}</b>
              <span className={facts.length > 0 ? "gx-2 gx-s12" : "gx-warn gx-s12"}>
                {facts.length > 0 ? facts.join(dot) : t("nothing")}
              </span>
            </span>
          </button>
        );
      })}
    </aside>
  );
}
