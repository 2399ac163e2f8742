import { useDroppable } from "@dnd-kit/react";
import { Button, Checkbox, Input, Segmented } from "antd";
import { Trash2 } from "lucide-react";
import type { ObjectSchema } from "@/api/types";
import { Icon } from "@/kit";
import type { SectionDraft } from "./draft";
import { FieldChip } from "./FieldChip";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";

interface Props {
  object: ObjectSchema;
  section: SectionDraft;
  fields: readonly string[];
  onChange: (patch: Partial<SectionDraft>) => void;
  onRemove: () => void;
  onToggle: (field: string) => void;
}

/** One section: its name, how many columns, and the fields that were dropped into it. */
export function SectionCard({ object, section, fields, onChange, onRemove, onToggle }: Props) {
  const t = layoutsMessages.useT();
  const { ref, isDropTarget } = useDroppable({ id: section.id, type: "section", accept: "field" });
  return (
    <section className={styles.section} aria-label={section.label["zh-CN"] || t("section")}>
      <div className={styles.sectionHead}>
        {(["zh-CN", "en"] as const).map((language) => (
          <Input
            key={language}
            size="small"
            prefix={<span className="gx-3 gx-s12">{language === "en" ? "EN" : "中"}</span>}
            value={section.label[language]}
            maxLength={60}
            aria-label={`${t("section_name")} ${language === "en" ? "EN" : "中"}`}
            onChange={(event) => onChange({ label: { ...section.label, [language]: event.target.value } })}
          />
        ))}
        <Segmented
          size="small"
          value={section.columns}
          options={[1, 2, 3]}
          aria-label={t("columns")}
          title={t("columns")}
          onChange={(columns) => onChange({ columns })}
        />
        <Checkbox checked={section.collapsed} onChange={(event) => onChange({ collapsed: event.target.checked })}>
          {t("collapsed")}
        </Checkbox>
        <Button
          type="text"
          size="small"
          icon={<Icon as={Trash2} size={14} />}
          aria-label={t("remove_section")}
          onClick={onRemove}
        />
      </div>
      <div ref={ref} className={styles.zone} data-columns={section.columns} data-over={isDropTarget}>
        {fields.length === 0 && <p className={styles.hint}>{t("empty_section")}</p>}
        {fields.map((key, i) => {
          const field = object.fields.find((each) => each.key === key);
          return (
            field && (
              <FieldChip key={key} field={field} index={i} group={section.id} placed onToggle={() => onToggle(key)} />
            )
          );
        })}
      </div>
    </section>
  );
}
