import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

const SAFE = /^https?:\/\//i;

export function Read({ value, place }: ReadProps<string>) {
  const t = useT();
  if (!SAFE.test(value)) return <>{value}</>;
  return (
    <a
      className={[styles.link, "gx-cut"].join(" ")}
      href={value}
      target="_blank"
      rel="noopener noreferrer"
      title={t("open_site", { url: value })}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {value.replace(SAFE, "").replace(/\/$/, "")}
    </a>
  );
}
