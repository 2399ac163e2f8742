import { useMemo } from "react";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";
import { sanitise, textOf } from "./sanitise";

export function Read({ value, place }: ReadProps<string>) {
  const html = useMemo(() => (place === "cell" ? "" : sanitise(value)), [value, place]);
  if (place === "cell") return <>{textOf(value).slice(0, 160)}</>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned on the server and again just above
  return <div className={styles.prose} dangerouslySetInnerHTML={{ __html: html }} />;
}
