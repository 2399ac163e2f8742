/** The shapes of docs/reference/http-api.md. Records and metadata stay described here: they are data, not endpoints. */

export interface Label {
  "zh-CN": string;
  en: string;
}

export type Id = string;
export type Role = "admin" | "manager" | "member" | "read_only" | "limited";
export type ThemeChoice = "light" | "dark" | "system";

export interface Ref {
  id: Id;
  name: string;
}
export interface LinkRef {
  id: Id;
  title: string;
  object: string;
}
export interface FileRef {
  id: Id;
  name: string;
  size: number;
  type: string;
  url: string;
}
export interface AddressValue {
  country?: string;
  province?: string;
  city?: string;
  district?: string;
  street?: string;
  postcode?: string;
  text?: string;
}
export interface LocationValue {
  lat: number;
  lng: number;
  text?: string;
}

export interface Count {
  value: number;
  exact: boolean;
}
export interface PageInfo {
  next: string | null;
  count: Count | null;
}
export interface Page<T> {
  data: T[];
  page: PageInfo;
}

export interface Me {
  user: { id: Id; name: string; email: string; locale: "zh-CN" | "en"; theme: ThemeChoice; preferences: Preferences };
  workspace: Workspace & { schema_version: number; has_sample: boolean };
  role: Role;
  /** Keys of the roles that one has besides. */
  extra_roles: string[];
  /** The parts of the settings that are open to me. */
  areas: string[];
  team: Ref | null;
  workspaces: { id: Id; name: string; slug: string; role: Role }[];
  can: { settings: boolean; members: boolean; import: boolean; export: boolean };
  /** As whom I look (a person, or roles), until when, and who I am. */
  viewing: { name: string; user: Id | null; roles: string[]; until: string; by: Ref } | null;
}
/** Free-form, merged by PATCH /me: the web app keeps layout choices here. */
export type Preferences = Record<string, unknown>;

export interface Workspace {
  id: Id;
  name: string;
  slug: string;
  time_zone: string;
  currency: string;
  locale: "zh-CN" | "en";
  member_scope?: "own" | "team";
}

export interface Member {
  id: Id;
  member_id: Id;
  name: string;
  email: string;
  role: Role;
  extra_roles: string[];
  team: Ref | null;
  manager: Ref | null;
  status: "active" | "invited" | "disabled";
  last_seen_at: string | null;
}
export interface Team {
  id: Id;
  name: string;
  parent: Id | null;
  manager: Ref | null;
  member_count: number;
}
export interface ApiToken {
  id: Id;
  name: string;
  scopes: ("read" | "write")[];
  expires_at: string | null;
  last_used_at: string | null;
  prefix: string;
  token?: string;
}

export type FieldTypeName =
  | "text"
  | "long_text"
  | "rich_text"
  | "number"
  | "decimal"
  | "money"
  | "percent"
  | "boolean"
  | "date"
  | "datetime"
  | "time"
  | "select"
  | "stage"
  | "multi_select"
  | "tags"
  | "user"
  | "team"
  | "link"
  | "links"
  | "email"
  | "phone"
  | "url"
  | "address"
  | "location"
  | "file"
  | "files"
  | "image"
  | "rating"
  | "serial"
  | "tax_number"
  | "json"
  | "sub_table";

export type StageKind = "open" | "won" | "lost";

export interface Option {
  value: string;
  label: Label;
  color?: string | null;
  kind?: StageKind;
  probability?: number;
  expected_days?: number | null;
  pipeline?: string;
  /** The stage whose checklist it stands on. */
  stage?: string;
  /** Records keep it; nobody chooses it any more. */
  retired?: boolean;
}

export interface Field {
  key: string;
  /** One of FieldTypeName today; a newer server may know more. */
  type: FieldTypeName | (string & {});
  /** What an administrator chose where `type` is that of the result: formula, lookup, rollup. */
  declared?: string;
  /** All its values are being rewritten: by which task. */
  busy?: string | boolean;
  label: Label;
  help: Label | null;
  required: boolean;
  unique: boolean;
  indexed: boolean;
  searchable: boolean;
  readonly: boolean;
  system: boolean;
  custom: boolean;
  deprecated?: boolean;
  sensitive?: boolean;
  confidential?: boolean;
  reveals?: boolean;
  /** Stored encrypted: found by equal values alone. */
  encrypted?: boolean;
  /** After so many days a value is to be confirmed again; 0: never. */
  review_days?: number;
  /** One sees its shape, not its value. */
  masked?: boolean;
  section: string | null;
  default: unknown;
  in_list: boolean;
  in_create: boolean;
  position: number;
  options: Option[] | null;
  target: string | null;
  config: Record<string, unknown>;
  operators: string[];
  sortable: boolean;
  groupable: boolean;
  measures: string[];
  /** Coarser groups of its values: periods of dates, levels of regions. */
  buckets?: string[];
}

