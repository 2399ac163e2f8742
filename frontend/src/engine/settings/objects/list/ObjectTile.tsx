import { Link } from "react-router";
import type { ObjectSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Icon, objectIcon } from "@/kit";
import { useT } from "../locales";
import styles from "../objects.module.css";

export function ObjectTile({ object }: { object: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const own = object.fields.filter((field) => field.custom).length;
  return (
    <li>
      <Link
        to={`/settings/objects/${object.key}`}
        className={styles.tile}
        aria-label={t("open", { name: label(object.label) })}
      >
        <span className={styles.badge}>
          <Icon as={objectIcon(object.icon, object.key)} />
        </span>
        <span className={styles.tileText}>
          <b className="gx-cut">{label(object.label)}</b>
          <span className="gx-3 gx-s12 gx-cut">
            {t("fieldCount", { count: object.fields.length })}
            {object.hidden && ` · ${t("tile.hidden")}`}
            {object.deprecated && ` · ${t("tile.deprecated")}`}
            {own > 0 && !object.custom ? ` · ${t("customCount", { count: own })}` : ""}
          </span>
        </span>
        <code>{object.key}</code>
      </Link>
    </li>
  );
}
