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
import { fieldsBySection, isEditable } from "./editable";
import { ConflictPanel } from "./form/ConflictPanel";
import { changesOf, conflictsOf } from "./form/conflicts";
import { DuplicateHints } from "./form/DuplicateHints";
import { ErrorSummary } from "./form/ErrorSummary";
import { FieldItem } from "./form/FieldItem";
import styles from "./form/form.module.css";
import { useDraft } from "./form/useDraft";
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
  const waiting = given !== undefined && open && !whole.error && (whole.isPlaceholderData || !whole.data);
  const initial = useMemo(() => record ?? { ...defaults(schema), ...initialValues }, [record, schema, initialValues]);
  const draft = useDraft(`guanxi.draft.${schema.key}.${record?.id ?? "new"}`, initial, open);
  const [failure, setFailure] = useState<unknown>(null);
  const [all, setAll] = useState(false);
  const key = useRef(crypto.randomUUID());
  const { values } = draft;
  const conflicts = record ? conflictsOf(record, draft.touched, draft.seen) : [];
  const shown = (field: Field) =>
    isEditable(schema, field) &&
    (record !== undefined || all || field.required || field.in_create || !isBlank(initialValues?.[field.key]));
  const sections = fieldsBySection(schema, shown);
  const hidden = !record && !all && schema.fields.some((field) => isEditable(schema, field) && !shown(field));
  const errors = isProblem(failure) ? failure.byField() : {};
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
    if (
      isProblem(error) &&
      error.errors.some((each) => !sections.some((section) => section.fields.some((field) => field.key === each.field)))
    )
      setAll(true);
    document.getElementById("form-errors")?.scrollIntoView({ block: "nearest" });
  };
  const save = (again = false) => {
    if (busy || waiting) return;
    if (conflicts.length) return document.getElementById("form-conflicts")?.focus();
    const options = { onSuccess: (done: RecordData) => saved(done, again), onError: refused };
    if (record) change(record);
    else create.mutate({ values: filled(values), key: key.current }, options);
  };
  /** What others changed elsewhere in the record stays; where it is the same field, a person decides. */
  const change = (latest: RecordData, tries = 2) =>
    update.mutate(
      { record: latest, values: changesOf(latest, draft.touched) },
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
  const jump = (field: string) =>
    document.getElementById(anchorOf(field))?.querySelector<HTMLElement>("input, textarea, [tabindex]")?.focus();
  const first = sections[0]?.fields[0]?.key;

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
        <DuplicateHints object={schema} values={values} ignore={record?.id} />
        {waiting && <Skeleton active title={false} paragraph={{ rows: 12 }} />}
        {(waiting ? [] : sections).map((section) => (
          <fieldset key={section.key} className={styles.section}>
            {section.label && sections.length > 1 && <legend>{label(section.label)}</legend>}
            <div className={styles.fields}>
              {section.fields.map((field) => (
                <FieldItem
                  key={field.key}
                  field={field}
                  anchor={anchorOf(field.key)}
                  value={values[field.key]}
                  error={errors[field.key]}
                  onChange={(value) => draft.change(field.key, value)}
                  autoFocus={field.key === first && !phone}
                  currency={currencyOf(field.config, record)}
                />
              ))}
            </div>
          </fieldset>
        ))}
        {hidden && (
          <Button type="text" onClick={() => setAll(true)}>
            {t("form.all_fields")}
          </Button>
        )}
      </div>
    </Drawer>
  );
}

const anchorOf = (field: string): string => `form-field-${field}`;

function defaults(object: ObjectSchema): Values {
  return Object.fromEntries(
    object.fields.filter((field) => !isBlank(field.default)).map((field) => [field.key, field.default]),
  );
}

const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(value)));
