/**
 * The form of any object, drawn from its metadata: to create, or to edit the record it is given.
 *
 * The server's rules decide; its errors stand at their fields and in a summary that jumps to them. A draft survives a
 * reload. ⌘Enter saves.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Button, Drawer, Skeleton } from "antd";
import { useMemo, useRef, useState } from "react";
import { api } from "@/api/http";
import { isProblem } from "@/api/problem";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useObject } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Kbd, useIsPhone } from "@/kit";
import { isBlank } from "../fields";
import { currencyOf } from "../fields/money/currency";
import { patchRecord } from "./cache";
import { isEditable } from "./editable";
import { ConflictPanel } from "./form/ConflictPanel";
import { changesOf, conflictsOf } from "./form/conflicts";
import { ErrorSummary } from "./form/ErrorSummary";
import { FieldItem } from "./form/FieldItem";
import { FormHints } from "./form/FormHints";
import { FormSections } from "./form/FormSections";
import styles from "./form/form.module.css";
import { fieldsOf, placed } from "./form/sections";
import { useDraft } from "./form/useDraft";
import { ruledField, useFormState } from "./form/useFormState";
import { below, blanked, defaults, filled, isRuleOn, ruleDefaults, told } from "./form/values";
import { useT } from "./messages";
import { useCreateRecord, useRecord, useUpdateRecord, type Values } from "./useRecord";
import { useUndoToast } from "./useUndoToast";

interface Props {
  object: string;
  initialValues?: Values;
  /** Edits this record instead of creating one. */
  record?: RecordData;
  open: boolean;
  onClose: () => void;
  onCreated?: (record: RecordData) => void;
}

export function RecordFormDrawer(props: Props) {
  const object = useObject(props.object);
  if (!object) return null;
  return <FormDrawer {...props} schema={object} />;
}

