import { App, Button, Checkbox, DatePicker, Drawer, Input } from "antd";
import { Mail, MapPin, MessageCircle, MessagesSquare, NotebookPen, Phone } from "lucide-react";
import { useRef, useState } from "react";
import type { FileRef } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { fromPicker, inZone } from "@/engine/fields/datetime/zoned";
import { closeLog, type LogTarget } from "@/engine/records/log-target";
import { linkTo } from "@/engine/records/meta";
import { useRecord } from "@/engine/records/useRecord";
import { useLabel } from "@/i18n";
import { Icon, Kbd, Logo, problemText, useFormat, useIsPhone } from "@/kit";
import { CheckIn, type Place } from "./CheckIn";
import { Choices } from "./Choices";
import styles from "./log.module.css";
import { useT } from "./messages";
import { Photos } from "./Photos";
import { useLogFollowUp, useOpenTasks } from "./queries";
import { TargetPicker } from "./TargetPicker";
import { momentOf, WHENS, type When } from "./when";

const KINDS = ["call", "visit", "wecom", "wechat", "email", "note"] as const;
type Kind = (typeof KINDS)[number];
const GLYPHS = {
  call: Phone,
  visit: MapPin,
  wecom: MessagesSquare,
  wechat: MessageCircle,
  email: Mail,
  note: NotebookPen,
};
const KEPT_AS: Partial<Record<Kind, string>> = { call: "call", visit: "event" };
/** Found out about a number, not about a person: said where calls are kept. */
const RARE = new Set(["connected", "wrong_number"]);

/** What happened, what came of it, what comes next: ten seconds, one request, no mouse needed. */
export function LogDrawer({ open, target }: { open: boolean; target: LogTarget | null }) {
  const t = useT();
  const phone = useIsPhone();
  return (
    <Drawer
      open={open}
      onClose={closeLog}
      placement={phone ? "bottom" : "right"}
      size={phone ? "auto" : 440}
      title={t("title")}
      rootClassName={phone ? styles.sheet : undefined}
      destroyOnHidden
    >
      <Entry asked={target} />
    </Drawer>
  );
}

