import { useDroppable } from "@dnd-kit/react";
import { Button, Dropdown, Input } from "antd";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { Label } from "@/api";
import { useLabel, useLocale } from "@/i18n/useLabel";
import { Icon } from "@/kit";
import type { DesignField, DesignSection } from "../design";
import { useT } from "../locales";
import { FieldTile } from "./FieldTile";
import styles from "./fields.module.css";

interface Props {
  section: DesignSection;
  fields: DesignField[];
  draft: DesignField | null;
  selected: string | null;
  first: boolean;
  last: boolean;
  onSelect: (key: string) => void;
  onStep: (key: string, by: 1 | -1) => void;
  onRename: (label: Label) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

/** A section is what one drops on where there is no field to drop on. */
const LOW = 1;

export function SectionCard(props: Props) {
  const { section, fields, draft, selected, first, last, onSelect, onStep, onRename, onMove, onRemove } = props;
  const t = useT();
  const label = useLabel();
  const locale = useLocale();
  const name = label(section.label);
  const [renaming, setRenaming] = useState<string | null>(null);
  const { ref, isDropTarget } = useDroppable({
    id: section.key,
    type: "section",
    accept: ["field", "palette"],
    collisionPriority: LOW,
  });
  const rename = () => {
    const text = renaming?.trim();
    setRenaming(null);
    if (text && text !== name) onRename({ ...section.label, [locale]: text });
  };
  return (
    <article className={styles.section} ref={ref} data-over={isDropTarget} aria-label={name}>
      <header>
        {renaming === null ? (
          <h3>{name}</h3>
        ) : (
          <Input
            size="small"
            autoFocus
            aria-label={t("canvas.renameSection")}
            value={renaming}
            maxLength={60}
            onChange={(event) => setRenaming(event.target.value)}
            onPressEnter={rename}
            onBlur={rename}
            onKeyDown={(event) => event.key === "Escape" && setRenaming(null)}
          />
        )}
        <span className="gx-3 gx-s12">{t("canvas.fields", { count: fields.length })}</span>
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "rename", label: t("canvas.renameSection"), onClick: () => setRenaming(name) },
              { key: "up", label: t("canvas.sectionUp"), disabled: first, onClick: () => onMove(-1) },
              { key: "down", label: t("canvas.sectionDown"), disabled: last, onClick: () => onMove(1) },
              {
                key: "remove",
                label: fields.length ? t("canvas.sectionNotEmpty") : t("canvas.sectionDelete"),
                disabled: fields.length > 0 || section.key === "system",
                onClick: onRemove,
              },
            ],
          }}
        >
          <Button
            type="text"
            size="small"
            icon={<Icon as={Ellipsis} />}
            aria-label={t("canvas.sectionMenu", { name })}
          />
        </Dropdown>
      </header>
      <ul className={styles.tiles}>
        {fields.map((field, index) => (
          <FieldTile
            key={field.key}
            field={field}
            index={index}
            section={section.key}
            selected={selected === field.key}
            onSelect={() => onSelect(field.key)}
            onStep={(by) => onStep(field.key, by)}
          />
        ))}
        {draft && <FieldTile field={draft} index={fields.length} section={section.key} selected fresh />}
        {!fields.length && !draft && <li className={styles.drop}>{t("canvas.empty")}</li>}
      </ul>
    </article>
  );
}
