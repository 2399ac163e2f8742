/**
 * A filter as a sentence: "显示我的客户，其中负责人不为空、建档早于 7 天前，按下次联系升序".
 *
 * Pure: it is given the words (`t`), the metadata and a function that writes a value, and returns parts,
 * so that the screen can draw fields and values as chips that open the builder at their place.
 */
import type { Field, ObjectSchema } from "@/api/types";
import type { ViewsT } from "../messages";
import type { SortKey } from "../url-state";
import { type ObjectMap, resolvePath } from "./path";
import { type Group, type Item, isComplete, isGroup, type Leaf, needsValue, type Path } from "./tree";

export interface Part {
  kind: "text" | "field" | "value";
  text: string;
  /** Where the condition stands in the tree. */
  path?: Path;
}

export interface SentenceContext {
  t: ViewsT;
  label: (text: Field["label"]) => string;
  objects: ObjectMap;
  /** The value of a condition in words. */
  valueText: (field: Field, leaf: Leaf) => string;
  /** Which words an operator of this field takes: "是 / 早于 / 大于". */
  operatorText: (field: Field, op: string) => string;
}

export function sentence(object: ObjectSchema, group: Group, sort: readonly SortKey[], ctx: SentenceContext): Part[] {
  const scope = scopeOf(object, group, ctx);
  const rest = scope ? withoutItem(group, scope.index) : indexed(group);
  const parts: Part[] = [];
  const name = ctx.label(object.label_plural);
  if (scope) {
    parts.push(
      text(ctx.t("sentence.show")),
      scope.part,
      text(ctx.t(scope.mine ? "sentence.of_mine" : "sentence.of", { name })),
    );
  } else {
    parts.push(text(ctx.t(rest.length ? "sentence.some" : "sentence.all", { name })));
  }
  if (rest.length) {
    parts.push(text(ctx.t("sentence.where")));
    parts.push(...joined(object, rest, group.join, ctx));
  }
  parts.push(...sortParts(object, sort, ctx));
  return parts;
}

/** The conditions alone, without what is shown and in which order: for rules. */
export function conditions(object: ObjectSchema, group: Group, ctx: SentenceContext): Part[] {
  return joined(object, indexed(group), group.join, ctx);
}

/** The sentence as text. */
export function plain(parts: readonly Part[]): string {
  return spaced(parts.map((part) => part.text).join(""));
}

/** Between Chinese and figures or Latin letters stands a space, as in print. */
export function spaced(text: string): string {
  return text.replace(/(\p{Script=Han})([\dA-Za-z¥$])/gu, "$1 $2").replace(/([\dA-Za-z%])(\p{Script=Han})/gu, "$1 $2");
}

const text = (value: string): Part => ({ kind: "text", text: value });

interface Placed {
  item: Item;
  path: Path;
}

function indexed(group: Group, at: Path = []): Placed[] {
  return group.items.map((item, i) => ({ item, path: [...at, i] })).filter(({ item }) => speaks(item));
}

function withoutItem(group: Group, index: number): Placed[] {
  return indexed(group).filter(({ path }) => path[0] !== index);
}

function speaks(item: Item): boolean {
  return isGroup(item) ? item.items.some(speaks) : isComplete(item);
}

/** "Mine", "my team's", "team A's": said first, as people say it. */
function scopeOf(
  object: ObjectSchema,
  group: Group,
  ctx: SentenceContext,
): { index: number; mine: boolean; part: Part } | undefined {
  if (group.join !== "and") return undefined;
  const index = group.items.findIndex(
    (item) =>
      !isGroup(item) && item.field === "owner" && isComplete(item) && (item.op === "is" || item.op === "within"),
  );
  const leaf = group.items[index];
  if (!leaf || isGroup(leaf)) return undefined;
  const owner = resolvePath(ctx.objects, object, "owner");
  if (!owner) return undefined;
  const mine = leaf.value === "me";
  const words = mine ? ctx.t("sentence.mine") : ctx.valueText(owner.field, leaf);
  return { index, mine, part: { kind: "value", text: words, path: [index] } };
}

function joined(object: ObjectSchema, items: readonly Placed[], join: Group["join"], ctx: SentenceContext): Part[] {
  return items.flatMap(({ item, path }, i) => {
    const own = isGroup(item)
      ? groupParts(object, item, path, ctx, items.length > 1)
      : leafParts(object, item, path, ctx);
    return i === 0 ? own : [text(ctx.t(join === "and" ? "sentence.and" : "sentence.or")), ...own];
  });
}

function groupParts(object: ObjectSchema, group: Group, path: Path, ctx: SentenceContext, among: boolean): Part[] {
  const inner = joined(object, indexed(group, path), group.join, ctx);
  const bracket = group.not || (among && indexed(group).length > 1);
  if (!bracket) return inner;
  return [text(ctx.t(group.not ? "sentence.not_open" : "sentence.open")), ...inner, text(ctx.t("sentence.close"))];
}

function leafParts(object: ObjectSchema, leaf: Leaf, path: Path, ctx: SentenceContext): Part[] {
  const resolved = resolvePath(ctx.objects, object, leaf.field);
  if (leaf.field === "id" && Array.isArray(leaf.value))
    return [{ kind: "value", text: ctx.t("sentence.chosen", { count: leaf.value.length }), path }];
  if (!resolved) return [{ kind: "field", text: leaf.field, path }];
  const { field, fields } = resolved;
  const name = fields.map((each) => ctx.label(each.label)).join(ctx.t("sentence.hop"));
  const parts: Part[] = [
    { kind: "field", text: name, path },
    text(
      ctx.t(needsValue(leaf.op) ? "sentence.operator" : "sentence.alone", {
        operator: ctx.operatorText(field, leaf.op),
      }),
    ),
  ];
  if (!needsValue(leaf.op)) return parts;
  parts.push({ kind: "value", text: ctx.valueText(field, leaf), path });
  return parts;
}

function sortParts(object: ObjectSchema, sort: readonly SortKey[], ctx: SentenceContext): Part[] {
  const named = sort.flatMap((key) => {
    const resolved = resolvePath(ctx.objects, object, key.field);
    return resolved ? [{ key, name: ctx.label(resolved.field.label) }] : [];
  });
  if (!named.length) return [];
  return [
    text(ctx.t("sentence.sorted")),
    ...named.flatMap(({ key, name }, i): Part[] => [
      ...(i > 0 ? [text(ctx.t("sentence.and_then"))] : []),
      { kind: "field", text: name },
      text(ctx.t(key.desc ? "sentence.descending" : "sentence.ascending")),
    ]),
  ];
}
