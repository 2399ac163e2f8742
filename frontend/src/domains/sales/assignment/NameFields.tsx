import { Input } from "antd";
import type { Label } from "@/api";
import styles from "./assignment.module.css";
import { useT } from "./messages";

/** A name in both languages; one is enough. */
export function NameFields({ name, onChange }: { name: Label; onChange: (name: Label) => void }) {
  const t = useT();
  return (
    <div className={styles.two}>
      {(["zh-CN", "en"] as const).map((locale) => {
        const text = t(locale === "en" ? "name_en" : "name_zh");
        return (
          <div key={locale} className={styles.label}>
            {text}
            <Input
              aria-label={text}
              value={name[locale]}
              maxLength={60}
              onChange={(event) => onChange({ ...name, [locale]: event.target.value })}
            />
          </div>
        );
      })}
    </div>
  );
}
