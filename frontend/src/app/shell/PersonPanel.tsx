import { Segmented } from "antd";
import {
  Activity,
  BarChart3,
  BookOpen,
  FileChartColumn,
  History,
  LayoutDashboard,
  LogOut,
  ShieldCheck,
  UserRound,
} from "lucide-react";
import { Link, useNavigate } from "react-router";
import { useMe, useObject } from "@/api";
import { useSignOut } from "@/engine/access/useSignOut";
import { Avatar, Icon } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";
import { useAppearance } from "./useAppearance";

/** Who I am here, how it looks, and the way out. */
export function PersonPanel({ onDone }: { onDone: () => void }) {
  const t = appMessages.useT();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const appearance = useAppearance();
  const insight = useObject("customer") !== undefined;
  const go = (path: string) => {
    onDone();
    void navigate(path);
  };
  return (
    <div className={styles.person} role="dialog" aria-label={t("person.menu", { name: me.user.name })}>
      <div className={styles.personHead}>
        <Avatar id={me.user.id} name={me.user.name} size="lg" />
        <div style={{ minWidth: 0 }}>
          <div className="gx-cut" style={{ fontWeight: 600 }}>
            {me.user.name}
          </div>
          <div className="gx-cut gx-3 gx-s12">
            {t(`role.${me.role}`)} · {me.user.email}
          </div>
        </div>
      </div>
      <hr className={styles.rule} />
      <div className={styles.personRow}>
        <span>{t("person.language")}</span>
        <Segmented
          size="small"
          aria-label={t("person.language")}
          value={appearance.locale}
          onChange={appearance.setLocale}
          options={[
            { value: "zh-CN", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </div>
      <div className={styles.personRow}>
        <span>{t("person.theme")}</span>
        <Segmented
          size="small"
          aria-label={t("person.theme")}
          value={appearance.theme}
          onChange={appearance.setTheme}
          options={(["light", "dark", "system"] as const).map((value) => ({ value, label: t(`person.${value}`) }))}
        />
      </div>
      <hr className={styles.rule} />
      <button type="button" className={styles.personLink} onClick={() => go("/dashboards")}>
        <Icon as={LayoutDashboard} />
        {t("nav.dashboards")}
      </button>
      {insight && (
        <button type="button" className={styles.personLink} onClick={() => go("/insight")}>
          <Icon as={Activity} />
          {t("nav.insight")}
        </button>
      )}
      <button type="button" className={styles.personLink} onClick={() => go("/reports")}>
        <Icon as={FileChartColumn} />
        {t("nav.reports")}
      </button>
      <button type="button" className={styles.personLink} onClick={() => go("/performance")}>
        <Icon as={BarChart3} />
        {t("nav.performance")}
      </button>
      <button type="button" className={styles.personLink} onClick={() => go("/changes")}>
        <Icon as={History} />
        {t("nav.changes")}
      </button>
      <button type="button" className={styles.personLink} onClick={() => go("/settings/profile")}>
        <Icon as={UserRound} />
        {t("person.profile")}
      </button>
      <button type="button" className={styles.personLink} onClick={() => go("/settings/security")}>
        <Icon as={ShieldCheck} />
        {t("person.security")}
      </button>
      <Link className={styles.personLink} to="/api/v1/docs" reloadDocument target="_blank" onClick={onDone}>
        <Icon as={BookOpen} />
        {t("person.apiDocs")}
      </Link>
      <hr className={styles.rule} />
      <button type="button" className={styles.personLink} onClick={() => signOut.mutate()}>
        <Icon as={LogOut} />
        {t("person.signOut")}
      </button>
    </div>
  );
}