export type ObjectGroup =
  | "customers"
  | "sales"
  | "money"
  | "activities"
  | "catalogue"
  | "service"
  | "marketing"
  | "insight"
  | "other";

export interface ObjectSchema {
  key: string;
  label: Label;
  label_plural: Label;
  icon: string;
  color: string | null;
  group: ObjectGroup;
  custom: boolean;
  /** Who sees records of others, where a role does not say. */
  seen_by?: "owner" | "everyone" | "everyone_edits";
  /** In no menu. */
  hidden?: boolean;
  /** Takes no new records. */
  deprecated?: boolean;
  /** Its records are lines inside those of another object. */
  line_of?: { object: string; field: string } | null;
  title_field: string;
  position: number;
  timeline: boolean;
  board_fields: string[];
  fields: Field[];
  sections: { key: string; label: Label }[];
  related: { object: string; field: string; label: Label }[];
  actions: ActionSchema[];
  /** Rules on fields or validations: forms ask what they make of what one types. */
  has_rules?: boolean;
  /** The kinds of layout somebody has made. */
  has_layouts?: ("form" | "page")[];
  can: { create: boolean; edit: boolean; delete: boolean; import: boolean; export: boolean; bulk: boolean };
}
export interface LayoutSection {
  key: string;
  label: Label | null;
  columns: number;
  collapsed: boolean;
  fields: string[];
}
export interface LayoutTab {
  key: string;
  label: Label | null;
  sections: LayoutSection[];
}
export interface ShownLayout {
  id: Id | null;
  kind: "form" | "page";
  name: Label | null;
  tabs: LayoutTab[];
  /** The related lists in order; null: all of them. */
  related: { object: string; field: string }[] | null;
}
/** A field of a draft: only those that a rule is on or that are computed are told. */
export interface FieldState {
  visible: boolean;
  required: boolean;
  readonly: boolean;
  options?: string[];
  default?: unknown;
  value?: unknown;
}
export interface FieldComplaint {
  field: string;
  code: string;
  message: string;
}
export interface FormState {
  fields: Record<string, FieldState>;
  errors: FieldComplaint[];
  warnings: FieldComplaint[];
  layout: ShownLayout | null;
}
export interface ActionSchema {
  key: string;
  label: Label;
  icon: string | null;
  input: Record<string, unknown>;
  bulk: boolean;
  danger: boolean;
  /** The values of a field that it is for; null: every record. */
  when?: { field: string; values: string[] } | null;
}
export interface Schema {
  version: number;
  data: ObjectSchema[];
}

/** A condition and what is said while it is not met; the condition is told to who sets stages up. */
export interface StageGate {
  filter?: FilterNode | null;
  message?: Label;
}
export interface ChecklistItem {
  key?: string;
  name: Label;
  required: boolean;
}
export interface StageTask {
  subject: Label;
  due_days: number;
}
/** What a stage asks of records, and what it tells and gives people. */
export interface StageGuide {
  required?: string[];
  entry?: StageGate;
  exit?: StageGate;
  checklist?: ChecklistItem[];
  playbook?: Label;
  back?: "previous" | "none";
  tasks?: StageTask[];
  forecast?: string;
}
export interface Stage {
  key: string;
  name: Label;
  probability: number;
  kind: StageKind;
  expected_days: number | null;
  color: string | null;
  guide?: StageGuide;
}
export interface Pipeline {
  id: Id;
  key: string;
  version: number;
  name: Label;
  is_default: boolean;
  stages: Stage[];
}

/** A record is flat; its own fields are `unknown` until the schema says what they are. */
export interface RecordData {
  id: Id;
  object: string;
  title: string;
  version: number;
  owner: Ref | null;
  created_at: string;
  created_by: Ref | null;
  updated_at: string;
  updated_by: Ref | null;
  deleted_at?: string | null;
  [field: string]: unknown;
}

