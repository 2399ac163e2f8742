import { Tooltip } from "antd";
import {
  House,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  SearchCheck,
  SlidersHorizontal,
  Waves,
} from "lucide-react";
import { NavLink } from "react-router";
import { usePools } from "@/domains/sales/pool/brief";
import { useTodoCount } from "@/domains/workbench/useTodoCount";
import { useLabel } from "@/i18n";
import { Icon, objectIcon, useFormat } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";
import { useNavObjects } from "./useNavObjects";

interface Props {
  collapsed: boolean;
  onToggle: () => void;
}

export function Rail({ collapsed, onToggle }: Props) {
  const t = appMessages.useT();
  const label = useLabel();
  const groups = useNavObjects();
  const todo = useTodoCount();
  const pools = usePools();
  const fold = collapsed ? t("nav.expand") : t("nav.collapse");
  return (
    <nav className={styles.rail} aria-label={t("nav.main")}>
      <ul>
        <RailLink to="/" end icon={House} word={t("nav.workbench")} count={todo} collapsed={collapsed} />
      </ul>
      {groups.map((group) => (
        <section key={group.key} aria-label={t(`group.${group.key}`)}>
          <h2>{t(`group.${group.key}`)}</h2>
          <ul>
            {group.objects.map((object) => (
              <RailLink
                key={object.key}
                to={`/o/${object.key}`}
                icon={objectIcon(object.icon, object.key)}
                word={label(object.label_plural ?? object.label)}
                collapsed={collapsed}
              />
            ))}
          </ul>
        </section>
      ))}
      <ul className={styles.foot}>
        {pools.data && pools.data.length > 0 && (
          <RailLink to="/pools" icon={Waves} word={t("nav.pools")} collapsed={collapsed} />
        )}
        <RailLink to="/tools/duplicates" icon={SearchCheck} word={t("nav.duplicates")} collapsed={collapsed} />
        <RailLink to="/settings" icon={SlidersHorizontal} word={t("nav.settings")} collapsed={collapsed} />
        <li>
          <Tooltip title={collapsed ? fold : undefined} placement="right">
            <button type="button" className={styles.railButton} onClick={onToggle} aria-label={fold}>
              <Icon as={collapsed ? PanelLeftOpen : PanelLeftClose} />
              <span className={styles.railWord}>{fold}</span>
            </button>
          </Tooltip>
        </li>
      </ul>
    </nav>
  );
}

interface LinkProps {
  to: string;
  end?: boolean;
  icon: LucideIcon;
  word: string;
  count?: number | null;
  collapsed: boolean;
}

function RailLink({ to, end, icon, word, count, collapsed }: LinkProps) {
  const format = useFormat();
  return (
    <li>
      <Tooltip title={collapsed ? word : undefined} placement="right">
        <NavLink to={to} end={end} aria-label={collapsed ? word : undefined}>
          <Icon as={icon} />
          <span className={[styles.railWord, "gx-cut"].join(" ")}>{word}</span>
          {count ? <b>{format.number(count)}</b> : null}
        </NavLink>
      </Tooltip>
    </li>
  );
}
