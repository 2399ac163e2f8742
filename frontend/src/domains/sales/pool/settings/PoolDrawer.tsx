import { App, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { FilterNode, ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import { FilterBuilder } from "@/engine/views/filter/FilterBuilder";
import { bothNames, useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { type Limits, type PoolBody, type PoolSetup, usePoolChanges } from "../queries";
import { MembersEdit } from "./MembersEdit";
import { useT } from "./messages";
import styles from "./pools.module.css";
import { RulesEdit } from "./RulesEdit";

const BLANK: PoolBody = {
  object: "customer",
  name: { "zh-CN": "", en: "" },
  filter: null,
  exempt: null,
  spare_open_deals: true,
  members: [{ kind: "everyone", id: null, manages: false }],
  limits: { daily: null, held: null, team_daily: null, team_held: null, cooldown_days: 0, protection_days: 0 },
  hidden_fields: [],
  claimable: true,
  rules: [],
};
const LIMITS = ["daily", "held", "team_daily", "team_held", "cooldown_days", "protection_days"] as const;
const IN_DAYS: readonly string[] = ["cooldown_days", "protection_days"];

function bodyOf(pool: PoolSetup | null): PoolBody {
  if (pool === null) return BLANK;
  const { key: _key, version: _version, broken: _broken, ...body } = pool;
  return body;
}

/** A pool as a whole: what it is for, who is in it, what it allows, what falls into it. */
export function PoolDrawer({ pool, onClose }: { pool: PoolSetup | null; onClose: () => void }) {
  const t = useT();
  const say = useProblem();
  const { message } = App.useApp();
  const { byKey } = useSchema();
  const { save } = usePoolChanges();
  const [draft, setDraft] = useState<PoolBody>(() => bodyOf(pool));
  const set = (part: Partial<PoolBody>) => setDraft((now) => ({ ...now, ...part }));
  const object = byKey.get(draft.object);
  const name = bothNames(draft.name);
  const submit = () =>
    save.mutate(
      { pool, body: { ...draft, name } },
      {
        onSuccess: () => {
          void message.success(t("saved"));
          onClose();
        },
        onError: (error) => say(error),
      },
    );
  return (
    <EditorDrawer
      open
      title={t(pool ? "edit" : "new")}
      busy={save.isPending}
      ready={name.en !== "" && object !== undefined}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <Named draft={draft} fresh={pool === null} set={set} />
      {object && (
        <>
          <section>
            <h3>{t("which")}</h3>
            <p className="gx-3 gx-s12">{t("which_hint")}</p>
            <Tree object={object} tree={draft.filter} onChange={(filter) => set({ filter })} />
          </section>
          <section>
            <h3>{t("members")}</h3>
            <p className="gx-3 gx-s12">{t("members_hint")}</p>
            <MembersEdit members={draft.members} onChange={(members) => set({ members })} />
            <Checkbox checked={draft.claimable} onChange={(event) => set({ claimable: event.target.checked })}>
              {t("claimable")}
            </Checkbox>
          </section>
          <LimitsEdit limits={draft.limits} onChange={(limits) => set({ limits })} />
          <Hidden object={object} chosen={draft.hidden_fields} onChange={(hidden_fields) => set({ hidden_fields })} />
          <section>
            <h3>{t("rules")}</h3>
            <RulesEdit object={object} pool={pool} rules={draft.rules} onChange={(rules) => set({ rules })} />
            <Checkbox
              checked={draft.spare_open_deals}
              onChange={(event) => set({ spare_open_deals: event.target.checked })}
            >
              {t("spare")}
            </Checkbox>
            <h4>{t("exempt")}</h4>
            <Tree object={object} tree={draft.exempt} onChange={(exempt) => set({ exempt })} />
          </section>
        </>
      )}
    </EditorDrawer>
  );
}

interface NamedProps {
  draft: PoolBody;
  fresh: boolean;
  set: (part: Partial<PoolBody>) => void;
}

function Named({ draft, fresh, set }: NamedProps) {
  const t = useT();
  const label = useLabel();
  const { objects } = useSchema();
  const pooled = objects.filter((each) => each.fields.some((field) => field.key === "pool" && !field.custom));
  return (
    <div className={styles.two}>
      {(["zh-CN", "en"] as const).map((locale) => (
        <div className={styles.label} key={locale}>
          {t(locale === "en" ? "name_en" : "name_zh")}
          <Input
            aria-label={t(locale === "en" ? "name_en" : "name_zh")}
            value={draft.name[locale]}
            maxLength={60}
            onChange={(event) => set({ name: { ...draft.name, [locale]: event.target.value } })}
          />
        </div>
      ))}
      {fresh && (
        <div className={styles.label}>
          {t("object")}
          <Select
            aria-label={t("object")}
            value={draft.object}
            options={pooled.map((each) => ({ value: each.key, label: label(each.label_plural) }))}
            onChange={(object) => set({ object, filter: null, exempt: null, rules: [], hidden_fields: [] })}
          />
        </div>
      )}
    </div>
  );
}

interface TreeProps {
  object: ObjectSchema;
  tree: FilterNode | null;
  onChange: (tree: FilterNode | null) => void;
}

const Tree = ({ object, tree, onChange }: TreeProps) => (
  <FilterBuilder key={object.key} object={object} filter={tree} onChange={onChange} />
);

function LimitsEdit({ limits, onChange }: { limits: Limits; onChange: (limits: Limits) => void }) {
  const t = useT();
  return (
    <section>
      <h3>{t("limits")}</h3>
      <div className={styles.two}>
        {LIMITS.map((key) => (
          <div className={styles.label} key={key}>
            {t(`limit.${key}`)}
            <InputNumber
              aria-label={t(`limit.${key}`)}
              min={0}
              max={IN_DAYS.includes(key) ? 3650 : 1_000_000}
              precision={0}
              placeholder={IN_DAYS.includes(key) ? "0" : t("unlimited")}
              value={limits[key]}
              onChange={(value) => onChange({ ...limits, [key]: value ?? (IN_DAYS.includes(key) ? 0 : null) })}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

interface HiddenProps {
  object: ObjectSchema;
  chosen: string[];
  onChange: (keys: string[]) => void;
}

function Hidden({ object, chosen, onChange }: HiddenProps) {
  const t = useT();
  const label = useLabel();
  const fields = object.fields.filter((field) => field.key !== object.title_field && !field.system);
  return (
    <section>
      <h3>{t("hidden")}</h3>
      <Select
        mode="multiple"
        className={styles.wide}
        aria-label={t("hidden")}
        value={chosen}
        options={fields.map((field) => ({ value: field.key, label: label(field.label) }))}
        showSearch={{ optionFilterProp: "label" }}
        onChange={onChange}
      />
      <p className="gx-3 gx-s12">{t("hidden_hint")}</p>
    </section>
  );
}