function FormDrawer({
  schema,
  initialValues,
  record: given,
  open,
  onClose,
  onCreated,
}: Props & { schema: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const phone = useIsPhone();
  const toast = useUndoToast();
  const create = useCreateRecord(schema.key);
  const update = useUpdateRecord(schema.key);
  const client = useQueryClient();
  // A list hands over the columns it shows; what is edited is the whole record as it is now.
  const whole = useRecord(schema.key, open ? given?.id : null, given);
  const record = given && (whole.data ?? given);
  const initial = useMemo(() => record ?? { ...defaults(schema), ...initialValues }, [record, schema, initialValues]);
  const draft = useDraft(`${schema.key}.${record?.id ?? "new"}`, initial, open);
  const typed = record ? draft.touched : { ...initialValues, ...draft.touched };
  const { state, asking } = useFormState(schema, typed, { record, open });
  const loading = given !== undefined && open && !whole.error && (whole.isPlaceholderData || !whole.data);
  const waiting = loading || asking;
  const [failure, setFailure] = useState<unknown>(null);
  const [all, setAll] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const key = useRef(crypto.randomUUID());
  const values = record ? draft.values : { ...draft.values, ...ruleDefaults(state), ...typed };
  const conflicts = record ? conflictsOf(record, draft.touched, draft.seen) : [];
  const ruled = (field: Field) => ruledField(field, state, values[field.key]);
  const stateOf = (field: Field) => state?.fields[field.key];
  // What one sees masked stands where it always stands, locked, so that nobody takes it for empty.
  const masked = (field: Field) => Boolean(record && schema.can.edit && field.masked && !isBlank(record[field.key]));
  const inForm = (field: Field) => (isEditable(schema, field) || masked(field)) && stateOf(field)?.visible !== false;
  const shown = (field: Field) =>
    inForm(field) &&
    (record !== undefined ||
      all ||
      Boolean(state?.layout?.id) ||
      stateOf(field) !== undefined ||
      field.required ||
      field.in_create ||
      !isBlank(initialValues?.[field.key]));
  const tabs = placed(schema, state?.layout, shown, (field) => inForm(field) && (all || ruled(field).required));
  const inSight = fieldsOf(tabs);
  const hidden = !record && !all && schema.fields.some((field) => inForm(field) && !inSight.includes(field));
  const errors: Record<string, string> = {
    ...told(state?.errors.filter((each) => each.code === "option_not_allowed" || isRuleOn(each, draft.touched))),
    ...(isProblem(failure) ? failure.byField() : {}),
  };
  const warnings = Object.keys(draft.touched).length ? told(state?.warnings) : {};
  const busy = create.isPending || update.isPending;
  const title = record ? t("form.edit", { name: record.title }) : t("form.new", { name: label(schema.label) });

  const close = () => {
    setFailure(null);
    onClose();
  };
  const saved = (done: RecordData, again: boolean) => {
    draft.forget();
    setFailure(null);
    key.current = crypto.randomUUID();
    if (record) toast(t("form.saved", { name: done.title }));
    else if (onCreated) onCreated(done);
    else toast(t("form.created", { name: done.title }));
    if (!again) onClose();
  };
  const refused = (error: unknown) => {
    setFailure(error);
    // What the server names must be on screen to be put right.
    if (isProblem(error) && error.errors.some((each) => !inSight.some((field) => field.key === topOf(each.field))))
      setAll(true);
    document.getElementById("form-errors")?.scrollIntoView({ block: "nearest" });
  };
  const save = (again = false) => {
    if (busy || waiting) return;
    if (conflicts.length) return document.getElementById("form-conflicts")?.focus();
    const options = { onSuccess: (done: RecordData) => saved(done, again), onError: refused };
    if (record) change(record);
    else create.mutate({ values: kept({ ...filled(values), ...blanked(draft.touched) }), key: key.current }, options);
  };
  /** What others changed elsewhere in the record stays; where it is the same field, a person decides. */
  const change = (latest: RecordData, tries = 2) =>
    update.mutate(
      { record: latest, values: kept(changesOf(latest, draft.touched)) },
      {
        onSuccess: (done) => saved(done, false),
        onError: async (error) => {
          if (!isProblem(error) || error.code !== "stale_version" || tries === 0) return refused(error);
          const fresh = await api.get<RecordData>(`/${schema.key}/${latest.id}`).catch(() => null);
          if (!fresh) return refused(error);
          patchRecord(client, schema.key, fresh.id, (shown) => ({ ...shown, ...fresh }));
          if (conflictsOf(fresh, draft.touched, draft.seen).length === 0) change(fresh, tries - 1);
        },
      },
    );
  /** What one typed into a field that rules then hid or locked is not sent. */
  const kept = (given: Values): Values =>
    Object.fromEntries(
      Object.entries(given).filter(([field]) => {
        const found = state?.fields[field];
        return !found || (!found.readonly && (found.visible || !(field in draft.touched)));
      }),
    );
  const jump = (field: string) => {
    setWanted(topOf(field));
    requestAnimationFrame(() =>
      document
        .getElementById(anchorOf(topOf(field)))
        ?.querySelector<HTMLElement>("input, textarea, [tabindex]")
        ?.focus(),
    );
  };
  const first = inSight.find((field) => !field.masked)?.key;

  return (
    <Drawer
      open={open}
      onClose={close}
      title={title}
      size={phone ? "100%" : 560}
      destroyOnHidden
      footer={
        <div className={styles.footer}>
          {draft.restored && (
            <Button type="text" onClick={draft.forget}>
              {t("form.discard")}
            </Button>
          )}
          <span className={styles.grow} />
          {!record && !phone && (
            <Button onClick={() => save(true)} disabled={busy}>
              {t("form.save_new")}
            </Button>
          )}
          <Button type="primary" size={phone ? "large" : "middle"} block={phone} onClick={() => save()} loading={busy}>
            {t("form.save")} {!phone && <Kbd>mod+enter</Kbd>}
          </Button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: ⌘Enter saves from any field inside */}
      <div
        className={styles.form}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            save();
          }
        }}
      >
        {draft.restored && <p className={styles.note}>{t("form.restored")}</p>}
        {failure !== null && <ErrorSummary failure={failure} schema={schema} onJump={jump} />}
        {record && conflicts.length > 0 && (
          <ConflictPanel
            schema={schema}
            latest={record}
            mine={draft.touched}
            fields={conflicts}
            onKeepMine={draft.keepMine}
            onKeepTheirs={draft.drop}
          />
        )}
        <FormHints object={schema} values={values} ignore={record?.id} />
        {waiting && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
        {!waiting && (
          <FormSections
            tabs={tabs}
            wanted={wanted}
            item={(field) => (
              <FieldItem
                key={field.key}
                field={ruled(field)}
                anchor={anchorOf(field.key)}
                value={values[field.key]}
                error={errors[field.key]}
                errors={below(errors, field.key)}
                warning={warnings[field.key]}
                locked={field.masked || stateOf(field)?.readonly}
                onChange={(value) => draft.change(field.key, value)}
                autoFocus={field.key === first && !phone}
                currency={currencyOf(field.config, record)}
              />
            )}
          />
        )}
        {hidden && (
          <Button type="text" onClick={() => setAll(true)}>
            {t("form.all_fields")}
          </Button>
        )}
      </div>
    </Drawer>
  );
}

const topOf = (path: string): string => path.split(".")[0] ?? path;
const anchorOf = (field: string): string => `form-field-${field}`;
