import { MapPin } from "lucide-react";
import type { LocationValue } from "@/api/types";
import { Icon } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";
import styles from "../shared/fields.module.css";

export function Read({ value, place }: ReadProps<LocationValue>) {
  const t = useT();
  const point = `${value.lat},${value.lng}`;
  return (
    <a
      className={styles.withIcon}
      href={`geo:${point}?q=${point}`}
      title={t("map")}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      <Icon as={MapPin} size={14} />
      <span className="gx-cut">{value.text || `${value.lat.toFixed(4)}, ${value.lng.toFixed(4)}`}</span>
    </a>
  );
}
