import { Select } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import type { EditProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Edit({ value, field, onChange, id, autoFocus, invalid, describedBy, place }: EditProps<string[]>) {
  const t = useT();
  const label = useLabel();
  const [open, setOpen] = useState(false);
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      className={styles.fill}
      value={value ?? []}
      onChange={(next) => onChange(next.length ? [...new Set(next.map((tag) => tag.trim()).filter(Boolean))] : null)}
      options={(field.options ?? []).map((option) => ({
        value: option.value,
        label: label(option.label, option.value),
      }))}
      open={open}
      onOpenChange={setOpen}
      // What was chosen is said above; the list gives the place under it back until one types on.
      onSelect={() => setOpen(false)}
      tokenSeparators={[",", "，", "、", ";", "；"]}
      placeholder={t("add_tag")}
      autoFocus={autoFocus}
      status={invalid ? "error" : undefined}
      aria-label={label(field.label)}
      aria-describedby={describedBy}
      maxTagCount={place === "cell" ? "responsive" : undefined}
    />
  );
}
