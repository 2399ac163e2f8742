import type { Ref } from "@/api/types";
import { Avatar } from "@/kit";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";

export function Read({ value }: ReadProps<Ref>) {
  return (
    <span className={styles.person}>
      <Avatar id={value.id} name={value.name} />
      <span className="gx-cut">{value.name}</span>
    </span>
  );
}
