/**
 * A role's rights as one flat table of paths (`objects.customer.see`, `fields.customer.phone`, `actions.convert`,
 * `areas.audit`), so that changes can be counted, named, compared with a colleague's and put together.
 *
 * Rules: what says nothing has no path. A field that may be edited, an action that is allowed and a closed area are what
 * holds anyway, so they are no paths either.
 */
export const SCOPES = ["none", "own", "team", "team_below", "all"] as const;
export const RIGHTS = ["hidden", "masked", "read", "edit"] as const;
export const VERBS = ["see", "create", "edit", "delete", "export", "import", "assign", "bulk", "merge"] as const;
export type Scope = (typeof SCOPES)[number];
export type Right = (typeof RIGHTS)[number];
export type Verb = (typeof VERBS)[number];
export const ANY = "*";

export type Line = Partial<Record<Verb, Scope | boolean | null>>;
export interface RoleRights {
  objects: Record<string, Line>;
  fields: Record<string, Record<string, Right>>;
  actions: Record<string, boolean>;
  areas: string[];
}
export type Flat = Record<string, string | boolean>;
/** An object as far as rights depend on it. */
export interface Kind {
  key: string;
  shared: boolean;
}

export const isSwitch = (verb: Verb): boolean => verb === "create" || verb === "import";
export const rank = (scope: Scope): number => SCOPES.indexOf(scope);

export function flatten(rights: RoleRights): Flat {
  const flat: Flat = {};
  for (const [object, line] of Object.entries(rights.objects))
    for (const [verb, value] of Object.entries(line))
      if (value !== null && value !== undefined) flat[`objects.${object}.${verb}`] = value;
  for (const [object, fields] of Object.entries(rights.fields))
    for (const [field, right] of Object.entries(fields))
      if (right !== "edit") flat[`fields.${object}.${field}`] = right;
  for (const [action, on] of Object.entries(rights.actions)) if (!on) flat[`actions.${action}`] = false;
  for (const area of rights.areas) flat[`areas.${area}`] = true;
  return flat;
}

export function unflatten(flat: Flat): RoleRights {
  const rights: RoleRights = { objects: {}, fields: {}, actions: {}, areas: [] };
  for (const [path, value] of Object.entries(flat)) {
    const [part, one = "", two = ""] = path.split(".");
    if (part === "objects") rights.objects[one] = { ...rights.objects[one], [two]: value };
    else if (part === "fields") rights.fields[one] = { ...rights.fields[one], [two]: value as Right };
    else if (part === "actions") rights.actions[one] = value as boolean;
    else if (part === "areas") rights.areas.push(one);
  }
  return rights;
}

/** A copy with some paths set, or taken out where the value is undefined. */
export function withPaths(flat: Flat, paths: Record<string, string | boolean | undefined>): Flat {
  const next = { ...flat };
  for (const [path, value] of Object.entries(paths)) {
    if (value === undefined) delete next[path];
    else next[path] = value;
  }
  return next;
}

/** The paths in which two tables differ. */
export function changed(before: Flat, after: Flat): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => before[path] !== after[path])
    .sort();
}

/** Mine on top of theirs, and the paths in which both changed the same to something else. */
export function together(base: Flat, mine: Flat, theirs: Flat): { flat: Flat; clashes: string[] } {
  const own = changed(base, mine);
  return {
    flat: withPaths(theirs, Object.fromEntries(own.map((path) => [path, mine[path]]))),
    clashes: own.filter((path) => theirs[path] !== base[path] && theirs[path] !== mine[path]),
  };
}

const asScope = (value: string | boolean | undefined): Scope =>
  value === true ? "all" : value === false || value === undefined ? "none" : (value as Scope);

/** What is written for an object and a verb; undefined where the line of all other objects counts. */
export function said(flat: Flat, object: string, verb: Verb): Scope | undefined {
  const value = flat[`objects.${object}.${verb}`];
  return value === undefined ? undefined : asScope(value);
}

/** How far a verb reaches in the end. Shared objects have no owners: all of them or none. */
export function reach(flat: Flat, object: Kind, verb: Verb): Scope {
  const own = said(flat, object.key, verb);
  const usual = (of: Verb) => asScope(flat[`objects.${ANY}.${of}`]);
  if (!object.shared) return own ?? usual(verb);
  if (own !== undefined) return own === "none" ? "none" : "all";
  if (verb === "see") return usual("see") === "none" ? "none" : "all";
  const least = usual(verb === "export" || verb === "assign" ? verb : "edit");
  const wide: Scope = verb === "export" ? "own" : "team_below";
  return rank(least) >= rank(wide) && usual(verb) !== "none" ? "all" : "none";
}

/** True where more is written than seeing allows: nobody deletes what they do not see. */
export function isCapped(flat: Flat, object: Kind, verb: Verb): boolean {
  if (verb === "see" || isSwitch(verb)) return false;
  return rank(reach(flat, object, verb)) > rank(reach(flat, object, "see"));
}

/** As it is stored: switches are true or false. */
export const stored = (verb: Verb, scope: Scope): Scope | boolean => (isSwitch(verb) ? scope !== "none" : scope);

export const fieldRight = (flat: Flat, object: string, field: string): Right =>
  (flat[`fields.${object}.${field}`] as Right | undefined) ?? "edit";

/** A whole line at once. Undefined: as all other objects. */
export function linePreset(
  object: string,
  preset: "inherit" | "none" | "look" | Scope,
): Flat | Record<string, undefined> {
  const value = (verb: Verb): Scope | boolean | undefined => {
    if (preset === "inherit") return undefined;
    if (preset === "look") return stored(verb, verb === "see" ? "all" : "none");
    return stored(verb, preset);
  };
  return Object.fromEntries(VERBS.map((verb) => [`objects.${object}.${verb}`, value(verb)])) as Flat;
}
