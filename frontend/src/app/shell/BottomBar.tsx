import { Drawer } from "antd";
import { House, MessageSquare, Plus, UserRound } from "lucide-react";
import { useState } from "react";
import { NavLink } from "react-router";
import { useObject } from "@/api";
import { useUnreadCount } from "@/engine/notifications/queries";
import { useLabel } from "@/i18n";
import { Icon, objectIcon } from "@/kit";
import { appMessages } from "../locales";
import { useQuickCreate } from "./QuickCreate";
import styles from "./Shell.module.css";
import { useNavObjects } from "./useNavObjects";

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

function CreateSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = appMessages.useT();
  const label = useLabel();
  const { objects, create } = useQuickCreate();
  return (
    <Drawer open={open} onClose={onClose} placement="bottom" size="auto" title={t("create.title")}>
      <div className={styles.createSheet}>
        {objects.length === 0 && <p className="gx-3">{t("create.none")}</p>}
        {objects.map((object) => (
          <button
            key={object.key}
            type="button"
            onClick={() => {
              onClose();
              create(object.key);
            }}
          >
            <Icon as={objectIcon(object.icon, object.key)} size={20} />
            {label(object.label)}
          </button>
        ))}
      </div>
    </Drawer>
  );
}
