import { Link } from "react-router";
import { useLabel } from "@/i18n";
import type { Usage } from "./design";
import { useT } from "./locales";
import styles from "./objects.module.css";

const SHOWN = 12;

/** Where something is used; each leads there. */
export function UsageList({ usages }: { usages: Usage[] }) {
  const t = useT();
  const label = useLabel();
  return (
    <ul className={styles.usages}>
      {usages.slice(0, SHOWN).map((usage, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places have no ids, and the list does not move
        <li key={index}>
          <span>{label(usage.label)}</span>
          {usage.where && <Link to={usage.where}>{t("usage.open")}</Link>}
        </li>
      ))}
      {usages.length > SHOWN && <li className="gx-3">{t("usage.count", { count: usages.length })}</li>}
    </ul>
  );
}
