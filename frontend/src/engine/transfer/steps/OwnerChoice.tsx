import { Radio } from "antd";
import type { ImportJob, ObjectSchema } from "@/api/types";
import { useFormat } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportPatch } from "../useImport";

interface Props {
  object: ObjectSchema;
  job: ImportJob;
  busy: boolean;
  onChange: (options: NonNullable<ImportPatch["options"]>) => void;
}

const CHOICES = ["me", "nobody"] as const;

/** Whose the rows are that the file gives no owner, and who will see them. */
export function OwnerChoice({ object, job, busy, onChange }: Props) {
  const t = useT();
  const format = useFormat();
  const n = job.preview?.ownerless ?? 0;
  if (n === 0) return null;
  return (
    <section className={styles.choices}>
      <h2>{t("owner.title", { n: format.number(n) })}</h2>
      <Radio.Group
        className={styles.ownerless}
        value={job.options.owner}
        disabled={busy}
        onChange={(event) => onChange({ owner: event.target.value })}
      >
        {CHOICES.map((each) => (
          <Radio key={each} value={each}>
            {t(`owner.${each}`)}
            <small>{t(`owner.${each}_${object.seen_by ?? "owner"}`)}</small>
          </Radio>
        ))}
      </Radio.Group>
    </section>
  );
}
