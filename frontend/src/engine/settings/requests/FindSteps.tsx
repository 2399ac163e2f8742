import { useMutation } from "@tanstack/react-query";
import { Button, Checkbox, Input, Select } from "antd";
import { useState } from "react";
import { useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Chip, useFormat, useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { requestsMessages } from "./messages";
import { type Check, type Found, findRecords, type SubjectRequest, useStep } from "./model";
import styles from "./requests.module.css";

const CHECKS: Check[] = ["callback", "code", "id_card", "known", "other"];

/** Which records are the person's. */
export function FindStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const say = useProblem();
  const step = useStep(request);
  const [text, setText] = useState([request.name, request.reach].filter(Boolean).join("，"));
  const [found, setFound] = useState<Found[] | null>(null);
  const [ticked, setTicked] = useState<string[]>([]);
  const find = useMutation({
    mutationFn: () =>
      findRecords(
        request.id,
        text
          .split(/[,，;；\n]+/)
          .map((part) => part.trim())
          .filter(Boolean),
      ),
    onSuccess: ({ data }) => {
      setFound(data);
      setTicked(request.records.map((record) => record.id));
    },
    onError: (error) => say(error),
  });
  const choose = () => {
    const known = [...(found ?? []), ...request.records];
    const records = ticked.flatMap((id) => known.find((record) => record.id === id) ?? []);
    step.mutate({ verb: "change", body: { records: records.map(({ object, id }) => ({ object, id })) } });
  };
  return (
    <Section wide title={t("find")} body={t("find_body")}>
      <div className={styles.ask}>
        <Input
          value={text}
          placeholder={t("find_placeholder")}
          aria-label={t("find_placeholder")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => find.mutate()}
        />
        <Button loading={find.isPending} disabled={!text.trim()} onClick={() => find.mutate()}>
          {t("find_go")}
        </Button>
      </div>
      {found?.length === 0 && <p className="gx-3">{t("find_none")}</p>}
      {found === null && request.records.length > 0 && <Records records={request.records} />}
      {found && found.length > 0 && (
        <>
          <Records records={found} ticked={ticked} onTick={setTicked} />
          <Button type="primary" loading={step.isPending} disabled={ticked.length === 0} onClick={choose}>
            {t("save_chosen")}
          </Button>
        </>
      )}
      {request.records.length > 0 && <p className="gx-3">{t("chosen", { count: request.records.length })}</p>}
    </Section>
  );
}

interface RecordsProps {
  records: Found[];
  ticked?: string[];
  onTick?: (ids: string[]) => void;
}

/** Records of any objects, to tick where asked. */
export function Records({ records, ticked, onTick }: RecordsProps) {
  const t = requestsMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const { byKey } = useSchema();
  const toggle = (id: string) =>
    onTick?.(ticked?.includes(id) ? ticked.filter((each) => each !== id) : [...(ticked ?? []), id]);
  return (
    <ul className={styles.list}>
      {records.map((record) => {
        const object = byKey.get(record.object);
        return (
          <li key={record.id} className={styles.row}>
            {onTick && (
              <Checkbox
                aria-label={record.title}
                checked={ticked?.includes(record.id)}
                onChange={() => toggle(record.id)}
              />
            )}
            <span className={styles.words}>
              <span>{record.title}</span>
              <span className={styles.facts}>
                {object ? label(object.label) : record.object}
                {record.why && ` · ${format.list(record.why)}`}
              </span>
            </span>
            {record.deleted && <Chip tone="mute">{t("in_bin")}</Chip>}
            {record.held && <Chip tone="warn">{t("held")}</Chip>}
          </li>
        );
      })}
    </ul>
  );
}

/** Whether who asks is who they say. */
export function VerifyStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const format = useFormat();
  const step = useStep(request);
  const [how, setHow] = useState<Check>("callback");
  const [note, setNote] = useState("");
  const known = request.identity;
  return (
    <Section wide title={t("verify")} body={t("verify_body")}>
      {known ? (
        <p>
          {t("verified", { name: known.by_name, when: format.date(known.at), how: t(`checks.${known.how}`) })}
          {known.note && ` · ${known.note}`}
        </p>
      ) : (
        <div className={styles.ask}>
          <Select<Check>
            value={how}
            onChange={setHow}
            aria-label={t("verify")}
            className={styles.how}
            options={CHECKS.map((value) => ({ value, label: t(`checks.${value}`) }))}
          />
          <Input
            value={note}
            maxLength={500}
            placeholder={t("note")}
            aria-label={t("note")}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button loading={step.isPending} onClick={() => step.mutate({ verb: "verify", body: { how, note } })}>
            {t("verify_go")}
          </Button>
        </div>
      )}
    </Section>
  );
}
