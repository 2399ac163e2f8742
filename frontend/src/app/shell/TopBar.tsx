import { CircleHelp, Search } from "lucide-react";
import { NotificationsBell } from "@/engine/notifications/NotificationsBell";
import { Icon, Kbd, useIsPhone } from "@/kit";
import { appMessages } from "../locales";
import { CreateButton } from "./CreateButton";
import { PersonMenu } from "./PersonMenu";
import styles from "./Shell.module.css";
import { WorkspaceSwitch } from "./WorkspaceSwitch";

interface Props {
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ onSearch, onHelp }: Props) {
  const t = appMessages.useT();
  const phone = useIsPhone();
  if (phone) {
    return (
      <header className={styles.top}>
        <WorkspaceSwitch />
        <div className={styles.acts}>
          <button type="button" className={styles.iconButton} onClick={onSearch} aria-label={t("search.open")}>
            <Icon as={Search} size={20} />
          </button>
        </div>
      </header>
    );
  }
  return (
    <header className={styles.top}>
      <WorkspaceSwitch />
      <button type="button" className={styles.search} onClick={onSearch}>
        <Icon as={Search} />
        <span className="gx-cut">{t("search.placeholder")}</span>
        <Kbd>mod+K</Kbd>
      </button>
      <div className={styles.acts}>
        <CreateButton />
        <NotificationsBell className={styles.iconButton} />
        <button type="button" className={styles.iconButton} onClick={onHelp} aria-label={t("help")}>
          <Icon as={CircleHelp} size={18} />
        </button>
        <PersonMenu />
      </div>
    </header>
  );
}
