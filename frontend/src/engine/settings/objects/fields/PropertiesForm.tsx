import { Alert, App, Button, Select } from "antd";
import { useState } from "react";
import { useSchema } from "@/api";
import { useLabel } from "@/i18n";
import { Icon, problemText, useHotkey } from "@/kit";
import { isKnownType } from "../../../fields";
import type { Design, DesignField } from "../design";
import { useFieldKinds, useKindName } from "../design";
import { useT } from "../locales";
import { RemoveDialog } from "../RemoveDialog";
import { typeIcon } from "../type-icons";
import { ConfigPart } from "./ConfigPart";
import { ConflictNote } from "./ConflictNote";
import { DefaultValue } from "./DefaultValue";
import { FieldUsage } from "./FieldUsage";
import styles from "./fields.module.css";
import { NameInputs } from "./NameInputs";
import { OptionsEditor } from "./OptionsEditor";
import { Preview } from "./Preview";
import { ReviewRhythm } from "./ReviewRhythm";
import { Switches } from "./Switches";
import { TypeChange } from "./TypeChange";
import { useFieldDraft } from "./useFieldDraft";

interface Props {
  design: Design;
  field: DesignField;
  isNew: boolean;
  onClose: () => void;
  onCreated: (key: string) => void;
}

export function PropertiesForm({ design, field, isNew, onClose, onCreated }: Props) {
  const t = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const kinds = useFieldKinds();
  const kindName = useKindName();
  const { objects } = useSchema();
  const draft = useFieldDraft(design, field, isNew);
  const [dialog, setDialog] = useState<"remove" | "type" | null>(null);
  const { values, errors, set } = draft;
  const may = (setting: string) => values.settable.includes(setting);
  const kind = kinds.data?.find((each) => each.type === field.declared);
  const name = label(values.label);
  const saved = (key: string) => {
    message.success(t(isNew ? "props.added" : "props.saved", { name }));
    if (isNew) onCreated(key);
  };
  const unnamed = !values.label["zh-CN"].trim() && !values.label.en.trim();
  const save = () => draft.touched && !unnamed && !draft.saving && draft.save(saved);
  useHotkey("mod+enter", save);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <header className={styles.formHead}>
        <span className={styles.glyph}>
          <Icon as={typeIcon(field.declared)} />
        </span>
        <div>
          <h2 className="gx-cut">{name || t("props.newField")}</h2>
          <span className="gx-3 gx-s12">
            {kindName(field.declared)}
            {field.key && ` · ${field.key}`}
          </span>
        </div>
      </header>
      {draft.conflict && (
        <ConflictNote
          design={design}
          changes={draft.conflict}
          onMerge={() => draft.merge(saved)}
          onReload={draft.reload}
        />
      )}
      {draft.failure !== null && <Alert type="error" title={problemText(draft.failure)} />}
      <NameInputs values={values} errors={errors} onChange={set} isNew={isNew} help={may("help")} />
      {isNew && kind?.links && (
        <div className={styles.item}>
          <span>{t("props.target")}</span>
          <Select
            aria-label={t("props.target")}
            value={values.target ?? undefined}
            onChange={(target: string) => set({ target })}
            options={objects.map((object) => ({ value: object.key, label: label(object.label) }))}
            showSearch={{ optionFilterProp: "label" }}
            status={errors.target ? "error" : undefined}
          />
          {errors.target && <em>{errors.target}</em>}
        </div>
      )}
      {may("options") && (
        <OptionsEditor
          design={design}
          field={field}
          options={values.options ?? []}
          isNew={isNew}
          error={errors.options}
          onChange={(options) => set({ options })}
        />
      )}
      <ConfigPart
        type={field.declared}
        objectKey={design.key}
        config={values.config}
        errors={errors}
        disabled={!may("config")}
        onChange={(config) => set({ config })}
      />
      {isKnownType(field.declared) && <Preview field={values} />}
      {may("default") && (
        <DefaultValue field={values} error={errors.default} onChange={(value) => set({ default: value })} />
      )}
      {may("review_days") && (
        <ReviewRhythm
          days={values.review_days ?? 0}
          error={errors.review_days}
          onChange={(review_days) => set({ review_days })}
        />
      )}
      <Switches field={values} errors={errors} onChange={set} />
      {!isNew && (
        <FieldUsage
          design={design}
          field={field}
          hiding={values.hidden && !field.hidden}
          anyway={draft.anyway}
          onAnyway={draft.setAnyway}
        />
      )}
      <footer className={styles.foot}>
        {draft.touched && (
          <>
            <Button type="primary" htmlType="submit" loading={draft.saving} disabled={unnamed}>
              {t(isNew ? "props.add" : "props.save")}
            </Button>
            <Button onClick={isNew ? onClose : draft.revert}>{t("props.revert")}</Button>
          </>
        )}
        {!isNew && !draft.touched && (
          <>
            {field.convertible && <Button onClick={() => setDialog("type")}>{t("props.changeType")}</Button>}
            {field.custom ? (
              <Button danger type="text" onClick={() => setDialog("remove")}>
                {t("props.delete")}
              </Button>
            ) : (
              <span className="gx-3 gx-s12">{t("props.standard")}</span>
            )}
          </>
        )}
      </footer>
      {!isNew && (
        <RemoveDialog
          open={dialog === "remove"}
          design={design}
          field={field}
          onClose={() => setDialog(null)}
          onDone={onClose}
        />
      )}
      {dialog === "type" && <TypeChange design={design} field={field} onClose={() => setDialog(null)} />}
    </form>
  );
}
