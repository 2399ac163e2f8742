import { Check, Minus } from "lucide-react";
import { Icon } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Read({ value }: ReadProps<boolean>) {
  const t = useT();
  return (
    <span className={[styles.check, value ? "gx-ok" : "gx-3"].join(" ")}>
      <Icon as={value ? Check : Minus} size={14} />
      {t(value ? "yes" : "no")}
    </span>
  );
}
