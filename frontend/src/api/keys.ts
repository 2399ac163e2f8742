/** Query keys: one place, so that the stream can invalidate what changed and nothing else. */
import type { GroupQuery, RecordQuery } from "./types";

export const keys = {
  me: ["me"] as const,
  setup: ["setup"] as const,
  schema: ["schema"] as const,
  pipelines: (object: string) => ["pipelines", object] as const,
  /** Rules on fields, validations and layouts of an object, as administrators keep them. */
  rulings: (object: string, kind: string) => ["rulings", object, kind] as const,
  members: (filter?: object) => (filter ? (["members", filter] as const) : (["members"] as const)),
  teams: ["teams"] as const,
  workspace: ["workspace"] as const,
  tokens: ["tokens"] as const,
  views: (object: string) => ["views", object] as const,
  notices: ["notices"] as const,
  search: (q: string, objects?: string) => ["search", q, objects ?? ""] as const,
  imports: ["imports"] as const,
  import: (id: string) => ["imports", id] as const,

  /** Everything about one object's records; invalidating it refreshes lists, boards, groups and open records. */
  records: (object: string) => ["records", object] as const,
  list: (object: string, query: RecordQuery) => ["records", object, "list", query] as const,
  groups: (object: string, query: GroupQuery) => ["records", object, "groups", query] as const,
  report: (object: string, asked: object) => ["records", object, "report", asked] as const,
  record: (object: string, id: string) => ["records", object, "one", id] as const,
  timeline: (object: string, id: string, kinds?: string) => ["records", object, "timeline", id, kinds ?? ""] as const,
  /** The layout that serves a record; rules follow its values, so it is asked anew for every version. */
  layout: (object: string, id: string, version: number, kind: string) =>
    ["records", object, "layout", id, version, kind] as const,
  /** What a form is told of a draft. */
  draft: (object: string, id: string, version: number, values: string) =>
    ["draft", object, id, version, values] as const,
  history: (object: string, id: string, field?: string) =>
    field ? (["records", object, "history", id, field] as const) : (["records", object, "history", id] as const),
};
