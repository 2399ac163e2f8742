/**
 * One role: what it lets people do with which records, which fields it shows, which actions and settings it opens.
 * It stands on its own, without the settings' menu: the matrix needs the width.
 */
import { Alert, App, Button, Popover, Skeleton } from "antd";
import { ChevronLeft } from "lucide-react";
import { Link, useParams, useSearchParams } from "react-router";
import { useMe } from "@/api";
import { useLabel } from "@/i18n";
import { Chip, Empty, Icon, problemText, useFormat, usePageTitle, useProblem } from "@/kit";
import { ChangeList } from "./ChangeList";
import { FieldRights } from "./FieldRights";
import { useT } from "./messages";
import { flatten } from "./model";
import { type Matrix, type RoleInfo, useMatrix, useRole } from "./queries";
import { RestRights } from "./RestRights";
import { RoleMenu } from "./RoleMenu";
import styles from "./roles.module.css";
import { useRoleDraft } from "./useRoleDraft";
import { VerbMatrix } from "./VerbMatrix";

export function RolePage() {
  const t = useT();
  const label = useLabel();
  const { key = "" } = useParams();
  const role = useRole(key);
  const matrix = useMatrix({ role: key });
  usePageTitle(role.data ? label(role.data.name) : t("page"));
  const error = role.error ?? matrix.error;
  if (error && !(role.data && matrix.data))
    return <Empty page title={problemText(error)} actions={<Link to="/settings/roles">{t("back")}</Link>} />;
  if (!role.data || !matrix.data) return <Skeleton active className={styles.waiting} paragraph={{ rows: 12 }} />;
  return <Editor key={key} role={role.data} matrix={matrix.data} />;
}

const TABS = ["records", "fields", "rest"] as const;

function Editor({ role, matrix }: { role: RoleInfo; matrix: Matrix }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const say = useProblem();
  const { message } = App.useApp();
  const may = useMe().areas.includes("roles");
  const [search, setSearch] = useSearchParams();
  const draft = useRoleDraft(role);
  const tab = TABS.find((each) => each === search.get("tab")) ?? "records";
  const readOnly = role.fixed || !may;
  const save = () => draft.save(() => void message.success(t("saved")), say);
  const dirty = draft.paths.length > 0;
  const parts = { flat: draft.flat, saved: draft.saved, readOnly, onChange: draft.change };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to="/settings/roles" className={styles.backLink} aria-label={t("back")} title={t("back")}>
          <Icon as={ChevronLeft} />
        </Link>
        <div className={styles.titles}>
          <h1>
            <span className="gx-cut">{label(role.name)}</span>
            {role.fixed && <Chip>{t("fixed")}</Chip>}
            {role.adjusted && <Chip tone="info">{t("adjusted")}</Chip>}
          </h1>
          <p className="gx-cut">{label(role.note)}</p>
        </div>
        <div className={styles.headTools}>
          {dirty && (
            <Popover
              trigger="click"
              placement="bottomRight"
              title={t("changes_title")}
              content={
                <div className={styles.review}>
                  <ChangeList before={draft.saved} after={draft.flat} matrix={matrix} />
                  <p className={styles.note}>
                    {role.people ? t("takes_effect", { n: format.number(role.people) }) : t("nobody")}
                  </p>
                </div>
              }
            >
              <Button type="text">{t("changes", { n: format.number(draft.paths.length) })}</Button>
            </Popover>
          )}
          {dirty && <Button onClick={draft.discard}>{t("discard")}</Button>}
          {!readOnly && (
            <Button type="primary" disabled={!dirty || draft.stale !== null} loading={draft.saving} onClick={save}>
              {t("save")}
            </Button>
          )}
          {may && <RoleMenu role={role} />}
        </div>
      </header>
      <div className={styles.tabs} role="tablist" aria-label={label(role.name)}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === tab}
            aria-controls="role-tab"
            onClick={() => setSearch(each === "records" ? {} : { tab: each }, { replace: true })}
          >
            {t(`tabs.${each}`)}
          </button>
        ))}
      </div>
      <div id="role-tab" role="tabpanel" className={styles.body}>
        {role.fixed && <Alert className={styles.alert} type="info" showIcon title={t("fixed_body")} />}
        {!role.fixed && !may && <Alert className={styles.alert} type="info" showIcon title={t("looking")} />}
        {draft.stale && (
          <Alert
            className={styles.alert}
            type="warning"
            showIcon
            title={t("stale_body")}
            description={
              <>
                <ChangeList before={draft.saved} after={flatten(draft.stale.latest.rights)} matrix={matrix} />
                {draft.stale.clashes.length > 0 && (
                  <p>{t("stale_clash", { n: format.number(draft.stale.clashes.length) })}</p>
                )}
                <div className={styles.alertTools}>
                  <Button size="small" onClick={draft.keepMine}>
                    {t("stale_keep")}
                  </Button>
                  <Button size="small" type="text" onClick={draft.takeTheirs}>
                    {t("stale_drop")}
                  </Button>
                </div>
              </>
            }
          />
        )}
        {tab === "records" && <VerbMatrix {...parts} objects={matrix.objects} />}
        {tab === "fields" && <FieldRights {...parts} objects={matrix.objects} />}
        {tab === "rest" && <RestRights flat={draft.flat} readOnly={readOnly} onChange={draft.change} matrix={matrix} />}
      </div>
    </div>
  );
}
