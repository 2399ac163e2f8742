"""Unique fields and identity rules, held by the database and free of races.

*How it works*: a live record has a `record_key` for each value that must be unique (strict) or that a
duplicate check looks up; a rule of several fields has one key of all their values. Strict keys are
inserted ON CONFLICT DO NOTHING before the record is: what does not come back is taken, also by somebody
whose transaction has not ended yet (the insert waits). Deleting a record takes its keys away, so that
the same row can be imported again.

A rule may be strict at some doors only. What comes in elsewhere takes the strict key if it is free and a
loose one if not; where such loose keys may exist, strict doors look at them as well.

While the key of blind indexes changes, a record has its keys over encrypted fields twice: under the key in force,
and under the one that is to come, claimed just the same (`twin_of`).

*Rules*: values are normalised by the same function everywhere (`normal_of`); NULL has no key. Of encrypted fields
keys hold the blind index of the normalised value.

*See*: docs/adr/0039-record-keys.md, docs/adr/0047-identity-rules.md, docs/adr/0086-index-keys.md.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.normalising import NORMALISERS, normal_forms
from guanxi.engine.records.store.recordset import insert_rows, select_rows, text_array
from guanxi.engine.records.store.twins import key_tag, sealed_by, with_twins
from guanxi.engine.schema.definitions import DOORS, IdentityPart, ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

TAKEN = Text("已有记录使用这个值，不能重复。", "Another record already has this value; it must be unique.")
TAKEN_TOGETHER = Text(
    "已有记录的「{fields}」与它相同，不能重复。", "Another record has the same {fields}; they must be unique."
)
WEAK = frozenset({"name", "company", "person"})
"""A name is shared by different firms and people now and then; other values hardly ever."""
_DOOR_OF = {Via.WEB: "form", Via.API: "api", Via.IMPORT: "import", Via.FLOW: "api", Via.PUBLIC: "public"}
MAX_VALUE = 500
KEY_COLUMNS = {"workspace_id": "uuid", "object_key": "text", "rule": "text", "value": "text", "record_id": "uuid",
            "strict": "boolean"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of key of an object: `key` is what its keys are filed under, `name` the rule's own key.

    `asked` is False for a rule whose keys are not complete yet. `index` is the version of the key of blind
    indexes that its keys are made with; 0 for the one in force.
    """

    key: str
    name: str
    parts: tuple[IdentityPart, ...]
    strict_at: frozenset[str]
    warn_at: frozenset[str]
    label: Text | None = None
    asked: bool = True
    mixed: bool = False
    index: int = 0

    def __hash__(self) -> int:
        return hash(self.key)  # thousands of rows are filed by rule

    @property
    def strict(self) -> bool:
        """True when some door refuses a second holder."""
        return bool(self.strict_at)

    @property
    def field(self) -> str:
        """The field that complaints stand at."""
        return self.parts[0].field

    @property
    def kind(self) -> str:
        """What is compared: rules of one kind compare the same sort of thing."""
        return "+".join(part.normal for part in self.parts)

    @property
    def is_weak(self) -> bool:
        """True when equal values alone prove little (a name)."""
        return all(part.normal in WEAK for part in self.parts)

    def refuses(self, door: str | None) -> bool:
        """True when a second holder is refused at a door (None: the program itself)."""
        return self.strict if door is None else door in self.strict_at

    def is_asked(self, door: str | None) -> bool:
        """True when duplicates are looked for at a door."""
        return self.asked and (door is None or door in self.strict_at or door in self.warn_at)

    def title(self, obj: ObjectDef) -> Text:
        """What people call the rule."""
        if self.label is not None:
            return self.label
        labels = [obj.fields[part.field].label for part in self.parts]
        return Text(" + ".join(label.zh for label in labels), " + ".join(label.en for label in labels))


def door_of(ctx: Ctx) -> str | None:
    """The door that a context came through; None for the program itself."""
    return _DOOR_OF.get(ctx.via)


