import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./kit.module.css";
import { kitMessages } from "./locales";

interface Props {
  title: ReactNode;
  /** Shown small beside the title: usually how many. */
  count?: ReactNode;
  sub?: ReactNode;
  /** At most one filled button among them. */
  actions?: ReactNode;
  onBack?: () => void;
}

export function PageHeader({ title, count, sub, actions, onBack }: Props) {
  const t = kitMessages.useT();
  return (
    <header className={styles.pageHeader}>
      {onBack && (
        <button type="button" className={styles.back} onClick={onBack} aria-label={t("back")}>
          <Icon as={ChevronLeft} />
        </button>
      )}
      <div className={styles.titles}>
        <div className={styles.titleRow}>
          <h1 className="gx-cut">{title}</h1>
          {count !== undefined && <span className={styles.count}>{count}</span>}
        </div>
        {sub && <p className={styles.sub}>{sub}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
