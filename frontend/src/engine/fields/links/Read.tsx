import type { LinkRef } from "@/api/types";
import type { ReadProps } from "../contract";
import { Read as LinkRead } from "../link/Read";
import styles from "../shared/fields.module.css";

export function Read({ value, ...rest }: ReadProps<LinkRef[]>) {
  return (
    <span className={rest.place === "cell" ? styles.chipsLine : styles.chips}>
      {value.map((link) => (
        <LinkRead key={link.id} value={link} {...rest} />
      ))}
    </span>
  );
}