def rules_of(obj: ObjectDef) -> list[Rule]:
    """Identity rules and unique fields."""
    found = []
    for rule in obj.identity:
        if not all(part.field in obj.fields for part in rule.parts):
            continue
        ready = rule.state == "on"
        found.append(
            Rule(
                key=rule.key if not rule.revision else f"{rule.key}:{rule.revision}",
                name=rule.key,
                parts=rule.parts,
                strict_at=rule.strict_at if ready else frozenset(),
                warn_at=rule.warn_at if ready else rule.strict_at | rule.warn_at,
                label=rule.label,
                asked=rule.state != "building",
                mixed=bool(rule.strict_at) and (bool(rule.revision) or len(rule.strict_at) < len(DOORS)),
            )
        )
    found += [unique_rule(f.key) for f in obj.fields.values() if f.unique]
    return found


def unique_rule(field_key: str) -> Rule:
    """The rule that holds a unique field."""
    key = f"unique:{field_key}"
    return Rule(key, key, (IdentityPart(field_key, "unique"),), frozenset(DOORS), frozenset())


def normal_value(rule: Rule, obj: ObjectDef, value: Any) -> str | None:
    """The value of a rule of one field as keys compare it, or None when it is empty."""
    return _normal(rule.parts[0], obj, value, rule.index)


def normal_of(rule: Rule, obj: ObjectDef, value: Callable[[str], Any]) -> str | None:
    """The key of a record under a rule, by a function that gives its fields' values; None without one."""
    if len(rule.parts) == 1:
        return _normal(rule.parts[0], obj, value(rule.parts[0].field), rule.index)
    found = []
    for part in rule.parts:
        normal = _normal(part, obj, value(part.field), rule.index)
        if normal is None:
            return None
        found.append(normal)
    seal = sealed_by(rule, obj)
    tag = key_tag(rule, rule.index or seal.versions()[0]) if seal is not None else ""
    return tag + "\x1f".join(found)[:MAX_VALUE]


