import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./kit.module.css";

interface Props {
  icon?: LucideIcon;
  title: string;
  /** What to do next: an empty page teaches the next step. */
  children?: ReactNode;
  actions?: ReactNode;
  small?: boolean;
  /** It is the whole page: its title is the page's heading. */
  page?: boolean;
}

export function Empty({ icon, title, children, actions, small = false, page = false }: Props) {
  const Title = page ? "h1" : "div";
  return (
    <div className={[styles.empty, small ? styles.emptySmall : ""].join(" ")}>
      {icon && !small && (
        <span className={styles.glyph}>
          <Icon as={icon} size={20} />
        </span>
      )}
      <Title className={styles.title}>{title}</Title>
      {children && <p>{children}</p>}
      {actions && <div className={styles.do}>{actions}</div>}
    </div>
  );
}
