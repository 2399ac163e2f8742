import { Button, Checkbox, Input, InputNumber } from "antd";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { ChecklistItem, Label, StageTask } from "@/api/types";
import { Icon } from "@/kit";
import { pipelineMessages } from "./messages";
import styles from "./stage.module.css";

const LANGUAGES = ["zh-CN", "en"] as const;
const NOTHING: Label = { "zh-CN": "", en: "" };
const MOST_ITEMS = 20;
const MOST_TASKS = 10;

/** A text in both languages; one is enough. */
export function TwoTexts({
  label,
  hint,
  value,
  onChange,
  long,
}: {
  label: string;
  hint?: string;
  value: Label;
  onChange: (value: Label) => void;
  long?: boolean;
}) {
  const t = pipelineMessages.useT();
  return (
    <div className={styles.label}>
      {label}
      <div className={styles.two}>
        {LANGUAGES.map((language) => {
          const shared = {
            key: language,
            value: value[language],
            placeholder: language === "zh-CN" ? hint : t("en"),
            "aria-label": `${label} ${t(language === "en" ? "en" : "zh")}`,
          };
          const write = (text: string) => onChange({ ...value, [language]: text });
          return long ? (
            <Input.TextArea
              {...shared}
              key={language}
              autoSize={{ minRows: 4, maxRows: 14 }}
              maxLength={5000}
              onChange={(event) => write(event.target.value)}
            />
          ) : (
            <Input {...shared} key={language} maxLength={300} onChange={(event) => write(event.target.value)} />
          );
        })}
      </div>
    </div>
  );
}

/** Things to be ticked off before a deal goes on. */
export function ItemsEdit({ items, onChange }: { items: ChecklistItem[]; onChange: (items: ChecklistItem[]) => void }) {
  const t = pipelineMessages.useT();
  const set = (at: number, patch: Partial<ChecklistItem>) =>
    onChange(items.map((item, i) => (i === at ? { ...item, ...patch } : item)));
  return (
    <div className={styles.label}>
      {t("checklist")}
      {items.map((item, i) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: what is new has no key yet, and none is reordered
          key={i}
          name={t("item", { n: i + 1 })}
          value={item.name}
          onChange={(name) => set(i, { name })}
          onRemove={() => onChange(items.toSpliced(i, 1))}
        >
          <Checkbox checked={item.required} onChange={(event) => set(i, { required: event.target.checked })}>
            {t("must")}
          </Checkbox>
        </Row>
      ))}
      {items.length < MOST_ITEMS && (
        <Add onAdd={() => onChange([...items, { name: NOTHING, required: true }])}>{t("add_item")}</Add>
      )}
    </div>
  );
}

/** Tasks that whoever has the deal gets when it comes in. */
export function TasksEdit({ tasks, onChange }: { tasks: StageTask[]; onChange: (tasks: StageTask[]) => void }) {
  const t = pipelineMessages.useT();
  const set = (at: number, patch: Partial<StageTask>) =>
    onChange(tasks.map((task, i) => (i === at ? { ...task, ...patch } : task)));
  return (
    <div className={styles.label}>
      {t("tasks")}
      {tasks.map((task, i) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: tasks have no other identity, and none is reordered
          key={i}
          name={t("task", { n: i + 1 })}
          value={task.subject}
          onChange={(subject) => set(i, { subject })}
          onRemove={() => onChange(tasks.toSpliced(i, 1))}
        >
          <InputNumber
            aria-label={`${t("task", { n: i + 1 })} ${t("due")}`}
            min={0}
            max={365}
            precision={0}
            controls={false}
            suffix={t("due")}
            style={{ width: 150 }}
            value={task.due_days}
            onChange={(days) => set(i, { due_days: days ?? 0 })}
          />
        </Row>
      ))}
      {tasks.length < MOST_TASKS && (
        <Add onAdd={() => onChange([...tasks, { subject: NOTHING, due_days: 1 }])}>{t("add_task")}</Add>
      )}
    </div>
  );
}

function Row({
  name,
  value,
  onChange,
  onRemove,
  children,
}: {
  name: string;
  value: Label;
  onChange: (value: Label) => void;
  onRemove: () => void;
  children: ReactNode;
}) {
  const t = pipelineMessages.useT();
  return (
    <div className={styles.row}>
      {LANGUAGES.map((language) => (
        <Input
          key={language}
          value={value[language]}
          maxLength={100}
          placeholder={t(language === "en" ? "en" : "zh")}
          aria-label={`${name} ${t(language === "en" ? "en" : "zh")}`}
          onChange={(event) => onChange({ ...value, [language]: event.target.value })}
        />
      ))}
      {children}
      <Button type="text" icon={<Icon as={X} />} aria-label={`${t("remove")} ${name}`} onClick={onRemove} />
    </div>
  );
}

function Add({ onAdd, children }: { onAdd: () => void; children: ReactNode }) {
  return (
    <Button type="text" size="small" className={styles.add} icon={<Icon as={Plus} size={14} />} onClick={onAdd}>
      {children}
    </Button>
  );
}
