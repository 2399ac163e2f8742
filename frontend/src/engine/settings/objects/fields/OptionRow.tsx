import { useSortable } from "@dnd-kit/react/sortable";
import { Button, Dropdown, Input } from "antd";
import { Ellipsis, GripVertical } from "lucide-react";
import type { ClipboardEventHandler } from "react";
import type { Option } from "@/api";
import { useLabel, useLocale } from "@/i18n/useLabel";
import { Chip, Icon, toneOf } from "@/kit";
import { OptionGlyph, toneOfOption } from "../../../fields/shared/OptionGlyph";
import { useT } from "../locales";
import styles from "./fields.module.css";

export const COLOURS = ["gray", "green", "orange", "red", "blue", "teal", "purple", "gold", "slate", "clay"] as const;

interface Props {
  id: string;
  index: number;
  option: Partial<Option>;
  onChange: (patch: Partial<Option>) => void;
  onPaste: ClipboardEventHandler;
  onEnter: () => void;
  onRemove: () => void;
  onReplace?: () => void;
}

export function OptionRow({ id, index, option, onChange, onPaste, onEnter, onRemove, onReplace }: Props) {
  const t = useT();
  const label = useLabel();
  const locale = useLocale();
  const name = label(option.label) || t("options.label");
  const { ref, handleRef, isDragging } = useSortable({ id, index });
  const tone = toneOfOption(option.color) ?? toneOf(option.color);
  const rename = (text: string) => {
    const both = option.label?.["zh-CN"] === option.label?.en;
    const before = option.label ?? { "zh-CN": "", en: "" };
    onChange({ label: both ? { "zh-CN": text, en: text } : { ...before, [locale]: text } });
  };
  return (
    <li ref={ref} data-dragging={isDragging} data-dim={Boolean(option.retired)}>
      <button type="button" ref={handleRef} className={styles.grip} aria-label={t("options.drag", { name })}>
        <Icon as={GripVertical} size={14} />
      </button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: COLOURS.map((colour) => ({
            key: colour,
            label: <Chip tone={toneOf(colour)}>{t(`colours.${colour}`)}</Chip>,
            onClick: () => onChange({ color: colour }),
          })),
        }}
      >
        <button type="button" className={styles.colour} aria-label={`${t("options.colour")}: ${name}`}>
          <Chip tone={tone} icon={<OptionGlyph color={option.color} />}>
            A
          </Chip>
        </button>
      </Dropdown>
      <Input
        size="small"
        value={label(option.label)}
        maxLength={100}
        aria-label={`${t("options.label")} ${index + 1}`}
        placeholder={t("options.label")}
        autoFocus={!option.value && !label(option.label)}
        onPaste={onPaste}
        onPressEnter={(event) => !event.nativeEvent.isComposing && onEnter()}
        onChange={(event) => rename(event.target.value)}
        suffix={option.retired ? <span className="gx-3 gx-s12">{t("options.retired")}</span> : undefined}
      />
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "retire",
              label: t(option.retired ? "options.unretire" : "options.retire"),
              onClick: () => onChange({ retired: !option.retired }),
            },
            { key: "replace", label: t("options.replace"), disabled: !onReplace, onClick: onReplace },
            { key: "remove", label: t("options.remove"), danger: true, onClick: onRemove },
          ],
        }}
      >
        <Button
          type="text"
          size="small"
          icon={<Icon as={Ellipsis} size={14} />}
          aria-label={t("options.actions", { name })}
        />
      </Dropdown>
    </li>
  );
}
