import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { Button } from "antd";
import { Plus } from "lucide-react";
import { type ClipboardEvent, useState } from "react";
import type { Option } from "@/api";
import { useLabel } from "@/i18n/useLabel";
import { Icon } from "@/kit";
import type { Design, DesignField } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";
import { COLOURS, OptionRow } from "./OptionRow";
import { ReplaceOption } from "./ReplaceOption";

interface Props {
  design: Design;
  field: DesignField;
  options: Partial<Option>[];
  isNew: boolean;
  error?: string;
  onChange: (options: Partial<Option>[]) => void;
}

const idOf = (option: Partial<Option>, index: number) => option.value ?? `new-${index}`;
/** Every new option has the next colour: a board of grey columns says nothing. */
const fresh = (text: string, index: number): Partial<Option> => ({
  label: { "zh-CN": text, en: text },
  color: COLOURS[index % COLOURS.length] ?? "gray",
});

/** The choices of a select: named, coloured, ordered, retired. One that records hold is retired, not removed. */
export function OptionsEditor({ design, field, options, isNew, error, onChange }: Props) {
  const t = useT();
  const label = useLabel();
  const [replacing, setReplacing] = useState<Option | null>(null);
  const rows = options.map((option, index) => ({ id: idOf(option, index), option }));
  const change = (index: number, patch: Partial<Option>) =>
    onChange(options.map((option, at) => (at === index ? { ...option, ...patch } : option)));
  const paste = (index: number) => (event: ClipboardEvent) => {
    const lines = event.clipboardData
      .getData("text")
      .split(/\r?\n|\t/)
      .map((line) => line.trim())
      .filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    onChange([
      ...options.slice(0, index),
      ...lines.map((line, down) => fresh(line, index + down)),
      ...options.slice(index + 1),
    ]);
  };
  const add = () => onChange([...options, fresh("", options.length)]);
  return (
    <div className={styles.item}>
      <span>{t("options.title")}</span>
      <DragDropProvider onDragEnd={(event) => !event.canceled && onChange(move(rows, event).map((row) => row.option))}>
        <ul className={styles.options}>
          {rows.map(({ id, option }, index) => (
            <OptionRow
              key={id}
              id={id}
              index={index}
              option={option}
              onPaste={paste(index)}
              onEnter={() => index === options.length - 1 && label(option.label) && add()}
              onChange={(patch) => change(index, patch)}
              onRemove={() => onChange(options.toSpliced(index, 1))}
              onReplace={option.value && !isNew ? () => setReplacing(option as Option) : undefined}
            />
          ))}
        </ul>
      </DragDropProvider>
      <Button
        type="dashed"
        size="small"
        icon={<Icon as={Plus} size={14} />}
        title={t("options.paste")}
        onClick={() => add()}
      >
        {t("options.add")}
      </Button>
      {error && <em>{error}</em>}
      {replacing && (
        <ReplaceOption design={design} field={field} option={replacing} onClose={() => setReplacing(null)} />
      )}
    </div>
  );
}
