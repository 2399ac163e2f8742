/**
 * Edits one field where it stands. Saves on Enter, on leaving or on choosing (as the type says); Escape puts back.
 * When someone else changed the record meanwhile, what one typed stays and both values are shown to choose from.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import { api } from "@/api/http";
import { keys } from "@/api/keys";
import { isProblem } from "@/api/problem";
import type { Field, ObjectSchema, RecordData } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldEdit, FieldRead, moduleOf } from "../fields";
import { currencyOf } from "../fields/money/currency";
import { patchRecord } from "./cache";
import { same } from "./form/conflicts";
import { ruledField, useFormState } from "./form/useFormState";
import { useT } from "./messages";
import styles from "./records.module.css";
import { refusalText } from "./refusal";
import { useUpdateRecord } from "./useRecord";

interface Props {
  object: ObjectSchema;
  record: RecordData;
  field: Field;
  place: "cell" | "page";
  onDone: () => void;
}

export function InlineEditor({ object, record, field: declared, place, onDone }: Props) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const update = useUpdateRecord(record.object);
  const box = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<unknown>(record[declared.key] ?? null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<RecordData | null>(null);
  const { state } = useFormState(object, {}, { record, open: true });
  const field = ruledField(declared, state, record[declared.key]);
  const module = moduleOf(field);
  const busy = useRef(false);
  const seen = useRef(record[field.key]);

  const save = (value: unknown, against: RecordData = theirs ?? record) => {
    if (busy.current) return;
    if (same(value, against[field.key])) return onDone();
    // The page already shows what someone else wrote meanwhile: that is asked about, not written over.
    if (!theirs && !same(against[field.key], seen.current))
      return same(value, seen.current) ? onDone() : setTheirs(against);
    busy.current = true;
    setRefusal(null);
    update.mutate(
      { record: against, values: { [field.key]: value } },
      {
        onSuccess: onDone,
        onError: (error) => void explain(error, value),
        onSettled: () => {
          busy.current = false;
        },
      },
    );
  };

  const explain = async (error: unknown, value: unknown) => {
    if (isProblem(error) && error.code === "stale_version") {
      const latest = await api.get<RecordData>(`/${record.object}/${record.id}`);
      patchRecord(client, record.object, record.id, (shown) => ({ ...shown, ...latest }));
      client.setQueryData(keys.record(record.object, record.id), latest);
      // Another field was changed: that change stays, and this one goes on top of it.
      if (same(latest[field.key], seen.current)) save(value, latest);
      else setTheirs(latest);
      return;
    }
    const own = isProblem(error) ? error.byField()[field.key] : undefined;
    setRefusal(own ?? refusalText(object, error, label));
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone();
    } else if (event.key === "Enter" && (!module.multiline || event.metaKey || event.ctrlKey)) {
      if (module.commit === "leave" && !(event.target as HTMLElement).closest('[aria-expanded="true"]')) {
        event.preventDefault();
        event.stopPropagation();
        save(draft);
      }
    }
  };

  const onBlur = (event: React.FocusEvent) => {
    const next = event.relatedTarget as Node | null;
    if (theirs || refusal) return;
    if (next && (box.current?.contains(next) || inPopup(next))) return;
    // A popup takes the focus without being inside; only a real leaving saves.
    setTimeout(() => {
      if (box.current && !box.current.contains(document.activeElement) && !inPopup(document.activeElement)) save(draft);
    }, 120);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what its editor does
    <div
      ref={box}
      className={place === "cell" ? styles.cellEditor : styles.pageEditor}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <FieldEdit
        field={field}
        value={draft}
        onChange={(value) => {
          setDraft(value);
          setRefusal(null);
          if (module.commit === "change") save(value);
        }}
        place={place}
        autoFocus
        invalid={refusal !== null}
        currency={currencyOf(field.config, record)}
      />
      {refusal && (
        <div className={styles.refusal} role="alert">
          {refusal}
        </div>
      )}
      {theirs && (
        <div className={styles.conflict} role="alert">
          <p>{t("conflict.said", { name: theirs.updated_by?.name ?? t("conflict.someone") })}</p>
          <dl>
            <dt>{t("conflict.theirs")}</dt>
            <dd>
              <FieldRead field={field} value={theirs[field.key]} record={theirs} />
            </dd>
            <dt>{t("conflict.yours")}</dt>
            <dd>
              <FieldRead field={field} value={draft} record={record} />
            </dd>
          </dl>
          <div className={styles.row}>
            <Button type="primary" size="small" onClick={() => save(draft, theirs)}>
              {t("conflict.keep_mine")}
            </Button>
            <Button size="small" onClick={onDone}>
              {t("conflict.keep_theirs")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function inPopup(node: Node | null): boolean {
  return (
    node instanceof Element &&
    node.closest(".ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-popover") !== null
  );
}
