import { Alert, Button } from "antd";
import { useLabel } from "@/i18n";
import type { Design, SchemaChange } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";

interface Props {
  design: Design;
  changes: SchemaChange[];
  onMerge: () => void;
  onReload: () => void;
}
const SHOWN = 5;

/** Somebody else was quicker: what they did, and what becomes of one's own changes. */
export function ConflictNote({ design, changes, onMerge, onReload }: Props) {
  const t = useT();
  const label = useLabel();
  const who = changes.find((change) => change.actor)?.actor?.name ?? t("conflict.somebody");
  const said = (change: SchemaChange) => {
    const action = t(`actions.${change.action}` as Parameters<typeof t>[0]);
    if (!change.field) return action;
    const field = label(design.fields.find((each) => each.key === change.field)?.label, change.field);
    return t("conflict.field", { field, action });
  };
  return (
    <Alert
      type="warning"
      role="alert"
      title={t("conflict.title", { name: who })}
      description={
        <>
          <ul className={styles.changes}>
            {changes.slice(0, SHOWN).map((change) => (
              <li key={change.version}>{said(change)}</li>
            ))}
          </ul>
          <div className={styles.buttons}>
            <Button size="small" type="primary" onClick={onMerge}>
              {t("conflict.merge")}
            </Button>
            <Button size="small" onClick={onReload}>
              {t("conflict.reload")}
            </Button>
          </div>
        </>
      }
    />
  );
}
