import styles from "../insight.module.css";
import { useT } from "../messages";
import type { ModelNote } from "../model";

/** Which models tell the figures, what they learned from and how well they did on what they had not seen. */
export function Models({ models }: { models: ModelNote[] }) {
  const t = useT();
  if (models.length === 0) return null;
  return (
    <section className={styles.panel}>
      <div className={styles.head}>
        <h2>{t("models")}</h2>
      </div>
      <dl className={styles.models}>
        {models.map((model) => (
          <div key={model.key}>
            <dt>{model.label}</dt>
            <dd>
              {model.method}
              {model.notes.map((note) => (
                <small key={note} className="gx-3">
                  {note}
                </small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
