import { useMemo } from "react";
import type { FilterNode, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { useFormat } from "@/kit";
import { useT } from "../messages";
import type { SortKey } from "../url-state";
import styles from "./filter.module.css";
import { plain, sentence } from "./sentence";
import { fromFilter } from "./tree";
import { useNames } from "./useNames";
import { useOperatorText } from "./useOperatorText";
import { valueText } from "./value-text";

interface Props {
  object: ObjectSchema;
  filter: FilterNode | null;
  sort: readonly SortKey[];
  onEdit: () => void;
}

/** What the list shows, said in words; its chips open the builder. */
export function FilterSentence({ object, filter, sort, onEdit }: Props) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const operatorText = useOperatorText();
  const { byKey } = useSchema();
  const group = useMemo(() => fromFilter(filter), [filter]);
  const nameOf = useNames(byKey, object, group);
  const parts = sentence(object, group, sort, {
    t,
    label,
    objects: byKey,
    operatorText,
    valueText: (field, leaf) => valueText(field, leaf, { t, label, nameOf, format }),
  });
  return (
    <p className={styles.sentence} title={plain(parts)}>
      <span className={styles.words}>
        {parts.map((part, i) =>
          part.kind === "text" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity
            <span key={i}>{part.text}</span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other identity
            <button key={i} type="button" onClick={onEdit}>
              {part.text}
            </button>
          ),
        )}
      </span>
      {filter && (
        <button type="button" className={styles.edit} onClick={onEdit}>
          {t("sentence.edit")}
        </button>
      )}
    </p>
  );
}
