import { Button, DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { Network, X } from "lucide-react";
import { useState } from "react";
import type { Id } from "@/api";
import { Avatar, Icon, useProblem } from "@/kit";
import { AsyncPicker, type Choice } from "../../fields/shared/AsyncPicker";
import { people, teams } from "../../fields/shared/pickers";
import styles from "./access.module.css";
import { useT } from "./messages";
import { type Collaborator, type Level, PARTS, type Part, useCollaborators, useSetCollaborators } from "./queries";

/** Who works on a record besides its owner: each with how far and until when. Every change is kept at once. */
export function Collaborators({ object, id, may }: { object: string; id: Id; may: boolean }) {
  const t = useT();
  const say = useProblem();
  const { data: rows = [] } = useCollaborators(object, id);
  const set = useSetCollaborators(object, id);
  const shared = Math.round(rows.reduce((sum, row) => sum + Number(row.share ?? 0), 0) * 100) / 100;
  const save = (next: Collaborator[]) => set.mutate(next, { onError: (error) => say(error) });
  const change = (index: number, patch: Partial<Collaborator>) =>
    save(rows.map((row, i) => (i === index ? { ...row, ...patch } : row)));
  const add = (key: "user" | "team") => (choice: Choice | null) => {
    if (!choice || rows.some((row) => row[key]?.id === choice.id)) return;
    const who = { id: choice.id, name: choice.title };
    save([...rows, { user: null, team: null, level: "read", until: null, role: null, share: null, [key]: who }]);
  };
  return (
    <section className={styles.part}>
      <h3>{t("people")}</h3>
      <p className="gx-2 gx-s13">{t("people_body")}</p>
      {rows.length === 0 && <p className="gx-3 gx-s13">{t("none")}</p>}
      {rows.length > 0 && (
        <ul className={styles.people}>
          {rows.map((row, index) => (
            <Person
              key={row.user?.id ?? row.team?.id}
              row={row}
              may={may}
              onChange={(patch) => change(index, patch)}
              onRemove={() => save(rows.filter((_, i) => i !== index))}
            />
          ))}
        </ul>
      )}
      {shared > 0 && <p className="gx-3 gx-s12">{t("rest", { n: Math.round((100 - shared) * 100) / 100 })}</p>}
      {may ? (
        <div className={styles.add}>
          <div className={styles.label}>
            {t("add_person")}
            <AsyncPicker
              key={rows.length}
              label={t("add_person")}
              value={null}
              source={people}
              onChange={add("user")}
            />
          </div>
          <div className={styles.label}>
            {t("add_team")}
            <AsyncPicker key={rows.length} label={t("add_team")} value={null} source={teams} onChange={add("team")} />
          </div>
        </div>
      ) : (
        <p className="gx-3 gx-s12">{t("not_yours")}</p>
      )}
    </section>
  );
}

interface PersonProps {
  row: Collaborator;
  may: boolean;
  onChange: (patch: Partial<Collaborator>) => void;
  onRemove: () => void;
}

function Person({ row, may, onChange, onRemove }: PersonProps) {
  const t = useT();
  const name = row.user?.name ?? row.team?.name ?? "";
  const last = row.until ? dayjs(row.until) : null;
  return (
    <li>
      <span className={styles.who}>
        {row.user ? <Avatar id={row.user.id} name={name} /> : <Icon as={Network} size={16} className="gx-3" />}
        <span className="gx-cut">{name}</span>
      </span>
      {may ? (
        <>
          <Select<Level>
            size="small"
            variant="filled"
            aria-label={`${t("level")}: ${name}`}
            value={row.level}
            options={(["read", "edit"] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
            onChange={(level) => onChange({ level })}
          />
          <DatePicker
            size="small"
            className={styles.until}
            aria-label={`${t("until")}: ${name}`}
            placeholder={t("until_none")}
            value={last}
            minDate={dayjs()}
            needConfirm={false}
            onChange={(day) => onChange({ until: day ? day.endOf("day").toISOString() : null })}
          />
          <Select<Part>
            size="small"
            variant="filled"
            allowClear
            aria-label={`${t("role")}: ${name}`}
            placeholder={t("role_none")}
            value={row.role}
            options={PARTS.map((value) => ({ value, label: t(`roles.${value}`) }))}
            onChange={(role) => onChange({ role: role ?? null })}
          />
          <Share key={String(row.share)} row={row} name={name} onChange={onChange} />
          <Button
            type="text"
            size="small"
            icon={<Icon as={X} size={14} />}
            aria-label={t("remove", { name })}
            onClick={onRemove}
          />
        </>
      ) : (
        <span className="gx-3 gx-s12">
          {t(`levels.${row.level}`)}
          {row.role && ` · ${t(`roles.${row.role}`)}`}
          {row.share != null && ` · ${Number(row.share)}%`}
          {last && ` · ${t("until_shown", { day: last.format("YYYY-MM-DD") })}`}
        </span>
      )}
    </li>
  );
}

/** Kept when one leaves the field: every change of the list is a request. A refused one shows what stands. */
function Share({ row, name, onChange }: Omit<PersonProps, "may" | "onRemove"> & { name: string }) {
  const t = useT();
  const [value, setValue] = useState<string | null>(row.share == null ? null : String(row.share));
  const keep = () => {
    if (Number(value ?? -1) !== Number(row.share ?? -1)) onChange({ share: value });
  };
  return (
    <InputNumber<string>
      size="small"
      stringMode
      controls={false}
      className={styles.share}
      min="0"
      max="100"
      precision={2}
      aria-label={`${t("share")}: ${name}`}
      placeholder={t("share_none")}
      value={value}
      onChange={setValue}
      onBlur={keep}
      onPressEnter={keep}
    />
  );
}
