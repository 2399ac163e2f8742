import { Button } from "antd";
import type { ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldRead } from "../../fields";
import { useT } from "../messages";
import type { Values } from "../useRecord";
import styles from "./form.module.css";

interface Props {
  schema: ObjectSchema;
  latest: RecordData;
  mine: Values;
  fields: string[];
  onKeepMine: (field: string) => void;
  onKeepTheirs: (field: string) => void;
}

/** Someone else changed what one is changing: both values side by side, one choice per field. */
export function ConflictPanel({ schema, latest, mine, fields, onKeepMine, onKeepTheirs }: Props) {
  const t = useT();
  const label = useLabel();
  return (
    <section id="form-conflicts" className={styles.conflicts} role="alert" tabIndex={-1}>
      <p>{t("conflict.said", { name: latest.updated_by?.name ?? t("conflict.someone") })}</p>
      {schema.fields
        .filter((field) => fields.includes(field.key))
        .map((field) => (
          <div key={field.key} className={styles.conflict}>
            <h3>{label(field.label)}</h3>
            <dl>
              <dt>{t("conflict.theirs")}</dt>
              <dd>
                <FieldRead field={field} value={latest[field.key]} record={latest} />
              </dd>
              <dt>{t("conflict.yours")}</dt>
              <dd>
                <FieldRead field={field} value={mine[field.key]} record={latest} />
              </dd>
            </dl>
            <div className={styles.choices}>
              <Button size="small" onClick={() => onKeepMine(field.key)}>
                {t("conflict.keep_mine")}
              </Button>
              <Button size="small" onClick={() => onKeepTheirs(field.key)}>
                {t("conflict.keep_theirs")}
              </Button>
            </div>
          </div>
        ))}
    </section>
  );
}
