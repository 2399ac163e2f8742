import { BookOpen } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { useMe } from "@/api";
import { Icon, lazyPart, PageHeader } from "@/kit";
import { type SectionGroup, settingsSections } from "./sections";
import styles from "./settings.module.css";
import { useSettingsText } from "./useSettingsText";

// Shown wherever in the settings somebody of one of the three duties is: administrators cannot open the page of roles.
const DutiesAsked = lazyPart(async () => (await import("./roles/DutiesAsked")).DutiesAsked);
const GROUPS: SectionGroup[] = ["mine", "firm", "developers"];

export function SettingsLayout() {
  const t = useSettingsText();
  const me = useMe();
  const sections = settingsSections(me);
  const hasDuty = me.role === "admin" || ["roles", "security", "audit"].some((area) => me.areas.includes(area));
  // A heading stands over something: the settings of the firm are open to few.
  const groups = GROUPS.filter(
    (group) => group === "developers" || sections.some((section) => section.group === group),
  );
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a narrow screen the sections are one line that scrolls: the open one comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what moves the mark
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <>
      <PageHeader title={t("title")} />
      <div className={styles.layout}>
        <nav ref={nav} className={styles.nav} aria-label={t("title")}>
          {groups.map((group) => (
            <Fragment key={group}>
              <h2>{t(`groups.${group}`)}</h2>
              {sections
                .filter((section) => section.group === group)
                .map((section) => (
                  <NavLink key={section.key} to={`/settings/${section.key}`}>
                    <Icon as={section.icon} />
                    {t(`sections.${section.key}`)}
                  </NavLink>
                ))}
              {group === "developers" && (
                <a href="/api/v1/docs" target="_blank" rel="noopener">
                  <Icon as={BookOpen} />
                  {t("apiDocs")}
                </a>
              )}
            </Fragment>
          ))}
        </nav>
        <div className={styles.content}>
          {hasDuty && !pathname.endsWith("/roles") && <DutiesAsked />}
          <Outlet />
        </div>
      </div>
    </>
  );
}
