import { Checkbox } from "antd";
import type { Design, DesignField } from "../design";
import { useUsage } from "../design";
import { useT } from "../locales";
import { UsageList } from "../UsageList";
import styles from "./fields.module.css";

interface Props {
  design: Design;
  field: DesignField;
  hiding: boolean;
  anyway: boolean;
  onAnyway: (anyway: boolean) => void;
}

/** What uses the field and how many records have a value: said before anything is changed. */
export function FieldUsage({ design, field, hiding, anyway, onAnyway }: Props) {
  const t = useT();
  const { data } = useUsage(design.key, field.key);
  if (!data) return null;
  const used = data.data;
  return (
    <div className={styles.usage} data-warn={hiding && used.length > 0}>
      <h3>{hiding && used.length > 0 ? t("props.hideWarning") : t("usage.title")}</h3>
      <p className="gx-s12">
        {t("usage.filled", { count: data.filled ?? 0 })} ·{" "}
        {used.length ? t("props.inUse", { count: used.length }) : t("usage.none")}
      </p>
      {used.length > 0 && <UsageList usages={used} />}
      {hiding && used.length > 0 && (
        <Checkbox checked={anyway} onChange={(event) => onAnyway(event.target.checked)}>
          {t("props.hideAnyway")}
        </Checkbox>
      )}
    </div>
  );
}
