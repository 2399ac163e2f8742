import { Alert, Select } from "antd";
import { useState } from "react";
import type { Field, ObjectSchema } from "@/api/types";
import { useLabel } from "@/i18n";
import { Tabs, useFormat } from "@/kit";
import { FieldEdit, FieldRead } from "../../fields";
import { type PlacedTab, placed } from "../../records/form/sections";
import { useRecord } from "../../records/useRecord";
import { linkField } from "../rules/link-field";
import { useRulingPreview } from "../rules/queries";
import { type LayoutDraft, shownOf, toBody } from "./draft";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";
import { useRoleChoices } from "./useRoleChoices";

/** The layout with the values of a chosen record, as somebody of a role would meet it. */
export function LayoutPreview({ object, draft }: { object: ObjectSchema; draft: LayoutDraft }) {
  const t = layoutsMessages.useT();
  const label = useLabel();
  const format = useFormat();
  const { choices, nameOf } = useRoleChoices();
  const [chosen, setChosen] = useState<{ id: string; title: string } | null>(null);
  const [role, setRole] = useState("member");
  const { data: record } = useRecord(object.key, chosen?.id);
  const { data: told } = useRulingPreview<{ missing: string[] }>(
    object.key,
    "layouts",
    draft.kind === "form" && draft.name["zh-CN"] ? JSON.stringify(toBody(draft)) : null,
  );
  const tabs = placed(object, shownOf(draft), () => true);
  const names = (told?.missing ?? []).map((key) => label(object.fields.find((each) => each.key === key)?.label, key));
  const serves = draft.roles.length === 0 || draft.roles.includes(role);
  const draw = (tab: PlacedTab) =>
    tab.sections.map((section) => (
      <div key={section.key} className={styles.previewSection}>
        {section.label && <h4>{label(section.label)}</h4>}
        <dl data-columns={section.columns}>
          {section.fields.map((field: Field) => (
            <div key={field.key}>
              <dt>
                {label(field.label, field.key)}
                {field.required && <span className={styles.star}>*</span>}
              </dt>
              <dd>
                {record ? (
                  <FieldRead field={field} value={record[field.key]} record={record} />
                ) : (
                  <span className={styles.blank} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    ));
  return (
    <section className={styles.preview} aria-label={t("preview")}>
      <h3>{t("preview")}</h3>
      <div className={styles.previewTools}>
        <FieldEdit
          field={linkField(object, t("preview_record"))}
          value={chosen}
          onChange={(next) => setChosen(next as { id: string; title: string } | null)}
          place="form"
        />
        <Select<string> value={role} onChange={setRole} aria-label={t("preview_role")} options={choices} />
      </div>
      {names.length > 0 && <Alert type="warning" title={t("missing", { fields: format.list(names) })} />}
      {serves ? (
        <div className={styles.sheet}>
          {tabs.length > 1 ? (
            <Tabs
              label={t("preview")}
              items={tabs.map((tab, i) => ({
                key: tab.key,
                label: label(tab.label, String(i + 1)),
                children: draw(tab),
              }))}
            />
          ) : (
            tabs.map(draw)
          )}
        </div>
      ) : (
        <p className={styles.hint}>{t("not_for_role", { role: nameOf(role) })}</p>
      )}
    </section>
  );
}
