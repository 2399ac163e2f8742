import { House, MessageSquare, Plus, UserRound } from "lucide-react";
import { useState } from "react";
import { NavLink } from "react-router";
import { useObject } from "@/api";
import { useUnreadCount } from "@/engine/notifications/queries";
import { useLabel } from "@/i18n";
import { Icon, lazyDialog, objectIcon } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";
import { useNavObjects } from "./useNavObjects";

const CreateSheet = lazyDialog(async () => (await import("./CreateSheet")).CreateSheet);

/** The phone's navigation: five things at the thumb. */
export function BottomBar() {
  const t = appMessages.useT();
  const label = useLabel();
  const customer = useObject("customer");
  const first = useNavObjects()[0]?.objects[0];
  const home = customer ?? first;
  const unread = useUnreadCount();
  const [creating, setCreating] = useState(false);
  return (
    <nav className={styles.bottom} aria-label={t("nav.main")}>
      <NavLink to="/" end>
        <Icon as={House} size={20} />
        {t("nav.workbench")}
      </NavLink>
      {home ? (
        <NavLink to={`/o/${home.key}`}>
          <Icon as={objectIcon(home.icon, home.key)} size={20} />
          {label(home.label_plural ?? home.label)}
        </NavLink>
      ) : (
        <span />
      )}
      <button type="button" className={styles.plus} onClick={() => setCreating(true)} aria-label={t("create.button")}>
        <Icon as={Plus} size={24} />
      </button>
      <NavLink to="/messages">
        <Icon as={MessageSquare} size={20} />
        {t("nav.messages")}
        {unread > 0 && <span className={styles.badge}>{unread > 99 ? "99+" : unread}</span>}
      </NavLink>
      <NavLink to="/settings">
        <Icon as={UserRound} size={20} />
        {t("nav.me")}
      </NavLink>
      <CreateSheet open={creating} onClose={() => setCreating(false)} />
    </nav>
  );
}
