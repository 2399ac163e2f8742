import { X } from "lucide-react";
import type { ImportJob } from "@/api/types";
import { Chip, Icon } from "@/kit";
import { useT } from "../messages";
import styles from "../transfer.module.css";
import type { ImportPatch } from "../useImport";

interface Props {
  job: ImportJob;
  busy: boolean;
  onChange: (options: NonNullable<ImportPatch["options"]>) => void;
}

/** Texts of the file that stand for what is there already; each can be taken back. */
export function Replaced({ job, busy, onChange }: Props) {
  const t = useT();
  const { replace } = job.options;
  const pairs = Object.entries(replace).flatMap(([index, texts]) =>
    Object.entries(texts).map(([text, by]) => ({ index, text, by })),
  );
  if (pairs.length === 0) return null;
  const without = (index: string, text: string) => {
    const { [text]: _, ...rest } = replace[index] ?? {};
    return { ...replace, [index]: rest };
  };
  return (
    <section className={styles.choices}>
      <h2>{t("replaced.title")}</h2>
      <div className={styles.names}>
        {pairs.map(({ index, text, by }) => (
          <Chip key={`${index}:${text}`} tone="ok">
            {text} → {by}
            <button
              type="button"
              className={styles.takeBack}
              disabled={busy}
              aria-label={t("replaced.take_back", { text })}
              onClick={() => onChange({ replace: without(index, text) })}
            >
              <Icon as={X} size={12} />
            </button>
          </Chip>
        ))}
      </div>
    </section>
  );
}
