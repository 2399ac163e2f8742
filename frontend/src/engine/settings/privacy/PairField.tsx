import { Form, Input } from "antd";
import { useT } from "./messages";
import styles from "./privacy.module.css";

interface Props {
  name: string | (string | number)[];
  label: string;
  hint?: string;
  rows?: number;
  required?: boolean;
  max?: number;
}

/** A text in both languages, side by side. */
export function PairField({ name, label, hint, rows, required = false, max = 2000 }: Props) {
  const t = useT();
  const path = Array.isArray(name) ? name : [name];
  return (
    <div className={styles.two}>
      {(["zh-CN", "en"] as const).map((language) => (
        <Form.Item
          key={language}
          name={[...path, language]}
          label={`${label} · ${t(language === "en" ? "english" : "chinese")}`}
          extra={language === "zh-CN" ? hint : undefined}
          rules={required && language === "zh-CN" ? [{ required: true, whitespace: true, message: "" }] : undefined}
        >
          {rows ? <Input.TextArea rows={rows} maxLength={max} /> : <Input maxLength={max} />}
        </Form.Item>
      ))}
    </div>
  );
}
