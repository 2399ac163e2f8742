/** What the designer knows of an object, and the calls that change it. Every change says which version it is based on. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Field, type Id, keys, type Label, type ObjectSchema, type Option } from "@/api";
import { useLabel } from "@/i18n";

export interface DesignField extends Field {
  /** What an administrator chose; `type` is that of the result, for formulas. */
  declared: string;
  hidden: boolean;
  busy: boolean;
  settable: string[];
  convertible: boolean;
  options_source: string | null;
  /** Why its values cannot be encrypted, in both languages; null where they can. */
  why_plain?: Label | null;
}
export interface DesignSection {
  key: string;
  label: Label;
}
export interface SchemaTask {
  id: Id;
  kind: "unique" | "convert" | "replace_option" | "seal";
  object: string;
  field: string;
  status: "queued" | "running" | "done" | "failed";
  progress: { done: number; total: number };
  params: Record<string, unknown>;
  result: { count?: number; duplicates?: Duplicate[]; error?: string; lost?: number; kept?: number; changed?: number };
  finished_at: string | null;
}
export interface Duplicate {
  value: string;
  record: Id;
  title: string;
}
export const SEEN_BY = ["owner", "everyone", "everyone_edits"] as const;
export type SeenBy = (typeof SEEN_BY)[number];
export interface Design {
  key: string;
  version: number;
  label: Label;
  label_plural: Label;
  icon: string;
  color: string;
  group: ObjectSchema["group"];
  position: number;
  custom: boolean;
  /** Nobody's in particular (products): there is no owner to see by. */
  shared: boolean;
  seen_by: SeenBy;
  hidden: boolean;
  deprecated: boolean;
  title_field: string;
  sections: DesignSection[];
  fields: DesignField[];
  /** Null for who does not see them all. */
  records: number | null;
  in_bin: number;
  tasks: SchemaTask[];
}
export interface Usage {
  kind: string;
  label: Label;
  where: string;
  any_type: boolean;
  detachable: boolean;
}
export interface FieldKind {
  type: string;
  label: Label;
  help: Label;
  has_options: boolean;
  links: boolean;
  can_be_unique: boolean;
  can_be_searched: boolean;
  can_be_created: boolean;
  /** Values come of other fields: nobody fills it in. */
  derived?: boolean;
  /** Why values of the type cannot be encrypted; null where they can. */
  why_plain?: Label | null;
}
export interface BinEntry {
  kind: "object" | "field";
  object: string;
  object_label?: Label;
  field?: string;
  label: Label;
  deleted_at: string;
  deleted_by: { name: string } | null;
  kept_until: string;
}
export interface SchemaChange {
  version: number;
  field: string | null;
  action: string;
  changes: Record<string, [unknown, unknown]>;
  actor: { id: Id; name: string } | null;
  at: string;
}
export type FieldPatch = Partial<
  Pick<
    DesignField,
    | "label"
    | "help"
    | "required"
    | "unique"
    | "indexed"
    | "searchable"
    | "hidden"
    | "deprecated"
    | "sensitive"
    | "confidential"
    | "reveals"
    | "review_days"
    | "section"
    | "default"
    | "in_list"
    | "in_create"
    | "config"
  >
> & { options?: Partial<Option>[]; target?: string };

const path = (object: string) => `/meta/objects/${object}`;
const fieldPath = (object: string, field: string) => `${path(object)}/fields/${field}`;

export const designQuery = (object: string) =>
  queryOptions({
    queryKey: [...keys.schema, "design", object] as const,
    queryFn: ({ signal }) => api.get<Design>(`${path(object)}/design`, { signal }),
    staleTime: 5_000,
    refetchInterval: (query) => (query.state.data?.tasks.length ? 1_000 : false),
  });
export const useDesign = (object: string) => useQuery(designQuery(object));

const kindsQuery = queryOptions({
  queryKey: ["field-types"],
  queryFn: async ({ signal }) => (await api.get<{ data: FieldKind[] }>("/meta/field-types", { signal })).data,
  staleTime: Number.POSITIVE_INFINITY,
});
const creatable = (kinds: FieldKind[]) => kinds.filter((kind) => kind.can_be_created);

