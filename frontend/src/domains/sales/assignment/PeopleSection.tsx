import { App, Button, Cascader, DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useSchema } from "@/api/useSchema";
import { type RegionNode, useRegions } from "@/engine/fields/address/useRegions";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people } from "@/engine/fields/shared/pickers";
import { Section } from "@/engine/settings/parts/Section";
import { EditorDrawer } from "@/engine/settings/rules/EditorDrawer";
import settings from "@/engine/settings/settings.module.css";
import { useLabel } from "@/i18n";
import { Avatar, Chip, Icon, useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Person, PersonLimits, Setup } from "./model";
import { useSetupChanges } from "./queries";

const NOTHING: PersonLimits = {
  max_open: null,
  per_day: null,
  regions: [],
  skills: [],
  away_from: null,
  away_until: null,
};

/** What each person takes. */
export function PeopleSection({ setup }: { setup: Setup }) {
  const t = useT();
  const skills = useSkills(setup);
  const [edited, setEdited] = useState<Person | "new" | null>(null);
  return (
    <Section
      wide
      title={t("people")}
      body={t("people_body")}
      action={
        <Button icon={<Icon as={Plus} />} onClick={() => setEdited("new")}>
          {t("person_new")}
        </Button>
      }
    >
      {setup.people.length === 0 && <p className="gx-3 gx-s13">{t("people_none")}</p>}
      {setup.people.length > 0 && (
        <ul className={settings.list}>
          {setup.people.map((person) => (
            <Row key={person.user.id} person={person} skills={skills} onEdit={() => setEdited(person)} />
          ))}
        </ul>
      )}
      {edited && (
        <PersonDrawer skills={skills} person={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Section>
  );
}

/** What can be a skill: the choices of the fields that rules look at, by value. */
function useSkills(setup: Setup): ReadonlyMap<string, string> {
  const label = useLabel();
  const asked = new Set(setup.rules.map((rule) => rule.skill_field));
  const fields =
    useSchema()
      .byKey.get("lead")
      ?.fields.filter((field) => asked.has(field.key)) ?? [];
  return new Map(fields.flatMap((field) => field.options ?? []).map((option) => [option.value, label(option.label)]));
}

interface RowProps {
  person: Person;
  skills: ReadonlyMap<string, string>;
  onEdit: () => void;
}

function Row({ person, skills, onEdit }: RowProps) {
  const t = useT();
  const label = useLabel();
  const regions = useRegions();
  const names = regions ? person.regions.map((code) => label(nodesTo(regions, code).at(-1)?.name, code)) : [];
  const now = dayjs();
  const away =
    (person.away_from || person.away_until) &&
    !(person.away_from && now.isBefore(person.away_from)) &&
    !(person.away_until && now.isAfter(person.away_until));
  const has = person.open ?? "–";
  const open = person.max_open === null ? t("open_n", { n: has }) : t("open_of", { n: has, max: person.max_open });
  const can = person.skills.map((skill) => skills.get(skill) ?? skill);
  const facts = [open, person.per_day === null ? "" : t("day_of", { n: person.per_day }), ...names, ...can];
  return (
    <li>
      <Avatar id={person.user.id} name={person.user.name} />
      <div className={styles.body}>
        <div className={styles.title}>
          <button type="button" className="gx-link gx-cut" onClick={onEdit}>
            {person.user.name}
          </button>
          {away && (
            <Chip tone="warn">
              {person.away_until ? t("away_until", { day: dayjs(person.away_until).format("MM-DD") }) : t("away")}
            </Chip>
          )}
        </div>
        <div className="gx-2 gx-s12 gx-cut">{facts.filter(Boolean).join(" · ")}</div>
      </div>
    </li>
  );
}

interface Entry {
  value: string;
  label: string;
  children?: Entry[];
}

interface DrawerProps {
  person: Person | null;
  skills: ReadonlyMap<string, string>;
  onClose: () => void;
}

function PersonDrawer({ person, skills, onClose }: DrawerProps) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const { person: save } = useSetupChanges();
  const regions = useRegions() ?? [];
  const [user, setUser] = useState<Choice | null>(person && { id: person.user.id, title: person.user.name });
  const [body, setBody] = useState<PersonLimits>(() => (person ? limitsOf(person) : NOTHING));
  const set = (patch: Partial<PersonLimits>) => setBody({ ...body, ...patch });
  const entry = (node: RegionNode): Entry => ({
    value: node.code,
    label: label(node.name),
    children: node.children?.length ? node.children.map(entry) : undefined,
  });
  const submit = () =>
    user &&
    save.mutate(
      { id: user.id, body },
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
      title={person ? t("person_edit", { name: person.user.name }) : t("person_new")}
      busy={save.isPending}
      ready={user !== null}
      failing={0}
      onClose={onClose}
      onSave={submit}
    >
      {!person && (
        <div className={styles.label}>
          {t("person")}
          <AsyncPicker label={t("person")} value={user} source={people} onChange={setUser} />
        </div>
      )}
      <div className={styles.two}>
        {(["max_open", "per_day"] as const).map((key) => (
          <div key={key} className={styles.label}>
            {t(key)}
            <InputNumber
              aria-label={t(key)}
              min={0}
              max={100000}
              precision={0}
              style={{ width: "100%" }}
              placeholder={t("no_limit")}
              value={body[key]}
              onChange={(value) => set({ [key]: value })}
            />
          </div>
        ))}
      </div>
      <div className={styles.label}>
        {t("regions")}
        <Cascader
          multiple
          changeOnSelect
          showSearch
          style={{ width: "100%" }}
          aria-label={t("regions")}
          showCheckedStrategy={Cascader.SHOW_PARENT}
          options={regions.map(entry)}
          value={body.regions.map((code) => nodesTo(regions, code).map((node) => node.code))}
          onChange={(paths) => set({ regions: paths.map((path) => String(path.at(-1))) })}
        />
      </div>
      <div className={styles.label}>
        {t("skills")}
        <Select
          mode="tags"
          aria-label={t("skills")}
          placeholder={t("skills_hint")}
          options={[...skills].map(([value, name]) => ({ value, label: name }))}
          value={body.skills}
          onChange={(chosen) => set({ skills: chosen })}
        />
      </div>
      <div className={styles.label}>
        {t("away")}
        <DatePicker.RangePicker
          aria-label={t("away")}
          allowEmpty
          needConfirm={false}
          value={[body.away_from ? dayjs(body.away_from) : null, body.away_until ? dayjs(body.away_until) : null]}
          onChange={(days) =>
            set({
              away_from: days?.[0]?.startOf("day").toISOString() ?? null,
              away_until: days?.[1]?.endOf("day").toISOString() ?? null,
            })
          }
        />
      </div>
    </EditorDrawer>
  );
}

function limitsOf({ user, open, ...limits }: Person): PersonLimits {
  const { max_open, per_day, regions, skills, away_from, away_until } = limits;
  return { max_open, per_day, regions, skills, away_from, away_until };
}

/** The regions from the province down to the one of a code; empty where it is not known. */
function nodesTo(nodes: readonly RegionNode[], code: string): RegionNode[] {
  for (const node of nodes) {
    if (node.code === code) return [node];
    const below = nodesTo(node.children ?? [], code);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}
