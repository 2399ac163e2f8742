// biome-ignore-all lint/a11y/useSemanticElements: a group of buttons is no fieldset of a form
import { App, Button, Input } from "antd";
import { useRef, useState } from "react";
import { isProblem } from "@/api/problem";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useSchema } from "@/api/useSchema";
import { useLabel } from "@/i18n";
import { Icon, Kbd, objectIcon, problemText } from "@/kit";
import { FieldEdit, isBlank } from "../fields";
import styles from "./composer.module.css";
import { isEditable } from "./editable";
import { useT } from "./messages";
import { activitiesOf, asLink, linkTo } from "./meta";
import { useCreateRecord } from "./useRecord";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  /** Big targets and one full-width button. */
  phone?: boolean;
  onSaved?: () => void;
}

/** Writes down what happened in ten seconds: kind, words, one or two facts, saved with ⌘Enter. */
export function Composer({ object, record, phone = false, onSaved }: Props) {
  const t = useT();
  const label = useLabel();
  const { objects } = useSchema();
  const kinds = activitiesOf(object, objects);
  const [key, setKey] = useState(kinds[0]?.key ?? "");
  const kind = kinds.find((each) => each.key === key) ?? kinds[0];
  if (!kind) return null;
  return (
    <section className={phone ? styles.phone : styles.composer} aria-label={t("composer.label")}>
      <div className={styles.kinds} role="group" aria-label={t("composer.kind")}>
        {kinds.map((each) => (
          <button key={each.key} type="button" aria-pressed={each === kind} onClick={() => setKey(each.key)}>
            <Icon as={objectIcon(each.icon, each.key)} size={phone ? 20 : 14} />
            {label(each.label)}
          </button>
        ))}
      </div>
      <Entry key={kind.key} kind={kind} object={object} record={record} phone={phone} onSaved={onSaved} />
    </section>
  );
}

function Entry({ kind, object, record, phone, onSaved }: Props & { kind: ObjectSchema }) {
  const t = useT();
  const label = useLabel();
  const { message } = App.useApp();
  const create = useCreateRecord(kind.key);
  const [text, setText] = useState("");
  const [values, setValues] = useState<Record<string, unknown>>(() => defaults(kind));
  const [refusal, setRefusal] = useState<string | null>(null);
  const attempt = useRef(crypto.randomUUID());
  const parts = partsOf(kind, object);
  const save = () => {
    const words = text.trim();
    if (!words || create.isPending) return;
    const link = linkTo(kind, object);
    const body: Record<string, unknown> = { ...values, ...written(parts, words) };
    if (link) body[link.key] = asLink(record);
    for (const shared of sharedLinks(kind, object, record)) body[shared.key] ??= shared.value;
    create.mutate(
      { values: body, key: attempt.current },
      {
        onSuccess: () => {
          attempt.current = crypto.randomUUID();
          setText("");
          setValues(defaults(kind));
          setRefusal(null);
          message.success(t("composer.saved"));
          onSaved?.();
        },
        onError: (error) => setRefusal((isProblem(error) && error.errors[0]?.message) || problemText(error)),
      },
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: ⌘Enter saves from any field inside
    <div
      className={styles.entry}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          save();
        }
      }}
    >
      <Input.TextArea
        variant="borderless"
        autoSize={{ minRows: phone ? 3 : 2, maxRows: 10 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("composer.placeholder", { kind: label(kind.label) })}
        aria-label={t("composer.words", { kind: label(kind.label) })}
        autoFocus={phone}
      />
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={styles.foot}>
        {parts.facts.map((field) => (
          <span key={field.key} className={styles.fact}>
            {phone && <span className="gx-s12 gx-3">{label(field.label)}</span>}
            <Fact
              field={field}
              value={values[field.key]}
              phone={phone}
              onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            />
          </span>
        ))}
        <Button
          className={styles.save}
          type="primary"
          size={phone ? "large" : "small"}
          block={phone}
          disabled={!text.trim()}
          loading={create.isPending}
          onClick={save}
        >
          {t("form.save")} {!phone && <Kbd>mod+enter</Kbd>}
        </Button>
      </div>
    </div>
  );
}

interface FactProps {
  field: Field;
  value: unknown;
  phone?: boolean;
  onChange: (value: unknown) => void;
}

/** On the phone short choices are buttons for the thumb; else the field's own editor. */
function Fact({ field, value, phone, onChange }: FactProps) {
  const label = useLabel();
  if (phone && field.type === "select" && (field.options?.length ?? 0) <= 6) {
    return (
      <span className={styles.thumbs} role="group" aria-label={label(field.label)}>
        {field.options?.map((option) => (
          <button
            key={option.value}
            type="button"
            aria-pressed={value === option.value}
            onClick={() => onChange(value === option.value ? null : option.value)}
          >
            {label(option.label)}
          </button>
        ))}
      </span>
    );
  }
  return (
    <span
      className={styles.editor}
      title={label(field.label)}
      data-label={isBlank(value) ? label(field.label) : undefined}
    >
      <FieldEdit field={field} value={value} onChange={onChange} place="form" />
    </span>
  );
}

interface Parts {
  body: Field | undefined;
  title: Field | undefined;
  facts: Field[];
}

function partsOf(kind: ObjectSchema, about: ObjectSchema): Parts {
  const editable = kind.fields.filter((field) => isEditable(kind, field));
  const body = editable.find((field) => field.type === "long_text" || field.type === "rich_text");
  const title = editable.find((field) => field.key === kind.title_field);
  const facts = editable.filter(
    (field) =>
      field !== body &&
      field !== title &&
      field.target !== about.key &&
      (field.required || field.in_create) &&
      (field.type === "select" || field.type === "datetime" || field.type === "date") &&
      !(field.type === "select" && field.default !== null && !field.required),
  );
  return { body, title, facts: facts.slice(0, 2) };
}

/** The first line is the title where the kind wants one, all of it the body. */
function written({ body, title }: Parts, words: string): Record<string, unknown> {
  const [first = ""] = words.split("\n");
  const values: Record<string, unknown> = {};
  if (title && (title.required || !body)) values[title.key] = first.slice(0, 120);
  const rest = words === first.slice(0, 120);
  if (body && (!title?.required || body.required || !rest)) values[body.key] = words;
  return values;
}

function defaults(kind: ObjectSchema): Record<string, unknown> {
  return Object.fromEntries(
    kind.fields
      .filter((field) => !isBlank(field.default) && isEditable(kind, field))
      .map((field) => [field.key, field.default]),
  );
}

/** A call about a deal is about the deal's customer too: links both have are filled in. */
function sharedLinks(kind: ObjectSchema, object: ObjectSchema, record: RecordData): { key: string; value: unknown }[] {
  return kind.fields
    .filter((field) => field.type === "link" && field.target !== object.key && isEditable(kind, field))
    .flatMap((field) => {
      const own = object.fields.find(
        (each) => each.key === field.key && each.type === "link" && each.target === field.target,
      );
      const value = own && record[own.key];
      return value ? [{ key: field.key, value }] : [];
    });
}
