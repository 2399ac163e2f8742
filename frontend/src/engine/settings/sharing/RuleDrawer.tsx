import { App, Checkbox, Input, Segmented, Select } from "antd";
import { useState } from "react";
import type { FilterNode } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { bothNames, useLabel } from "@/i18n";
import { useFormat, useProblem } from "@/kit";
import { AsyncPicker, type Choice } from "../../fields/shared/AsyncPicker";
import { people } from "../../fields/shared/pickers";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import { TeamSelect } from "../parts/TeamSelect";
import { useTeams } from "../people-queries";
import { useRoles } from "../roles/queries";
import { EditorDrawer } from "../rules/EditorDrawer";
import { useT } from "./messages";
import { type Kind, type Level, type SharingRule, useOpens, useRuleChanges } from "./queries";
import styles from "./sharing.module.css";
import { useReceiver } from "./useReceiver";

const KINDS: Kind[] = ["team", "role", "user"];

/** Which records, with whom, how far; what it opens is counted while one chooses. */
export function RuleDrawer({ rule, onClose }: { rule: SharingRule | null; onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const { objects, byKey } = useSchema();
  const { save } = useRuleChanges();
  const [name, setName] = useState(rule?.name ?? { "zh-CN": "", en: "" });
  const [objectKey, setObject] = useState(rule?.object ?? objects[0]?.key ?? "");
  const [filter, setFilter] = useState<FilterNode | null>(rule?.filter ?? null);
  const [kind, setKind] = useState<Kind>(rule?.to_kind ?? "team");
  const [to, setTo] = useState(rule?.to ?? "");
  const [below, setBelow] = useState(rule?.with_below ?? true);
  const [level, setLevel] = useState<Level>(rule?.level ?? "read");
  const object = byKey.get(objectKey);
  const names = bothNames(name);
  const submit = () =>
    save.mutate(
      {
        rule,
        body: {
          name: names,
          object: objectKey,
          filter,
          to_kind: kind,
          to,
          with_below: below,
          level,
        },
      },
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
      title={t(rule ? "edit" : "new")}
      busy={save.isPending}
      ready={names.en !== "" && to !== "" && object !== undefined}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      <div className={styles.two}>
        <div className={styles.label}>
          {t("name_zh")}
          <Input
            aria-label={t("name_zh")}
            value={name["zh-CN"]}
            maxLength={60}
            autoFocus={rule === null}
            onChange={(event) => setName({ ...name, "zh-CN": event.target.value })}
          />
          <span className="gx-3 gx-s12">{t("name_hint")}</span>
        </div>
        <div className={styles.label}>
          {t("name_en")}
          <Input
            aria-label={t("name_en")}
            value={name.en}
            maxLength={60}
            onChange={(event) => setName({ ...name, en: event.target.value })}
          />
        </div>
      </div>
      <section>
        <h3>{t("which")}</h3>
        <Select
          className={styles.object}
          aria-label={t("object")}
          value={objectKey}
          options={objects
            .filter((each) => !each.line_of && each.fields.some((field) => field.key === "owner"))
            .map((each) => ({ value: each.key, label: label(each.label_plural) }))}
          onChange={(next) => {
            setObject(next);
            setFilter(null);
          }}
        />
        {object && <FilterBuilder key={objectKey} object={object} filter={filter} onChange={setFilter} />}
      </section>
      <section>
        <h3>{t("to")}</h3>
        <div className={styles.to}>
          <Segmented<Kind>
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(next) => {
              setKind(next);
              setTo("");
            }}
          />
          <Receiver kind={kind} to={to} onChange={setTo} />
        </div>
        {kind === "team" && (
          <Checkbox checked={below} onChange={(event) => setBelow(event.target.checked)}>
            {t("with_below")}
          </Checkbox>
        )}
      </section>
      <section>
        <h3>{t("level")}</h3>
        <Segmented<Level>
          value={level}
          options={(["read", "edit"] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
          onChange={setLevel}
        />
      </section>
      <OpensLine rule={{ object: objectKey, filter, to_kind: kind, to }} />
    </EditorDrawer>
  );
}

function Receiver({ kind, to, onChange }: { kind: Kind; to: string; onChange: (to: string) => void }) {
  const t = useT();
  const label = useLabel();
  const teams = useTeams();
  const roles = useRoles();
  const name = useReceiver(kind, to);
  const hint = t(`choose.${kind}`);
  if (kind === "team")
    return (
      <TeamSelect
        className={styles.receiver}
        aria-label={hint}
        placeholder={hint}
        teams={teams.data ?? []}
        value={to || undefined}
        onChange={(next) => onChange(next ?? "")}
      />
    );
  if (kind === "role")
    return (
      <Select
        className={styles.receiver}
        aria-label={hint}
        placeholder={hint}
        value={to || undefined}
        options={roles.data?.map((role) => ({ value: role.key, label: label(role.name) }))}
        onChange={onChange}
        showSearch={{ optionFilterProp: "label" }}
      />
    );
  const chosen: Choice | null = to ? { id: to, title: name ?? "…" } : null;
  return (
    <div className={styles.receiver}>
      <AsyncPicker label={hint} value={chosen} source={people} onChange={(next) => onChange(next?.id ?? "")} />
    </div>
  );
}

function OpensLine({ rule }: { rule: { object: string; filter: FilterNode | null; to_kind: Kind; to: string } }) {
  const t = useT();
  const format = useFormat();
  const { data } = useOpens(rule);
  const name = useReceiver(rule.to_kind, rule.to);
  if (!data || rule.to === "") return null;
  if (data.matching === null) return <p className={styles.opens}>{t("opens_hidden")}</p>;
  const n = format.number(data.exact ? data.matching : data.cap);
  return (
    <p className={styles.opens} aria-live="polite">
      {t(data.exact ? "opens" : "opens_more", { n })}
      {!data.whole && t("opens_seen")}
      {data.fresh !== null && name && t(data.fresh ? "fresh" : "fresh_none", { n: format.number(data.fresh), name })}
    </p>
  );
}
