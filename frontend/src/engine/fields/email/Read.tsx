import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<string>) {
  const t = useT();
  return (
    <a
      className={[styles.link, "gx-cut"].join(" ")}
      href={`mailto:${value}`}
      title={t("mail", { address: value })}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {value}
    </a>
  );
}
