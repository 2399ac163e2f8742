import { Input, Segmented, Select } from "antd";
import { useState } from "react";
import type { ObjectSchema } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { FilterBuilder } from "../../views/filter/FilterBuilder";
import type { LayoutDraft } from "./draft";
import styles from "./layouts.module.css";
import { layoutsMessages } from "./messages";
import { useRoleChoices } from "./useRoleChoices";

interface Props {
  object: ObjectSchema;
  draft: LayoutDraft;
  onChange: (patch: Partial<LayoutDraft>) => void;
}

/** What a layout is called, whom and which records it serves, and the related lists of a page. */
export function LayoutScope({ object, draft, onChange }: Props) {
  const t = layoutsMessages.useT();
  const label = useLabel();
  const { byKey } = useSchema();
  const { choices } = useRoleChoices();
  const [some, setSome] = useState(draft.condition !== null);
  const pairs = object.related.map((each) => {
    const other = byKey.get(each.object);
    const field = other?.fields.find((one) => one.key === each.field);
    return {
      value: `${each.object}.${each.field}`,
      label: `${label(each.label)} · ${label(field?.label, each.field)}`,
      pair: { object: each.object, field: each.field },
    };
  });
  return (
    <div className={styles.scope}>
      {(["zh-CN", "en"] as const).map((language) => (
        <div key={language} className={styles.label}>
          {t(language === "en" ? "name_en" : "name_zh")}
          <Input
            aria-label={t(language === "en" ? "name_en" : "name_zh")}
            value={draft.name[language]}
            maxLength={100}
            onChange={(event) => onChange({ name: { ...draft.name, [language]: event.target.value } })}
          />
        </div>
      ))}
      <div className={styles.label}>
        {t("roles")}
        <Select<string[]>
          mode="multiple"
          value={draft.roles}
          onChange={(roles) => onChange({ roles })}
          placeholder={t("roles_all")}
          aria-label={t("roles")}
          options={choices}
        />
      </div>
      <div className={styles.label}>
        {t("when")}
        <Segmented
          value={some ? "some" : "all"}
          options={[
            { value: "all", label: t("all_records") },
            { value: "some", label: t("some_records") },
          ]}
          onChange={(way) => {
            setSome(way === "some");
            if (way === "all") onChange({ condition: null });
          }}
        />
        {some && (
          <FilterBuilder object={object} filter={draft.condition} onChange={(condition) => onChange({ condition })} />
        )}
      </div>
      {draft.kind === "page" && pairs.length > 0 && (
        <div className={styles.label}>
          {t("related")}
          <Segmented
            value={draft.related ? "own" : "auto"}
            options={[
              { value: "auto", label: t("related_auto") },
              { value: "own", label: t("related_own") },
            ]}
            onChange={(way) => onChange({ related: way === "own" ? [] : null })}
          />
          {draft.related && (
            <Select<string[]>
              mode="multiple"
              value={draft.related.map((each) => `${each.object}.${each.field}`)}
              onChange={(keys) =>
                onChange({ related: keys.flatMap((key) => pairs.find((each) => each.value === key)?.pair ?? []) })
              }
              options={pairs}
              placeholder={t("related_pick")}
              aria-label={t("related_pick")}
            />
          )}
        </div>
      )}
    </div>
  );
}