function Entry({ asked }: { asked: LogTarget | null }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const phone = useIsPhone();
  const { message } = App.useApp();
  const { byKey } = useSchema();
  const [target, setTarget] = useState(asked);
  const [kind, setKind] = useState<Kind>("call");
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<string | null>(null);
  const [photos, setPhotos] = useState<FileRef[]>([]);
  const [uploading, setUploading] = useState(false);
  const [when, setWhen] = useState<When>("none");
  const [place, setPlace] = useState<Place | null>(null);
  const [picked, setPicked] = useState<string | null>(null);
  const [step, setStep] = useState("");
  const [done, setDone] = useState<string[]>(asked?.task ? [asked.task.id] : []);
  const [refusal, setRefusal] = useState<string | null>(null);
  const attempt = useRef(crypto.randomUUID());
  const log = useLogFollowUp();
  const named = useRecord(target?.object ?? "", target?.title ? null : target?.id);
  const about = target && byKey.get(target.object);
  const task = byKey.get("task");
  const link = about && task && linkTo(task, about);
  const tasks = useOpenTasks(link?.key, target?.id).data?.data ?? [];
  const listed = asked?.task && !tasks.some((each) => each.id === asked.task?.id) ? [asked.task, ...tasks] : tasks;
  const options = byKey.get(KEPT_AS[kind] ?? "note")?.fields.find((field) => field.key === "outcome")?.options ?? [];
  const outcomes = options.filter((option) => !RARE.has(option.value));
  const at = when === "pick" ? picked : momentOf(when, format.today(), format.timeZone);
  const ready = target !== null && (text.trim() !== "" || outcome !== null || photos.length > 0) && !uploading;

  const changeKind = (next: Kind | null) => {
    if (!next) return;
    setKind(next);
    const kept = byKey.get(KEPT_AS[next] ?? "note")?.fields.find((field) => field.key === "outcome");
    if (!kept?.options?.some((option) => option.value === outcome)) setOutcome(null);
  };
  const save = () => {
    if (!ready || !target || log.isPending) return;
    const subject = step.trim() || null;
    const values = {
      object: target.object,
      record: target.id,
      kind,
      outcome,
      text: text.trim(),
      photos: photos.map((photo) => photo.id),
      next: at || subject ? { at, subject } : null,
      place: kind === "visit" ? place : null,
      done,
    };
    log.mutate(
      { values, key: attempt.current },
      {
        onSuccess: (written) => {
          message.success(written.task ? t("saved_task", { title: written.task.title }) : t("saved"));
          closeLog();
        },
        onError: (error) => {
          attempt.current = crypto.randomUUID();
          setRefusal(problemText(error));
        },
      },
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: ⌘Enter saves from any field inside
    <div
      className={styles.entry}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      {asked && target ? (
        <p className={styles.who}>
          <Logo name={target.title ?? named.data?.title ?? ""} size="sm" />
          <span className="gx-cut">{target.title ?? named.data?.title}</span>
          <span className="gx-3 gx-s12">{label(about?.label)}</span>
        </p>
      ) : (
        <TargetPicker value={target} onChange={setTarget} />
      )}
      <Choices
        label={t("kind")}
        quiet
        tiles
        value={kind}
        onChange={changeKind}
        choices={KINDS.map((value) => ({
          value,
          label: (
            <>
              <Icon as={GLYPHS[value]} size={phone ? 20 : 16} />
              {t(`kinds.${value}`)}
            </>
          ),
        }))}
      />
      <div className={styles.words}>
        <Input.TextArea
          variant="borderless"
          autoSize={{ minRows: 3, maxRows: 10 }}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t("placeholder")}
          aria-label={t("text")}
          autoFocus={asked !== null}
        />
        <Photos photos={photos} onChange={setPhotos} onBusy={setUploading} />
      </div>
      {kind === "visit" && <CheckIn place={place} onChange={setPlace} />}
      <Choices
        label={t("outcome")}
        clearable
        value={outcome}
        onChange={setOutcome}
        choices={outcomes.map((option) => ({ value: option.value, label: label(option.label) }))}
      />
      <Choices
        label={t("next")}
        value={when}
        onChange={(value) => setWhen(value ?? "none")}
        choices={WHENS.map((value) => ({ value, label: t(`when.${value}`) }))}
      />
      {when === "pick" && (
        <DatePicker
          showTime={{ format: "HH:mm", minuteStep: 5 }}
          format="YYYY-MM-DD HH:mm"
          minDate={inZone(new Date().toISOString(), format.timeZone)}
          value={picked ? inZone(picked, format.timeZone) : null}
          onChange={(value) => setPicked(value ? fromPicker(value, format.timeZone) : null)}
          aria-label={t("at")}
          needConfirm={false}
          autoFocus
        />
      )}
      {(when !== "none" || step) && (
        <Input
          value={step}
          maxLength={200}
          onChange={(event) => setStep(event.target.value)}
          placeholder={t("step")}
          aria-label={t("step")}
        />
      )}
      {listed.map((each) => (
        <Checkbox
          key={each.id}
          checked={done.includes(each.id)}
          onChange={(event) =>
            setDone((before) => (event.target.checked ? [...before, each.id] : before.filter((id) => id !== each.id)))
          }
        >
          {t("done", { title: each.title })}
        </Checkbox>
      ))}
      {refusal && (
        <p role="alert" className="gx-bad">
          {refusal}
        </p>
      )}
      <Button
        className={styles.save}
        type="primary"
        size="large"
        block
        disabled={!ready}
        loading={log.isPending}
        title={uploading ? t("uploading") : undefined}
        onClick={save}
      >
        {t("save")} {!phone && <Kbd>mod+enter</Kbd>}
      </Button>
    </div>
  );
}