/** The types that a field of one's own can have. */
export const useFieldKinds = () => useQuery({ ...kindsQuery, select: creatable });

/** What a type is called, those of standard fields included. */
export function useKindName(): (type: string) => string {
  const label = useLabel();
  const { data } = useQuery(kindsQuery);
  return (type) => label(data?.find((kind) => kind.type === type)?.label, type);
}

export function useUsage(object: string, field?: string) {
  return useQuery({
    queryKey: [...keys.schema, "usage", object, field ?? ""],
    queryFn: ({ signal }) =>
      api.get<{ data: Usage[]; filled?: number | null; records?: number | null }>(
        `${field ? fieldPath(object, field) : path(object)}/usage`,
        { signal },
      ),
    staleTime: 0,
  });
}

export function useBin() {
  return useQuery({
    queryKey: [...keys.schema, "bin"],
    queryFn: async ({ signal }) => (await api.get<{ data: BinEntry[] }>("/meta/bin", { signal })).data,
  });
}

export const proposedKey = async (label: string, object?: string) =>
  (await api.get<{ key: string }>("/meta/key", { query: { label, object } })).key;

/** A change of the schema: whatever came of it, every screen asks again. */
export function useShaping<V, R = unknown>(run: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: keys.schema }),
  });
}

/** `although_used`: hides it from the places that use it, which would be refused otherwise. */
export const saveField = (object: string, field: string, version: number, patch: FieldPatch, although_used: boolean) =>
  api.patch<{ version: number; task: SchemaTask | null }>(fieldPath(object, field), patch, {
    version,
    query: { although_used: although_used || undefined },
  });
export const createField = (object: string, version: number, body: FieldPatch & { type: string; key?: string }) =>
  api.post<ObjectSchema>(`${path(object)}/fields`, { ...body, version });
export const deleteField = (object: string, field: string, version: number, detach: boolean) =>
  api.delete(fieldPath(object, field), { version, query: { detach } });
export const saveObject = (object: string, version: number, patch: object) =>
  api.patch<ObjectSchema>(path(object), patch, { version });
export const createObject = (body: object) => api.post<ObjectSchema>("/meta/objects", body);
export const deleteObject = (object: string, version: number, detach: boolean) =>
  api.delete(path(object), { version, query: { detach } });
export const restoreEntry = (entry: BinEntry) =>
  api.post(`${entry.kind === "field" ? fieldPath(entry.object, entry.field ?? "") : path(entry.object)}/restore`, {});
export const arrange = (object: string, version: number, sections: object[]) =>
  api.put<Design>(`${path(object)}/arrangement`, { sections }, { version });
export const replaceOption = (object: string, field: string, version: number, from: string, to: string) =>
  api.post<SchemaTask>(`${fieldPath(object, field)}/replace-option`, { from, to, version });
export const takeBack = (task: Id) => api.post<SchemaTask>(`/meta/tasks/${task}/take-back`, {});

export interface ConversionExample {
  record: Id;
  title: string;
  count: number;
  from: string;
  to: string | null;
  reason: string | null;
}
type Outcome = "kept" | "changed" | "lost";
export interface ConversionPreview {
  counts: Record<Outcome, number>;
  exact: boolean;
  examples: Record<Outcome, ConversionExample[]>;
  options: string[] | null;
  usages: Usage[];
  drops: string[];
  /** What goes with the whole of it: links, files. */
  loses: string | null;
}
export interface ConversionType {
  type: string;
  label: Label;
  has_options: boolean;
  links: boolean;
  /** Why no value can become this. */
  refused: string | null;
}
export const conversionTypes = (object: string, field: string) =>
  api.get<{ data: ConversionType[] }>(`${fieldPath(object, field)}/conversions`);
export const previewConversion = (object: string, field: string, body: object) =>
  api.post<ConversionPreview>(`${fieldPath(object, field)}/conversions/preview`, body);
export const startConversion = (object: string, field: string, version: number, body: object) =>
  api.post<SchemaTask>(`${fieldPath(object, field)}/conversions`, { ...body, version });
export const latestTasks = (object: string) => api.get<{ data: SchemaTask[] }>(`${path(object)}/tasks`);
