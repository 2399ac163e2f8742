import { Users } from "lucide-react";
import type { Ref } from "@/api/types";
import { Icon } from "@/kit";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";

export function Read({ value }: ReadProps<Ref>) {
  return (
    <span className={styles.withIcon}>
      <Icon as={Users} size={14} />
      <span className="gx-cut">{value.name}</span>
    </span>
  );
}
