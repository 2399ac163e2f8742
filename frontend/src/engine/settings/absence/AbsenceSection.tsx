import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { api, type Id, type Ref, useMe } from "@/api";
import { Avatar, Chip, useProblem } from "@/kit";
import { AsyncPicker, type Choice } from "../../fields/shared/AsyncPicker";
import { people } from "../../fields/shared/pickers";
import { Section } from "../parts/Section";
import settings from "../settings.module.css";
import styles from "./absence.module.css";
import { useT } from "./messages";

type Level = "read" | "edit";
interface Delegation {
  id: Id;
  from: Ref;
  to: Ref;
  level: Level;
  starts_at: string;
  until: string;
}
const KEY = ["delegations"] as const;

/** Who stands in for me, and for whom I do; who manages roles sees and arranges it for everybody. */
export function AbsenceSection() {
  const t = useT();
  const say = useProblem();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const me = useMe();
  const all = me.areas.includes("roles");
  const { data: rows = [] } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await api.get<{ data: Delegation[] }>("/delegations", { signal })).data,
  });
  const end = (id: Id) =>
    modal.confirm({
      title: t("end_ask"),
      okText: t("end"),
      onOk: () =>
        api.delete(`/delegations/${id}`).then(
          () => client.invalidateQueries({ queryKey: KEY }),
          (error) => say(error),
        ),
    });
  const words = ({ from, to }: Delegation) => {
    if (from.id === me.user.id) return t("for_me", { to: to.name });
    if (to.id === me.user.id) return t("by_me", { from: from.name });
    return t("other", { from: from.name, to: to.name });
  };
  const day = (value: string) => dayjs(value).format("YYYY-MM-DD");
  return (
    <Section title={t("title")} body={t(all ? "body_all" : "body")}>
      {rows.length === 0 && <p className={`gx-3 gx-s13 ${styles.none}`}>{t("none")}</p>}
      {rows.length > 0 && (
        <ul className={`${settings.list} ${styles.rows}`}>
          {rows.map((row) => (
            <li key={row.id}>
              <Avatar id={row.to.id} name={row.to.name} />
              <div className={settings.grow} style={{ flex: 1, minWidth: 0 }}>
                <div>
                  {words(row)} <Chip tone={row.level === "edit" ? "ok" : "mute"}>{t(`levels.${row.level}`)}</Chip>
                  {dayjs(row.starts_at).isAfter(dayjs()) && <Chip>{t("later")}</Chip>}
                </div>
                <span className="gx-3 gx-s12">{t("span", { from: day(row.starts_at), to: day(row.until) })}</span>
              </div>
              <Button size="small" onClick={() => end(row.id)}>
                {t("end")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Arrange others={all} me={{ id: me.user.id, title: me.user.name }} />
    </Section>
  );
}

function Arrange({ others, me }: { others: boolean; me: Choice }) {
  const t = useT();
  const say = useProblem();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [from, setFrom] = useState<Choice | null>(me);
  const [to, setTo] = useState<Choice | null>(null);
  const [level, setLevel] = useState<Level>("read");
  const [span, setSpan] = useState<[Dayjs, Dayjs] | null>(null);
  const save = useMutation({
    mutationFn: () =>
      api.post("/delegations", {
        ...(from && from.id !== me.id ? { from: from.id } : {}),
        to: to?.id,
        level,
        starts_at: span?.[0].isSame(dayjs(), "day") ? undefined : span?.[0].startOf("day").toISOString(),
        until: span?.[1].endOf("day").toISOString(),
      }),
    onSuccess: () => {
      setTo(null);
      setSpan(null);
      void message.success(t("saved"));
      return client.invalidateQueries({ queryKey: KEY });
    },
    onError: (error) => say(error),
  });
  return (
    <div className={styles.form}>
      {others && (
        <div className={styles.label}>
          {t("from")}
          <AsyncPicker
            label={t("from")}
            value={from}
            source={people}
            first={[{ ...me, title: t("mine") }]}
            onChange={setFrom}
          />
        </div>
      )}
      <div className={styles.label}>
        {t("to")}
        <AsyncPicker label={t("to")} value={to} source={people} onChange={setTo} />
      </div>
      <div className={styles.label}>
        {t("when")}
        <DatePicker.RangePicker
          aria-label={t("when")}
          value={span}
          minDate={dayjs()}
          needConfirm={false}
          onChange={(days) => setSpan(days?.[0] && days[1] ? [days[0], days[1]] : null)}
        />
      </div>
      <div className={styles.label}>
        {t("level")}
        <Segmented<Level>
          value={level}
          options={(["read", "edit"] as const).map((value) => ({ value, label: t(`levels.${value}`) }))}
          onChange={setLevel}
        />
      </div>
      <Button disabled={!from || !to || !span} loading={save.isPending} onClick={() => save.mutate()}>
        {t("add")}
      </Button>
    </div>
  );
}