def normals_of(rule: Rule, obj: ObjectDef, records: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """The key of each record under a rule, by its values."""
    if len(rule.parts) > 1:
        return [normal_of(rule, obj, values.get) for values in records]
    part = rule.parts[0]
    key = part.field
    column = [values.get(key) for values in records]
    if part.normal in NORMALISERS and not obj.fields[key].is_sealed:
        texts = [None if value is None else compared_text(part, obj, value) for value in column]
        return [normal[:MAX_VALUE] if normal else None for normal in normal_forms(part.normal, texts)]
    return [None if value is None else _normal(part, obj, value, rule.index) for value in column]


def compared_text(part: IdentityPart, obj: ObjectDef, value: Any) -> str:
    """The text of a value that is normalised."""
    if isinstance(value, str):
        return value
    f = obj.fields[part.field]
    return str(f.type.dump(value, f))


def _normal(part: IdentityPart, obj: ObjectDef, value: Any, index: int) -> str | None:
    if value is None:
        return None
    text = compared_text(part, obj, value)
    normal = text.strip().casefold() if part.normal == "unique" else NORMALISERS[part.normal](text)
    if not normal:
        return None
    f = obj.fields[part.field]
    if f.is_sealed and f.seal is not None:  # keys of encrypted values compare without telling them
        return f.seal.blind(f"{part.normal}|{normal}", index)
    return normal[:MAX_VALUE]


def claim_keys(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Write the strict keys of the changes' new values; refuse those whose value is taken.

    Changes with errors are passed over; keys of a change that turns out refused are taken back.
    Gives the other keys, for `write_keys`: nobody waits for what the database says of them.
    """
    rules = rules_of(obj)
    if not rules:
        return []
    fresh: list[dict[str, Any]] = []
    replaced: dict[str, list[tuple[Change, str | None]]] = defaultdict(list)
    live = [change for change in changes if not change.errors]
    records = [change.values if change.before is None else change.before | change.values for change in live]
    for rule in with_twins(rules, obj):
        keyed = list(zip(live, normals_of(rule, obj, records), strict=True))
        if any(change.op == "update" for change in live):
            keyed = [pair for pair in keyed if pair[0].op != "update" or is_renewed(rule, obj, *pair)]
            if renewed := [pair for pair in keyed if pair[0].op == "update"]:
                replaced[rule.key] += renewed
        fresh += [
            {"rule": rule.key, "value": normal, "record_id": change.id, "strict": rule.strict}
            for change, normal in keyed
            if normal is not None
        ]
    loose = [row for row in fresh if not row["strict"]]
    strict = sorted((row for row in fresh if row["strict"]), key=lambda row: (row["rule"], row["value"]))
    if strict:
        loose += _claim_strict(ctx, obj, rules, changes, strict)
        refused = {change.id for change in changes if change.errors}
        loose = [row for row in loose if row["record_id"] not in refused]
    for rule in rules:
        if pairs := replaced.get(rule.key):
            _release_former(rule, [(change.id, normal) for change, normal in pairs if not change.errors])
    return loose


def is_renewed(rule: Rule, obj: ObjectDef, change: Change, normal: str | None) -> bool:
    """Whether a change gives the record another key: what is only written otherwise keeps it."""
    if not any(change.changes(part.field) for part in rule.parts):
        return False
    return change.before is None or normal != normal_of(rule, obj, change.before.get)


def write_keys(ctx: Ctx, obj: ObjectDef, loose: Sequence[Mapping[str, Any]]) -> None:
    """Write keys that may be held by several records."""
    insert_rows("record_key", KEY_COLUMNS, loose, shared=_shared(ctx, obj))


def _shared(ctx: Ctx, obj: ObjectDef) -> dict[str, Any]:
    return {"workspace_id": ctx.workspace.id, "object_key": obj.key}


def _claim_strict(
    ctx: Ctx, obj: ObjectDef, rules: list[Rule], changes: Sequence[Change], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Claim strict keys, refuse what is taken; gives the rows that take a loose key instead."""
    suffix = "ON CONFLICT DO NOTHING RETURNING rule, value, record_id"
    got = insert_rows("record_key", KEY_COLUMNS, rows, shared=_shared(ctx, obj), suffix=suffix)
    by_key = {rule.key: rule for rule in rules}
    claimed = set(got)
    taken = [row for row in rows if (row["rule"], row["value"], row["record_id"]) not in claimed]
    door = door_of(ctx)
    loose = [{**row, "strict": False} for row in taken if not by_key[row["rule"]].refuses(door)]
    beside = [row for row in rows if by_key[row["rule"]].mixed and by_key[row["rule"]].refuses(door)]
    wrong = [row for row in taken if by_key[row["rule"]].refuses(door)] + _held_loosely(ctx, obj, beside)
    if not wrong:
        return loose
    by_id = {change.id: change for change in changes}
    for key, record_id in dict.fromkeys(
        (row["rule"], row["record_id"]) for row in wrong
    ):  # its twin says the same
        refuse_taken(obj, by_key[key], by_id[record_id])
    release_keys([row["record_id"] for row in wrong if by_id[row["record_id"]].op != "update"])
    own = [row for row in rows if (row["rule"], row["value"], row["record_id"]) in claimed]
    _take_back([row for row in own if by_id[row["record_id"]].errors])
    return loose


def refuse_taken(obj: ObjectDef, rule: Rule, change: Change) -> None:
    """Say at the rule's field that another record holds the value."""
    if len(rule.parts) == 1:
        change.refuse(rule.field, "not_unique", TAKEN)
    else:
        change.refuse(rule.field, "not_unique", TAKEN_TOGETHER, fields=rule.title(obj))


def _held_loosely(ctx: Ctx, obj: ObjectDef, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the rows whose value another record holds that came in at a door that is not strict."""
    if not rows:
        return []
    statement = Sql(
        "SELECT DISTINCT n.rule, n.id FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS n(rule, value, id)"
        " JOIN record_key k ON k.workspace_id = %s AND k.object_key = %s AND k.rule = n.rule"
        " AND k.value = n.value AND NOT k.strict AND k.record_id <> n.id",
        ([row["rule"] for row in rows], [row["value"] for row in rows], [row["record_id"] for row in rows],
         ctx.workspace.id, obj.key),
    )  # fmt: skip
    held = set(select_rows(statement))
    return [row for row in rows if (row["rule"], row["record_id"]) in held]


def claim_assigned(ctx: Ctx, obj: ObjectDef, field_key: str, changes: Sequence[Change]) -> list[Change]:
    """Write the strict keys of values that the program has just given out; gives those that are taken."""
    rule = unique_rule(field_key)
    rows = [
        {"workspace_id": ctx.workspace.id, "object_key": obj.key, "rule": rule.key, "record_id": change.id,
         "value": normal_value(rule, obj, change.values[field_key]), "strict": True}
        for change in changes
    ]  # fmt: skip
    got = insert_rows("record_key", KEY_COLUMNS, rows, suffix="ON CONFLICT DO NOTHING RETURNING record_id")
    claimed = {record_id for (record_id,) in got}
    return [change for change in changes if change.id not in claimed]


def release_keys(ids: Sequence[uuid.UUID]) -> None:
    """Take away all keys of records."""
    with connection.cursor() as db:
        db.execute("DELETE FROM record_key WHERE record_id = ANY(%s::uuid[])", [list(ids)])


def _take_back(rows: Sequence[Mapping[str, Any]]) -> None:
    """Take away the keys that changes claimed before another of their values turned out to be taken."""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key k USING unnest(%s::uuid[], %s::text[], %s::text[]) AS n(id, rule, value)"
            " WHERE k.record_id = n.id AND k.rule = n.rule AND k.value = n.value",
            [
                [row["record_id"] for row in rows],
                [row["rule"] for row in rows],
                [row["value"] for row in rows],
            ],
        )


def _release_former(rule: Rule, renewed: Sequence[tuple[uuid.UUID, str | None]]) -> None:
    """Take away the values that records had before; strict rules already hold the new ones."""
    ids = list(dict.fromkeys(i for i, _ in renewed))
    kept = [(i, normal) for i, normal in renewed if normal is not None and rule.strict]
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key k WHERE k.record_id = ANY(%s::uuid[]) AND k.rule = %s AND NOT EXISTS (SELECT 1"
            " FROM unnest(%s::uuid[], %s::text[]) AS n(id, value) WHERE n.id = k.record_id AND n.value = k.value)",
            [ids, rule.key, [i for i, _ in kept], [normal for _, normal in kept]],
        )


def holders(
    ctx: Ctx, obj: ObjectDef, wanted: Mapping[Rule, set[str]], *, most: int | None = None
) -> dict[tuple[str, str], list[uuid.UUID]]:
    """The records that hold normalised values: `{rule: values}` to `{(rule key, value): record ids}`.

    `most` bounds the ids of each rule. One statement a rule, each half of it over an index of its own.
    """
    found: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
    bound = "" if most is None else f" LIMIT {int(most)}"
    half = (
        "(SELECT value, record_id FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s"
        " AND value = ANY({values}) AND {kind} ORDER BY record_id" + bound + ")"
    )
    for rule, values in wanted.items():
        if not values:
            continue
        kinds = (["strict"] if rule.strict else []) + (
            ["NOT strict"] if rule.mixed or not rule.strict else []
        )
        asked = text_array(values)
        given = (ctx.workspace.id, obj.key, rule.key, *asked.params)
        text = " UNION ALL ".join(half.format(kind=kind, values=asked.text) for kind in kinds)
        for value, record_id in select_rows(Sql(text, given * len(kinds))):
            found[rule.key, value].append(record_id)
    return found
