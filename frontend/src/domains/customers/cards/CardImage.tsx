import { useEffect, useState } from "react";
import styles from "./cards.module.css";
import type { CardValue } from "./scan";

/** The photo, and where the value one is looking at was read. */
export function CardImage({ file, label, shown }: { file: File; label: string; shown?: CardValue }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const [left, top, width, height] = (shown?.box ?? []).map((share) => `${share * 100}%`);
  const place = height ? { left, top, width, height } : undefined;
  return (
    <div className={styles.image}>
      {url && <img src={url} alt={label} />}
      {place && <span className={styles.box} style={place} />}
    </div>
  );
}
