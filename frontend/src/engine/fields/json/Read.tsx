import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<unknown>) {
  const t = useT();
  if (typeof value === "string") return <>{value}</>;
  if (place === "cell") {
    const count = Array.isArray(value)
      ? value.length
      : typeof value === "object" && value !== null
        ? Object.keys(value).length
        : 0;
    return count ? <span className="gx-3">{t("json_lines", { count })}</span> : String(value);
  }
  return <pre className={[styles.code, styles.lines].join(" ")}>{JSON.stringify(value, null, 2)}</pre>;
}
