import { Link } from "react-router";
import type { LinkRef } from "@/api/types";
import { recordPath } from "../../records/paths";
import type { ReadProps } from "../contract";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<LinkRef>) {
  return (
    <Link
      to={recordPath(value.object, value.id)}
      className={[styles.link, "gx-cut"].join(" ")}
      title={value.title}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {value.title}
    </Link>
  );
}
