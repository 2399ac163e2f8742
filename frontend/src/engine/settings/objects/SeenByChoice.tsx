import { Radio } from "antd";
import { SEEN_BY, type SeenBy } from "./design";
import { useT } from "./locales";
import styles from "./objects.module.css";

interface Props {
  value?: SeenBy;
  onChange?: (value: SeenBy) => void;
}

/** Who sees the records of an object, where a role does not say otherwise by name. */
export function SeenByChoice({ value, onChange }: Props) {
  const t = useT();
  return (
    <Radio.Group
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      className={styles.seenBy}
      options={SEEN_BY.map((one) => ({
        value: one,
        label: (
          <>
            {t(`seenBy.${one}`)}
            <small>{t(`seenBy.${one}Hint`)}</small>
          </>
        ),
      }))}
    />
  );
}
