import { Tooltip } from "antd";
import {
  Activity,
  BarChart3,
  ChevronDown,
  ChevronRight,
  ClipboardCheck,
  FileChartColumn,
  House,
  LayoutDashboard,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  SearchCheck,
  SlidersHorizontal,
  Waves,
} from "lucide-react";
import { NavLink, useLocation } from "react-router";
import { useObject } from "@/api";
import { usePools } from "@/domains/sales/pool/brief";
import { useTodoCount } from "@/domains/workbench/useTodoCount";
import { useLabel } from "@/i18n";
import { Icon, objectIcon, useFormat } from "@/kit";
import { appMessages } from "../locales";
import styles from "./Shell.module.css";
import { useFoldedGroups } from "./useFoldedGroups";
import { type NavGroup, useNavObjects } from "./useNavObjects";

interface Props {
  collapsed: boolean;
  onToggle: () => void;
}

export function Rail({ collapsed, onToggle }: Props) {
  const t = appMessages.useT();
  const groups = useNavObjects();
  const todo = useTodoCount();
  const pools = usePools();
  const logs = useObject("note") !== undefined;
  // Insight is about customers; the other pages about records of any kind: an auditor has none.
  const insight = useObject("customer") !== undefined;
  const records = groups.length > 0;
  const fold = useFoldedGroups();
  const width = collapsed ? t("nav.expand") : t("nav.collapse");
  return (
    <nav className={styles.rail} aria-label={t("nav.main")}>
      <div className={styles.entries}>
        <ul>
          <RailLink to="/" end icon={House} word={t("nav.workbench")} count={todo} collapsed={collapsed} />
        </ul>
        {groups.map((group) => (
          <RailGroup key={group.key} group={group} narrow={collapsed} fold={fold} />
        ))}
      </div>
      <ul className={styles.foot}>
        {logs && <RailLink to="/reviews" icon={ClipboardCheck} word={t("nav.reviews")} collapsed={collapsed} />}
        {records && (
          <RailLink to="/dashboards" icon={LayoutDashboard} word={t("nav.dashboards")} collapsed={collapsed} />
        )}
        {insight && <RailLink to="/insight" icon={Activity} word={t("nav.insight")} collapsed={collapsed} />}
        {records && <RailLink to="/reports" icon={FileChartColumn} word={t("nav.reports")} collapsed={collapsed} />}
        <RailLink to="/performance" icon={BarChart3} word={t("nav.performance")} collapsed={collapsed} />
        {pools.data && pools.data.length > 0 && (
          <RailLink to="/pools" icon={Waves} word={t("nav.pools")} collapsed={collapsed} />
        )}
        {records && (
          <RailLink to="/tools/duplicates" icon={SearchCheck} word={t("nav.duplicates")} collapsed={collapsed} />
        )}
        <RailLink to="/settings" icon={SlidersHorizontal} word={t("nav.settings")} collapsed={collapsed} />
        <li>
          <Tooltip title={collapsed ? width : undefined} placement="right">
            <button type="button" className={styles.railButton} onClick={onToggle} aria-label={width}>
              <Icon as={collapsed ? PanelLeftOpen : PanelLeftClose} />
              <span className={styles.railWord}>{width}</span>
            </button>
          </Tooltip>
        </li>
      </ul>
    </nav>
  );
}

interface GroupProps {
  group: NavGroup;
  narrow: boolean;
  fold: ReturnType<typeof useFoldedGroups>;
}

/** A group under its heading, which folds it. Where one is stays in sight, and a narrow rail, without headings, shows all. */
function RailGroup({ group, narrow, fold }: GroupProps) {
  const t = appMessages.useT();
  const label = useLabel();
  const here = useLocation().pathname.split("/")[2];
  const folded = !narrow && fold.folded.includes(group.key);
  const shown = folded ? group.objects.filter((object) => object.key === here) : group.objects;
  return (
    <section aria-label={t(`group.${group.key}`)}>
      <h2>
        <button type="button" aria-expanded={!folded} tabIndex={narrow ? -1 : 0} onClick={() => fold.toggle(group.key)}>
          {t(`group.${group.key}`)}
          <Icon as={folded ? ChevronRight : ChevronDown} size={12} />
        </button>
      </h2>
      <ul>
        {shown.map((object) => (
          <RailLink
            key={object.key}
            to={`/o/${object.key}`}
            icon={objectIcon(object.icon, object.key)}
            word={label(object.label_plural ?? object.label)}
            collapsed={narrow}
          />
        ))}
      </ul>
    </section>
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
