import { App, Button, DatePicker, Drawer, Form, Input, Segmented, Select, Upload } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { api } from "@/api/http";
import type { FileRef, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import styles from "./consent.module.css";
import { useT } from "./messages";
import type { Panel, PanelPurpose, Word } from "./model";
import { useRecordConsents } from "./queries";
import { useWords } from "./useWords";

interface Props {
  panel: Panel;
  record: RecordData;
  onClose: () => void;
}

interface Values {
  source: string;
  at?: Dayjs | null;
  expires_at?: Dayjs | null;
  notice_version?: string;
  note?: string;
}

/** What a person said, with its proof: a word for each channel, and each separate consent by itself. */
export function ConsentDialog({ panel, record, onClose }: Props) {
  const t = useT();
  const label = useLabel();
  const say = useProblem();
  const words = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const live = panel.purposes.filter((each) => !each.retired);
  const [purpose, setPurpose] = useState<PanelPurpose | undefined>(
    live.find((each) => each.basis === "consent") ?? live[0],
  );
  const [said, setSaid] = useState<Record<string, Word | "">>({});
  const [file, setFile] = useState<File | null>(null);
  const save = useRecordConsents(record);
  const text = label(purpose?.consent_text) || "";
  const submit = async (values: Values) => {
    const decisions = Object.entries(said)
      .filter(([, state]) => state)
      .map(([place, state]) => {
        const [channel, scope] = place.split("/");
        return { purpose: purpose?.id, channel, scope, state };
      });
    if (decisions.length === 0) return void message.warning(t("choose_any"));
    const given = decisions.some((each) => each.state === "given");
    try {
      const body = new FormData();
      if (file) body.append("file", file);
      const stored = file ? await api.post<FileRef>("/files", body) : null;
      await save.mutateAsync({
        decisions,
        source: values.source,
        at: values.at?.toISOString() ?? null,
        expires_at: values.expires_at?.toISOString() ?? null,
        notice_version: given ? (values.notice_version ?? null) : null,
        text_shown: given && values.notice_version ? text : "",
        note: values.note ?? "",
        file_id: stored?.id ?? null,
      });
      message.success(t("saved"));
      onClose();
    } catch (error) {
      say(error, form);
    }
  };
  const choose = (id: string) => {
    setPurpose(live.find((each) => each.id === id));
    setSaid({});
    form.setFieldValue("notice_version", undefined);
  };
  const channels = purpose ? (purpose.channels.length ? purpose.channels : ["general"]) : [];
  return (
    <Drawer
      open
      size={520}
      title={t("dialog")}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={save.isPending} onClick={() => form.submit()}>
          {t("save")}
        </Button>
      }
    >
      <p className="gx-2">{t("dialog_body")}</p>
      <Form form={form} layout="vertical" initialValues={{ source: "call" }} onFinish={(values) => void submit(values)}>
        <Form.Item label={t("purpose")}>
          <Select
            value={purpose?.id}
            aria-label={t("purpose")}
            options={live.map((each) => ({ value: each.id, label: label(each.name) }))}
            onChange={choose}
          />
        </Form.Item>
        {text && <blockquote className={styles.asked}>{text}</blockquote>}
        <div className={styles.words}>
          {channels.map((key) => (
            <WordRow key={key} place={`${key}/general`} name={words.channel(key)} said={said} onChange={setSaid} />
          ))}
        </div>
        {purpose && purpose.separate.length > 0 && (
          <div className={styles.words}>
            <b>{t("separate_words")}</b>
            <span className={styles.reason}>{t("separate_hint")}</span>
            {purpose.separate.map((key) => (
              <WordRow key={key} place={`general/${key}`} name={words.separate(key)} said={said} onChange={setSaid} />
            ))}
          </div>
        )}
        <div className={styles.two}>
          <Form.Item name="source" label={t("source")}>
            <Select options={words.sources?.filter((each) => each.value !== "link" && each.value !== "import")} />
          </Form.Item>
          <Form.Item name="notice_version" label={t("notice")}>
            <Select
              allowClear
              placeholder={t("notice_none")}
              options={panel.notices
                .filter((each) => purpose && each.purposes.includes(purpose.id))
                .map((each) => ({ value: each.id, label: `${each.name} v${each.number}` }))}
            />
          </Form.Item>
          <Form.Item name="at" label={t("at")}>
            <DatePicker showTime={{ format: "HH:mm" }} placeholder={t("at_now")} style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="expires_at" label={t("expires")}>
            <DatePicker placeholder={t("expires_never")} style={{ width: "100%" }} />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t("note")}>
          <Input.TextArea rows={2} maxLength={2000} placeholder={t("note_hint")} />
        </Form.Item>
        <Form.Item label={t("file")}>
          <Upload
            maxCount={1}
            beforeUpload={(chosen) => {
              setFile(chosen);
              return false;
            }}
            onRemove={() => setFile(null)}
          >
            <Button>{t("choose_file")}</Button>
          </Upload>
        </Form.Item>
      </Form>
    </Drawer>
  );
}

interface RowProps {
  place: string;
  name: string;
  said: Record<string, Word | "">;
  onChange: (said: Record<string, Word | "">) => void;
}

function WordRow({ place, name, said, onChange }: RowProps) {
  const t = useT();
  return (
    <div className={styles.word}>
      <span>{name}</span>
      <Segmented<Word | "">
        size="small"
        aria-label={name}
        value={said[place] ?? ""}
        options={[
          { value: "", label: t("nothing") },
          ...(["given", "withdrawn", "denied"] as const).map((value) => ({ value, label: t(value) })),
        ]}
        onChange={(value) => onChange({ ...said, [place]: value })}
      />
    </div>
  );
}