export interface FilterLeaf {
  field: string;
  op: string;
  value?: unknown;
}
export type FilterNode = FilterLeaf | { and: FilterNode[] } | { or: FilterNode[] } | { not: FilterNode };
export type GroupSpec = string | { field: string; bucket: Bucket; edges?: number[] };
export interface MeasureSpec {
  op: MeasureOp | "ratio";
  field?: string | null;
  as?: string;
  filter?: FilterNode | null;
  of?: MeasurePart | null;
  over?: MeasurePart | null;
}
export type MeasureOp = "count" | "distinct" | "sum" | "avg" | "median" | "min" | "max";
/** One side of a ratio. */
export interface MeasurePart {
  op: MeasureOp;
  field?: string | null;
  filter?: FilterNode | null;
}
/** A figure of a report: itself, its share, what it adds up to so far, or what it grew by. */
export interface ReportMeasure extends Omit<MeasureSpec, "as"> {
  show: "value" | "share" | "running" | "growth";
  /** A ratio as a percentage. */
  percent?: boolean;
  name?: string | Label | null;
}
export interface RecordQuery {
  filter?: FilterNode | null;
  sort?: string;
  fields?: string;
  limit?: number;
  cursor?: string | null;
  q?: string;
  count?: boolean;
  deleted?: boolean;
  /** Filters; each record tells which of them hold for it. */
  marks?: (FilterNode | null)[];
}
export type Bucket = "day" | "week" | "month" | "quarter" | "year" | "province" | "city" | "district" | "range";
export interface GroupQuery {
  filter?: FilterNode | null;
  group: GroupSpec[];
  measures: MeasureSpec[];
  /** Also by each dimension alone and over everything. */
  totals?: boolean;
  sort?: string;
  limit?: number;
}
export interface GroupRow {
  keys: Record<string, string | number | boolean | null>;
  labels: Record<string, Label | string | null>;
  values: Record<string, number | null>;
  /** The keys it had in the days before, where these were others. */
  was?: Record<string, string | number | boolean | null>;
}
/** A window by its name (`this_month`), or days from one to another, both included. */
export type Period = string | { from: string; to: string };
/** What the figures of a report stand beside. */
export interface Compare {
  how: "previous" | "year" | "target";
  date?: string | null;
  period?: Period | null;
  value?: number | null;
}
export interface ReportFigures {
  data: GroupRow[];
  totals: GroupRow[];
  whole: boolean;
  /** Finds the records that were counted. */
  filter: FilterNode | null;
  /** First day, and the day after the last. */
  period: [string, string] | null;
  before: { filter: FilterNode | null; period: [string, string] } | null;
}
/** What moved a figure between two periods; the dimension that explains most comes first. */
export interface Explanation {
  now: number | null;
  before: number | null;
  filter: FilterNode | null;
  filter_before: FilterNode | null;
  dimensions: {
    group: { field: string; bucket?: string | null; edges?: number[] | null };
    segments: {
      key: string | number | boolean | null;
      label: Label | string | null;
      now: number | null;
      before: number | null;
      contribution: number;
      /** Of all the change. */
      share: number | null;
    }[];
    /** How many others moved too. */
    others: number;
  }[];
}
export type BulkRequest =
  | { op: "create"; records: Record<string, unknown>[] }
  | { op: "update"; ids?: Id[]; filter?: FilterNode; set: Record<string, unknown>; expect?: number }
  | { op: "delete" | "restore"; ids?: Id[]; filter?: FilterNode; expect?: number };
export interface BulkResult {
  affected: number;
  batch: Id;
}

export interface HistoryEntry {
  id: Id;
  at: string;
  actor: Ref | null;
  via: string;
  action: string;
  changes: { field: string; label: Label | string; old: unknown; new: unknown }[];
}
export interface TimelineEntry {
  id: Id;
  at: string;
  kind: string;
  object: string;
  record_id: Id;
  title: string;
  body: string | null;
  actor: Ref | null;
  data: Record<string, unknown>;
}
/** A record that shares an identity key: of one that may not be seen, only its team and a reference to ask for it. */
export interface DuplicateHit {
  id: Id | null;
  title: string | null;
  object: string;
  reason: { rule: string; field: string; label: Label };
  strict: boolean;
  owner: Ref | null;
  team: { name: string } | null;
  in_pool: boolean;
  last_contact_at: string | null;
  can_open: boolean;
  ref: string | null;
}

