import { Button, Dropdown } from "antd";
import { ChevronDown, Globe, Plus, Users } from "lucide-react";
import { useState } from "react";
import type { ObjectSchema, SavedView } from "@/api/types";
import { useQuiet } from "@/api/useQuiet";
import { useLabel } from "@/i18n";
import { Icon, useFormat } from "@/kit";
import { SaveView } from "../lazy";
import { useT } from "../messages";
import { useCount } from "../table/useRecords";
import type { ListControls } from "../useListState";
import styles from "./saved.module.css";
import { useViewMenu } from "./useViewMenu";
import { canChange, useViewMutations } from "./useViews";

interface Props {
  object: ObjectSchema;
  views: SavedView[];
  list: ListControls;
}

const MOST = 7;

/** Saved views as tabs: pinned ones and the one that is open; the others wait in the menu. */
export function ViewTabs({ object, views, list }: Props) {
  const t = useT();
  const label = useLabel();
  const [saving, setSaving] = useState(false);
  const quiet = useQuiet();
  const pinned = views.filter((view) => view.pinned).slice(0, MOST);
  const current = list.view;
  const tabs = current && !pinned.includes(current) ? [...pinned, current] : pinned;
  const rest = views.filter((view) => !tabs.includes(view));
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="tablist" aria-label={t("view.tabs")}>
        {tabs.length === 0 && (
          <span role="tab" aria-selected="true" tabIndex={0} className={styles.tab}>
            {t("page.all_of", { name: label(object.label_plural) })}
          </span>
        )}
        {tabs.map((view) => (
          <Tab
            key={view.id}
            object={object}
            view={view}
            active={view === current}
            asks={quiet}
            onOpen={() => list.setView(view.id)}
          />
        ))}
      </div>
      {current && <ViewMenu object={object} view={current} list={list} />}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map((view) => ({ key: view.id, label: label(view.name) })),
            onClick: ({ key }) => list.setView(key),
          }}
        >
          <Button type="text" size="small" icon={<Icon as={ChevronDown} size={14} />} iconPlacement="end">
            {t("view.more")}
          </Button>
        </Dropdown>
      )}
      <Button
        type="text"
        size="small"
        icon={<Icon as={Plus} size={14} />}
        aria-label={t("view.new")}
        title={t("view.new")}
        onClick={() => setSaving(true)}
      />
      {list.dirty && <Changed object={object} list={list} onSaveAs={() => setSaving(true)} />}
      <SaveView object={object} list={list} open={saving} onClose={() => setSaving(false)} />
    </div>
  );
}

interface TabProps {
  object: ObjectSchema;
  view: SavedView;
  active: boolean;
  /** Its count is asked for once the list itself is there. */
  asks: boolean;
  onOpen: () => void;
}

function Tab({ object, view, active, asks, onOpen }: TabProps) {
  const label = useLabel();
  const format = useFormat();
  const count = useCount(object.key, view.definition.filter ?? null, asks);
  const scope = view.scope === "everyone" ? Globe : view.scope === "team" ? Users : null;
  return (
    <button type="button" role="tab" aria-selected={active} className={styles.tab} onClick={onOpen}>
      {scope && <Icon as={scope} size={14} />}
      {label(view.name)}
      <span className={styles.count}>{format.count(count.data)}</span>
    </button>
  );
}

function ViewMenu({ object, view, list }: { object: ObjectSchema; view: SavedView; list: ListControls }) {
  const t = useT();
  const label = useLabel();
  const { items, dialog } = useViewMenu(object, view, list);
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button
          type="text"
          size="small"
          icon={<Icon as={ChevronDown} size={14} />}
          aria-label={t("view.menu", { name: label(view.name) })}
        />
      </Dropdown>
      {dialog}
    </>
  );
}

function Changed({ object, list, onSaveAs }: { object: ObjectSchema; list: ListControls; onSaveAs: () => void }) {
  const t = useT();
  const { update } = useViewMutations(object.key);
  const { view } = list;
  const save = () => {
    if (canChange(view)) update.mutate({ view, patch: { definition: list.definition } }, { onSuccess: list.reset });
  };
  return (
    <span className={styles.changed}>
      {canChange(view) && (
        <Button type="link" size="small" onClick={save} loading={update.isPending}>
          {t("view.save")}
        </Button>
      )}
      <Button type="link" size="small" onClick={onSaveAs}>
        {t("view.save_as")}
      </Button>
      <Button type="text" size="small" onClick={list.reset}>
        {t("view.reset")}
      </Button>
    </span>
  );
}
