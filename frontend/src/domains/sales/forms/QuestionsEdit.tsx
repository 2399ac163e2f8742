import { Button, Checkbox, Input, Select } from "antd";
import { ArrowUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { Icon } from "@/kit";
import styles from "./forms.module.css";
import { useT } from "./messages";
import { choicesOf, linesOf, type Question, type QuestionInput } from "./model";

const INPUTS: QuestionInput[] = ["choice", "choices", "rating", "text", "area"];

interface Props {
  questions: Question[];
  onChange: (questions: Question[]) => void;
}

/** A form's own questions, in order. */
export function QuestionsEdit({ questions, onChange }: Props) {
  const t = useT();
  const add = () => {
    let n = questions.length + 1;
    while (questions.some((each) => each.key === `q${n}`)) n++;
    onChange([...questions, { key: `q${n}`, label: {}, input: "choice", required: false, options: [] }]);
  };
  const up = (index: number) => {
    const next = [...questions];
    const [one] = next.splice(index, 1);
    if (one) next.splice(index - 1, 0, one);
    onChange(next);
  };
  return (
    <section>
      <h3>{t("questions")}</h3>
      <p className="gx-3 gx-s12">{t("questions_hint")}</p>
      <ol className={styles.questions}>
        {questions.map((question, index) => (
          <Row
            key={question.key}
            question={question}
            name={t("question_n", { n: String(index + 1) })}
            onUp={index ? () => up(index) : undefined}
            onRemove={() => onChange(questions.filter((each) => each !== question))}
            onChange={(patch) => onChange(questions.map((each) => (each === question ? { ...each, ...patch } : each)))}
          />
        ))}
      </ol>
      <Button icon={<Icon as={Plus} size={14} />} onClick={add} disabled={questions.length >= 30}>
        {t("question_add")}
      </Button>
    </section>
  );
}

interface RowProps {
  question: Question;
  name: string;
  onUp: (() => void) | undefined;
  onRemove: () => void;
  onChange: (patch: Partial<Question>) => void;
}

function Row({ question, name, onUp, onRemove, onChange }: RowProps) {
  const t = useT();
  const [lines, setLines] = useState(() => linesOf(question.options));
  const chooses = question.input === "choice" || question.input === "choices";
  return (
    <li>
      <div className={styles.head}>
        <span className={styles.body}>{name}</span>
        <Checkbox
          checked={question.required}
          aria-label={t("required_of", { name })}
          onChange={(event) => onChange({ required: event.target.checked })}
        >
          {t("required")}
        </Checkbox>
        <Button
          type="text"
          size="small"
          disabled={!onUp}
          icon={<Icon as={ArrowUp} />}
          aria-label={t("up_of", { name })}
          onClick={onUp}
        />
        <Button
          type="text"
          size="small"
          icon={<Icon as={X} />}
          aria-label={t("remove_of", { name })}
          onClick={onRemove}
        />
      </div>
      <div className={styles.two}>
        {(["zh-CN", "en"] as const).map((locale) => {
          const text = t(locale === "en" ? "question_en" : "question_zh");
          return (
            <Input
              key={locale}
              maxLength={200}
              placeholder={text}
              aria-label={`${name}: ${text}`}
              value={question.label[locale] ?? ""}
              onChange={(event) => onChange({ label: { ...question.label, [locale]: event.target.value } })}
            />
          );
        })}
      </div>
      <div className={styles.two}>
        <Select<QuestionInput>
          aria-label={`${name}: ${t("question_kind")}`}
          value={question.input}
          options={INPUTS.map((input) => ({ value: input, label: t(`input_${input}`) }))}
          onChange={(input) => onChange({ input })}
        />
        {chooses && (
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            aria-label={`${name}: ${t("options")}`}
            placeholder={t("options_hint")}
            value={lines}
            onChange={(event) => {
              setLines(event.target.value);
              onChange({ options: choicesOf(event.target.value, question.options) });
            }}
          />
        )}
      </div>
    </li>
  );
}