export interface SearchHit {
  object: string;
  id: Id;
  title: string;
  subtitle: string | null;
  score: number;
  highlights: { field: string; text: string; ranges: [number, number][] }[];
}

export interface SavedView {
  id: Id;
  object: string;
  name: string | Label;
  kind: "table" | "board" | "calendar" | "gallery" | "regions" | "report";
  scope: "personal" | "team" | "everyone";
  pinned: boolean;
  is_default: boolean;
  default_roles: string[];
  locked: boolean;
  by_link: boolean;
  position: number;
  mine: boolean;
  builtin: boolean;
  version: number;
  definition: ViewDefinition;
}
export interface ViewDefinition {
  filter?: FilterNode | null;
  sort?: string | null;
  columns?: { field: string; width?: number }[];
  group_by?: string | null;
  density?: "compact" | "default" | "comfortable";
  groups?: { field: string; bucket?: string | null; edges?: number[] | null }[];
  /** The first rule whose filter holds colours the record. */
  colors?: {
    filter: FilterNode | null;
    color: "red" | "orange" | "gold" | "green" | "blue" | "purple" | "gray";
  }[];
  end?: string | null;
  cover?: string | null;
  measures?: ReportMeasure[];
  chart?: "table" | "bar" | "line" | "pie" | "funnel" | "number" | "gauge" | null;
  top?: number | null;
  compare?: Compare | null;
}

export interface Notice {
  id: Id;
  at: string;
  kind: string;
  title: string;
  body: string | null;
  url: string | null;
  read: boolean;
  data: Record<string, unknown>;
}

export type ImportMapping = Record<string, string | { field: string; link_by?: string } | null>;
export interface ImportOptions {
  mode: "create" | "update" | "upsert";
  key: string[] | null;
  /** Names a record from columns, such as `{product} {account}`. */
  title: string | null;
  /** Rows that a duplicate rule warns of: refused, or written all the same. */
  duplicates: "refuse" | "allow";
  create_fields: boolean;
  create_options: boolean;
  create_links: boolean;
  create_members: boolean;
  /** Whose the new records are that the file gives no owner. */
  owner: "me" | "nobody";
  /** By column, what a text of it means. */
  replace: Record<string, Record<string, string>>;
}
export interface ImportPreview {
  create: number;
  update: number;
  refuse: number;
  unchanged: number;
  /** New records that the file gives no owner. */
  ownerless: number;
  rows: { row: number; outcome: string; values: Record<string, unknown> }[];
  reasons: { field: string | null; code: string; message: string; kinds: number; count: number }[];
  will_create: {
    fields: unknown[];
    options: unknown[];
    links: unknown[];
    members: unknown[];
    teams?: { value: string; count: number }[];
    managers?: { value: string; count: number }[];
  };
  blocked: { options: unknown[]; links: unknown[]; members: unknown[] };
}
export interface ImportJob {
  id: Id;
  object: string;
  filename: string;
  status: "draft" | "previewing" | "queued" | "running" | "done" | "failed" | "undone";
  encoding: string | null;
  separator: string | null;
  sheet: string | null;
  sheets: string[] | null;
  row_count: number;
  columns: { index: number; header: string; samples: string[]; guess: { field: string; confidence: number } | null }[];
  mapping: ImportMapping;
  options: ImportOptions;
  progress: { done: number; total: number };
  counts: { created: number; updated: number; refused: number; unchanged: number; fixed: number };
  preview: ImportPreview | null;
  /** Why rows were refused, with how many of them have been put right. */
  reasons: { field: string | null; code: string; message: string; kinds: number; count: number; fixed: number }[];
  created_at: string;
  finished_at: string | null;
  undo_until: string | null;
  error: string | null;
}
export interface ImportRow {
  row: number;
  cells: string[];
  errors: { index: number; field: string; code: string; message: string }[];
  fixed: boolean;
}
export interface ExportJob {
  id: Id;
  status: string;
  progress: { done: number; total: number } | number;
  filename: string;
  row_count: number | null;
  url: string | null;
}

export interface SetupState {
  needs_setup: boolean;
  sign_up_open: boolean;
  demo: boolean;
  /** Only where `demo`: the account anybody may use. */
  demo_account?: { email: string; password: string } | null;
  version: string;
}
