import { useEffect, useState } from "react";
import type { Field } from "@/api/types";
import { useLabel } from "@/i18n";
import { Tabs } from "@/kit";
import { useT } from "../messages";
import styles from "./form.module.css";
import type { PlacedSection, PlacedTab } from "./sections";

interface Props {
  tabs: PlacedTab[];
  item: (field: Field) => React.ReactNode;
  /** A field that must be in sight: what the summary of errors jumps to. */
  wanted?: string | null;
}

/** The sections of a form, under tabs where the layout has several. */
export function FormSections({ tabs, item, wanted }: Props) {
  const t = useT();
  const label = useLabel();
  const only = tabs.length === 1;
  const draw = (tab: PlacedTab) => (
    <div className={styles.form}>
      {tab.sections.map((section) => (
        <FormSection
          key={section.key}
          section={section}
          titled={!only || tab.sections.length > 1}
          item={item}
          wanted={section.fields.some((field) => field.key === wanted)}
        />
      ))}
    </div>
  );
  if (only && tabs[0]) return draw(tabs[0]);
  const open = tabs.find((tab) => tab.sections.some((s) => s.fields.some((field) => field.key === wanted)));
  return (
    <Tabs
      key={open?.key ?? "first"}
      first={open?.key}
      label={t("form.tabs")}
      items={tabs.map((tab, i) => ({
        key: tab.key,
        label: label(tab.label, String(i + 1)),
        children: draw(tab),
      }))}
    />
  );
}

interface SectionProps {
  section: PlacedSection;
  titled: boolean;
  item: (field: Field) => React.ReactNode;
  wanted: boolean;
}

function FormSection({ section, titled, item, wanted }: SectionProps) {
  const label = useLabel();
  const [open, setOpen] = useState(!section.collapsed);
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);
  const fields = (
    <div className={styles.fields} data-columns={section.columns}>
      {section.fields.map(item)}
    </div>
  );
  if (section.collapsed && section.label)
    return (
      <details className={styles.section} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{label(section.label)}</summary>
        {fields}
      </details>
    );
  return (
    <fieldset className={styles.section}>
      {section.label && titled && <legend>{label(section.label)}</legend>}
      {fields}
    </fieldset>
  );
}
