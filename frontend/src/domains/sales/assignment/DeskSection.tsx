import { App, Button, Checkbox, InputNumber, Segmented, Select, Switch, TimePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { AsyncPicker, type Choice } from "@/engine/fields/shared/AsyncPicker";
import { people } from "@/engine/fields/shared/pickers";
import { Section } from "@/engine/settings/parts/Section";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import styles from "./assignment.module.css";
import { useT } from "./messages";
import type { Door, Setup } from "./model";
import { useSetupChanges } from "./queries";

const DOORS: Door[] = ["public", "import", "api"];
const TIME = "HH:mm";

/** Whether leads are shared out, which, in which hours, and who gets what no rule can place. */
export function DeskSection({ setup }: { setup: Setup }) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const { message } = App.useApp();
  const { desk, queues, names } = setup;
  const { desk: save } = useSetupChanges();
  const [doors, setDoors] = useState(desk.doors);
  const [kind, setKind] = useState<"user" | "queue">(desk.fallback_queue ? "queue" : "user");
  const [user, setUser] = useState<Choice | null>(
    desk.fallback_user ? { id: desk.fallback_user, title: names[desk.fallback_user] ?? t("gone") } : null,
  );
  const [queue, setQueue] = useState(desk.fallback_queue);
  const [stretches, setStretches] = useState(desk.hours?.stretches ?? [["09:00", "18:00"] as [string, string]]);
  const [response, setResponse] = useState(desk.response_minutes);
  const submit = (enabled: boolean) =>
    save.mutate(
      {
        version: desk.version,
        enabled,
        doors,
        fallback_user: kind === "user" ? (user?.id ?? null) : null,
        fallback_queue: kind === "queue" ? queue : null,
        response_minutes: response,
        hours: { stretches, weekdays: desk.hours?.weekdays ?? null },
      },
      { onSuccess: () => void message.success(t("saved")), onError: (error) => say(error) },
    );
  return (
    <Section
      wide
      title={t("page")}
      body={t("body")}
      action={
        <span className={styles.row}>
          <span className="gx-2 gx-s13">{t(desk.enabled ? "is_on" : "is_off")}</span>
          <Switch checked={desk.enabled} aria-label={t("on")} loading={save.isPending} onChange={submit} />
        </span>
      }
    >
      <div className={styles.desk}>
        <div className={styles.label}>
          {t("doors")}
          <Checkbox.Group<Door>
            value={doors}
            options={DOORS.map((value) => ({ value, label: t(`door.${value}`) }))}
            onChange={setDoors}
          />
          <span className="gx-3 gx-s12">{t("on_hint")}</span>
        </div>
        <div className={styles.label}>
          {t("fallback")}
          <div className={styles.row}>
            <Segmented
              value={kind}
              options={(["user", "queue"] as const).map((value) => ({ value, label: t(`fallback_kind.${value}`) }))}
              onChange={setKind}
            />
            <div className={styles.grow}>
              {kind === "user" ? (
                <AsyncPicker label={t("choose_person")} value={user} source={people} onChange={setUser} />
              ) : (
                <Select
                  style={{ width: "100%" }}
                  aria-label={t("choose_queue")}
                  placeholder={t("choose_queue")}
                  value={queue ?? undefined}
                  options={queues.map((each) => ({ value: each.id, label: label(each.name) }))}
                  onChange={setQueue}
                />
              )}
            </div>
          </div>
          <span className="gx-3 gx-s12">{t("fallback_hint")}</span>
        </div>
        <div className={styles.label}>
          {t("hours")}
          {stretches.map(([from, until], index) => (
            <TimePicker.RangePicker
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have nothing else to tell them apart
              key={index}
              aria-label={t("hours")}
              format={TIME}
              minuteStep={15}
              allowClear={false}
              needConfirm={false}
              style={{ width: 220 }}
              value={[dayjs(from, TIME), dayjs(until, TIME)]}
              onChange={(next) => {
                const [a, b] = [next?.[0]?.format(TIME), next?.[1]?.format(TIME)];
                if (a && b) setStretches(stretches.map((each, n) => (n === index ? [a, b] : each)));
              }}
            />
          ))}
          <span className="gx-3 gx-s12">{t("hours_hint")}</span>
        </div>
        <div className={styles.label}>
          {t("response")}
          <InputNumber
            aria-label={t("response")}
            min={1}
            max={10080}
            style={{ width: 220 }}
            placeholder={t("response_none")}
            suffix={t("minutes")}
            value={response}
            onChange={setResponse}
          />
          <span className="gx-3 gx-s12">{t("response_hint")}</span>
        </div>
        <div>
          <Button type="primary" loading={save.isPending} onClick={() => submit(desk.enabled)}>
            {t("save")}
          </Button>
        </div>
      </div>
    </Section>
  );
}
