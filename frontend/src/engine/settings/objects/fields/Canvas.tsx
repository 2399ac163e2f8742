import { Button } from "antd";
import { Plus } from "lucide-react";
import { Icon } from "@/kit";
import { movedSection, type Placed, type toBody } from "../arrangement";
import type { Design, DesignField } from "../design";
import { useT } from "../locales";
import styles from "./fields.module.css";
import { SectionCard } from "./SectionCard";

interface Props {
  design: Design;
  placed: Placed;
  selected: DesignField | null;
  draft: DesignField | null;
  busy: boolean;
  onSelect: (key: string | null) => void;
  onStep: (key: string, by: 1 | -1) => void;
  onSections: (sections: Parameters<typeof toBody>[0]) => void;
}

export function Canvas({ design, placed, selected, draft, busy, onSelect, onStep, onSections }: Props) {
  const t = useT();
  const { sections } = design;
  const byKey = new Map(design.fields.map((field) => [field.key, field]));
  return (
    <section className={styles.canvas} aria-label={t("canvas.label")} aria-busy={busy}>
      {sections.map((section, index) => (
        <SectionCard
          key={section.key}
          section={section}
          fields={(placed[section.key] ?? []).flatMap((key) => byKey.get(key) ?? [])}
          draft={draft?.section === section.key ? draft : null}
          selected={selected?.key ?? null}
          first={index === 0}
          last={index === sections.length - 1}
          onSelect={onSelect}
          onStep={onStep}
          onRename={(label) =>
            onSections(sections.map((each) => (each.key === section.key ? { ...each, label } : each)))
          }
          onMove={(by) => onSections(movedSection(sections, section.key, by))}
          onRemove={() => onSections(sections.filter((each) => each.key !== section.key))}
        />
      ))}
      <Button
        type="dashed"
        block
        icon={<Icon as={Plus} />}
        onClick={() => {
          const name = t("canvas.newSection");
          const at = sections.findIndex((section) => section.key === "system");
          const fresh = { label: { "zh-CN": name, en: name } };
          onSections(sections.toSpliced(at < 0 ? sections.length : at, 0, fresh as never));
        }}
      >
        {t("canvas.addSection")}
      </Button>
    </section>
  );
}
