import { Input } from "antd";
import type { Label } from "@/api";
import styles from "../targets.module.css";
import { useT } from "./messages";

/** A name in both languages; one is enough. */
export function NameEdit({ name, onChange }: { name: Label; onChange: (name: Label) => void }) {
  const t = useT();
  return (
    <div className={styles.pair}>
      {(["zh-CN", "en"] as const).map((locale) => {
        const text = t(locale === "en" ? "name_en" : "name_zh");
        return (
          <div key={locale} className={styles.label}>
            {text}
            <Input
              aria-label={text}
              maxLength={60}
              value={name[locale] ?? ""}
              onChange={(event) => onChange({ ...name, [locale]: event.target.value })}
            />
          </div>
        );
      })}
    </div>
  );
}
