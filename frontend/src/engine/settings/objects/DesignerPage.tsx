/**
 * The page of one object: its fields and sections, and whatever else a folder has put into `tabs.ts`. It stands on its
 * own, without the settings' menu: it needs the width.
 */
import { Skeleton } from "antd";
import { ChevronLeft } from "lucide-react";
import { Link, useParams, useSearchParams } from "react-router";
import { useMe } from "@/api";
import { useLabel } from "@/i18n";
import { Empty, Icon, objectIcon, problemText, useFormat, usePageTitle } from "@/kit";
import { useDesign } from "./design";
import { useT } from "./locales";
import styles from "./objects.module.css";
import { TaskBanner } from "./TaskBanner";
import { OBJECT_TABS } from "./tabs";

export function DesignerPage() {
  const t = useT();
  const format = useFormat();
  const label = useLabel();
  const { object = "" } = useParams();
  const may = useMe().can.settings;
  const [search, setSearch] = useSearchParams();
  const { data: design, error } = useDesign(object);
  usePageTitle(design ? label(design.label) : t("title"));
  if (error && !design)
    return <Empty title={problemText(error)} actions={<Link to="/settings/objects">{t("back")}</Link>} />;
  if (!design || !may) return <Skeleton active className={styles.waiting} />;
  const tabs = OBJECT_TABS.filter((tab) => !tab.holds || tab.holds(design));
  const current = tabs.find((tab) => tab.key === search.get("tab")) ?? tabs[0];
  if (!current) return null;
  const open = (key: string) => setSearch(key === tabs[0]?.key ? {} : { tab: key }, { replace: true });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/settings/objects" className={styles.backLink} aria-label={t("back")}>
          <Icon as={ChevronLeft} />
        </Link>
        <span className={styles.badge}>
          <Icon as={objectIcon(design.icon, design.key)} />
        </span>
        <h1 className="gx-cut">{label(design.label)}</h1>
        <code>{design.key}</code>
        {design.records !== null && (
          <span className={styles.headFact}>
            {t("records", { count: design.records, n: format.number(design.records) })}
          </span>
        )}
      </header>
      <div className={styles.tabs} role="tablist" aria-label={label(design.label)}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            aria-selected={tab === current}
            aria-controls="designer-tab"
            onClick={() => open(tab.key)}
          >
            {label(tab.label)}
            {tab.count && <span className="gx-3">{tab.count(design)}</span>}
          </button>
        ))}
      </div>
      <TaskBanner design={design} />
      <div id="designer-tab" role="tabpanel" className={current.bare ? styles.bare : styles.tabBody}>
        <current.Tab design={design} />
      </div>
    </div>
  );
}
