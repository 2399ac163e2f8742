/** What one has changed of a field and not saved yet; how saving goes, and what a second administrator did meanwhile. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem } from "@/api";
import {
  createField,
  type Design,
  type DesignField,
  designQuery,
  type FieldPatch,
  type SchemaChange,
  saveField,
  useShaping,
} from "../design";

export interface FieldDraft {
  values: DesignField;
  touched: boolean;
  errors: Record<string, string>;
  conflict: SchemaChange[] | null;
  /** The server's problem that belongs to no setting. */
  failure: unknown;
  saving: boolean;
  /** Hide it although something uses it. */
  anyway: boolean;
  setAnyway: (anyway: boolean) => void;
  set: (patch: FieldPatch) => void;
  revert: () => void;
  save: (done: (key: string) => void) => void;
  /** Saves on top of what the other one did. */
  merge: (done: (key: string) => void) => void;
  reload: () => void;
}

export function useFieldDraft(design: Design, field: DesignField, isNew: boolean): FieldDraft {
  const client = useQueryClient();
  const [patch, setPatch] = useState<FieldPatch>({});
  const [anyway, setAnyway] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const write = useShaping(async (version: number) => {
    if (!isNew) {
      await saveField(design.key, field.key, version, patch, anyway);
      return field.key;
    }
    const before = new Set(design.fields.map((each) => each.key));
    const made = await createField(design.key, version, {
      type: field.type,
      label: field.label,
      section: field.section,
      ...patch,
    });
    return made.fields.find((each) => !before.has(each.key))?.key ?? "";
  });
  const send = (version: number, done: (key: string) => void) =>
    write.mutate(version, {
      onSuccess: (key) => {
        setPatch({});
        setAnyway(false);
        setFailure(null);
        done(key);
      },
      onError: setFailure,
    });
  const stale = isProblem(failure) && failure.code === "stale_version";
  const inSettings = isProblem(failure) ? failure.byField() : {};
  return {
    values: { ...field, ...patch } as DesignField,
    touched: isNew || Object.keys(patch).length > 0,
    errors: inSettings,
    conflict: stale ? ((failure.extra.changes as SchemaChange[] | undefined) ?? []) : null,
    failure: failure !== null && !stale && Object.keys(inSettings).length === 0 ? failure : null,
    saving: write.isPending,
    anyway,
    setAnyway,
    set: (more) => {
      setPatch((before) => ({ ...before, ...more }));
      setFailure(null);
    },
    revert: () => {
      setPatch({});
      setFailure(null);
    },
    save: (done) => send(design.version, done),
    merge: (done) => {
      void client
        .fetchQuery({ ...designQuery(design.key), staleTime: 0 })
        .then((fresh) => send(fresh.version, done), setFailure);
    },
    reload: () => {
      setPatch({});
      setFailure(null);
      void client.invalidateQueries({ queryKey: designQuery(design.key).queryKey });
    },
  };
}
