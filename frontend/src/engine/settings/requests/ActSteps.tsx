import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { useProblem } from "@/kit";
import { Section } from "../parts/Section";
import { CopyStep } from "./CopyStep";
import { Records } from "./FindSteps";
import { requestsMessages } from "./messages";
import { previewOf, type SubjectRequest, useAbout, useStep } from "./model";
import styles from "./requests.module.css";

const COPIED = new Set(["access", "copy", "transfer"]);

/** What is done: erasing, keeping marketing away. Other kinds are done on the records themselves. */
export function ActStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const step = useStep(request);
  const { message } = App.useApp();
  if (request.records.length === 0) return <Section wide title={t("act")} body={t("act_first")} />;
  if (request.kind === "object")
    return (
      <Section wide title={t("act")}>
        <Button
          loading={step.isPending}
          onClick={() => step.mutate({ verb: "object" }, { onSuccess: () => void message.success(t("objected")) })}
        >
          {t("object")}
        </Button>
      </Section>
    );
  if (request.kind === "erase") return <EraseStep request={request} />;
  if (COPIED.has(request.kind)) return <CopyStep request={request} />;
  return <Section wide title={t("act")} body={t("act_there")} />;
}

function EraseStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const say = useProblem();
  const step = useStep(request);
  const { modal } = App.useApp();
  const look = useMutation({ mutationFn: () => previewOf(request.id), onError: (error) => say(error) });
  const seen = look.data;
  const erase = () =>
    modal.confirm({
      title: t("erase_title"),
      content: t("erase_text"),
      okText: t("erase").replace("…", ""),
      okButtonProps: { danger: true },
      onOk: () => step.mutate({ verb: "erase" }),
    });
  return (
    <Section wide title={t("act")}>
      <div className={styles.marks}>
        <span>{t("marks")}</span>
        <Select
          mode="tags"
          aria-label={t("marks")}
          value={request.marks}
          options={request.known_marks.map((value) => ({ value, label: value }))}
          onChange={(marks: string[]) => step.mutate({ verb: "change", body: { marks } })}
        />
      </div>
      {seen?.held.length ? <Alert type="warning" showIcon title={t("held")} /> : null}
      {seen?.held.length ? <Records records={seen.held} /> : null}
      {seen?.parts.map((part) => (
        <div key={`${part.object}-${part.fate}`}>
          <h3 className={styles.fate}>
            {t(`fate.${part.fate}`)} · {part.count}
          </h3>
          <Records records={part.records} />
        </div>
      ))}
      {seen?.mentions.map((part) => (
        <div key={part.object}>
          <h3 className={styles.fate}>
            {t("mentions")} · {part.count}
          </h3>
          <Records records={part.records} />
        </div>
      ))}
      {seen && seen.files > 0 && <p className="gx-3">{t("files", { count: seen.files })}</p>}
      <div className={styles.ask}>
        <Button loading={look.isPending} onClick={() => look.mutate()}>
          {t("preview_go")}
        </Button>
        <Button danger type="primary" disabled={!seen || !request.verified} loading={step.isPending} onClick={erase}>
          {t("erase")}
        </Button>
      </div>
    </Section>
  );
}

/** The answer, or the refusal with its ground. */
export function AnswerStep({ request }: { request: SubjectRequest }) {
  const t = requestsMessages.useT();
  const step = useStep(request);
  const [text, setText] = useState("");
  const [refusing, setRefusing] = useState(false);
  return (
    <Section wide title={t("answer")}>
      {request.kind !== "erase" && (
        <Input.TextArea
          value={text}
          maxLength={5000}
          aria-label={t("answer_text")}
          placeholder={t("answer_text")}
          onChange={(event) => setText(event.target.value)}
          autoSize={{ minRows: 3, maxRows: 12 }}
        />
      )}
      <div className={styles.ask}>
        {request.kind !== "erase" && (
          <Button
            type="primary"
            disabled={!text.trim()}
            loading={step.isPending}
            onClick={() => step.mutate({ verb: "answer", body: { text } })}
          >
            {t("answer_go")}
          </Button>
        )}
        <Button onClick={() => setRefusing(true)}>{t("refuse")}</Button>
      </div>
      {refusing && <RefuseDialog request={request} onClose={() => setRefusing(false)} />}
    </Section>
  );
}

function RefuseDialog({ request, onClose }: { request: SubjectRequest; onClose: () => void }) {
  const t = requestsMessages.useT();
  const label = useLabel();
  const { data: about } = useAbout();
  const step = useStep(request);
  const [ground, setGround] = useState("not_proven");
  const [text, setText] = useState("");
  return (
    <Modal
      open
      title={t("refuse_title")}
      okText={t("refuse").replace("…", "")}
      okButtonProps={{ disabled: !text.trim() }}
      confirmLoading={step.isPending}
      onOk={() => step.mutate({ verb: "refuse", body: { ground, text } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Select
        value={ground}
        onChange={setGround}
        aria-label={t("ground")}
        style={{ width: "100%", marginBottom: 12 }}
        options={about?.grounds.map((each) => ({ value: each.key, label: label(each.label) }))}
      />
      <Input.TextArea
        value={text}
        maxLength={5000}
        aria-label={t("refuse_text")}
        placeholder={t("refuse_text")}
        onChange={(event) => setText(event.target.value)}
        autoSize={{ minRows: 3, maxRows: 10 }}
      />
    </Modal>
  );
}
