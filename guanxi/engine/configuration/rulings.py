"""The rules of a configuration: on fields, validations, watch rules, layouts, and those that tell duplicates.

*How it works*: a rule has no key of its own, so the same rule is one that says the same; a layout of the same
name and kind that says something else differs. Identity rules have keys. What is missing is made by the
functions that an administrator's clicks call, after the fields that rules speak of.

*Rules*: additive, like everything a document does: a rule that differs is left as it is.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.engine.configuration.steps import NO_OBJECT, State, Step, at
from guanxi.engine.records.identity_rules import list_rules, save_rule
from guanxi.engine.records.ruling.saving import (
    LAYOUTS,
    RULES,
    VALIDATIONS,
    WATCHES,
    Kind,
    create_row,
    list_rows,
)
from guanxi.engine.schema.loading import get_schema, refreshed
from guanxi.engine.schema.models import SchemaIdentity
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

KINDS: Mapping[str, tuple[str, Kind]] = {
    "rules": ("rule", RULES),
    "validations": ("validation", VALIDATIONS),
    "watches": ("watch", WATCHES),
    "layouts": ("layout", LAYOUTS),
}
"""By part of a document: what a step calls it, and how it is kept."""
IDENTITY = "identity_rules"
PARTS = (*KINDS, IDENTITY)
_SHARED = ("name", "condition", "enabled")
_IDENTITY = ("label", "parts", "doors", "is_active")
_BLANK: tuple[Any, ...] = (None, "", {}, {"zh-CN": "", "en": ""})


def exported(ctx: Ctx) -> dict[str, list[dict[str, Any]]]:
    """Every part with its rules; of identity rules those that somebody made or changed."""
    objects = get_schema(ctx).listed
    found: dict[str, list[dict[str, Any]]] = {
        part: [_said(kind, row) for obj in objects for row in list_rows(ctx, kind, obj.key)]
        for part, (_, kind) in KINDS.items()
    }
    rows = SchemaIdentity.objects.order_by("object_key", "position", "id")
    keys = {obj.key for obj in objects}
    found[IDENTITY] = [
        {"object": row.object_key, "key": row.key, **{name: getattr(row, name) for name in _IDENTITY}}
        for row in rows
        if row.object_key in keys
    ]
    return found


def steps(ctx: Ctx, parts: Mapping[str, list[dict[str, Any]]], coming: set[str]) -> Iterator[Step]:
    """What each rule of a document would come to."""
    schema = get_schema(ctx)
    for part, (name, kind) in KINDS.items():
        there: dict[str, list[dict[str, Any]]] = {}
        for row in parts[part]:
            object_key = str(row.get("object"))[:40]
            known = schema.find(object_key)
            if known is not None and object_key not in there:
                there[object_key] = [_said(kind, found) for found in list_rows(ctx, kind, object_key)]
            state = _state(kind, row, there.get(object_key, []))
            if known is None:
                state = "create" if object_key in coming else "impossible"
            why = NO_OBJECT if state == "impossible" else None
            yield Step(name, object_key, digest(row), _label(row), state, why)
    for row in parts[IDENTITY]:
        yield _identity_step(ctx, row, coming)


def create(
    ctx: Ctx, parts: Mapping[str, list[dict[str, Any]]], todo: set[tuple[str, str, str]]
) -> tuple[Ctx, list[dict[str, str]]]:
    """Make what is missing; gives the context at the new schema, and what was made. Raises Invalid."""
    made: list[dict[str, str]] = []
    for part, (name, kind) in KINDS.items():
        for i, row in enumerate(parts[part]):
            if (name, row.get("object"), digest(row)) in todo:
                given = {key: value for key, value in row.items() if key != "object" and value not in _BLANK}
                with at(f"{part}.{i}"):
                    rule = create_row(ctx, kind, row["object"], given)
                ctx = refreshed(ctx)
                made.append({"kind": name, "object": row["object"], "key": rule["id"]})
    for i, row in enumerate(parts[IDENTITY]):
        if ("identity", row.get("object"), row.get("key")) in todo:
            with at(f"{IDENTITY}.{i}"):
                ctx = save_rule(ctx, row["object"], row["key"], {n: row[n] for n in _IDENTITY if n in row})
            made.append({"kind": "identity", "object": row["object"], "key": row["key"]})
    return ctx, made


def digest(row: Mapping[str, Any]) -> str:
    """What stands for a rule without a key."""
    return hashlib.sha256(dumps(_comparable(row))).hexdigest()[:16]


def _said(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """A rule without what is of this workspace alone: its id, its version, its place."""
    return {"object": row["object"], **{name: row[name] for name in (*_SHARED, *kind.own)}}


def _comparable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in sorted(row) if row[key] not in _BLANK}


def _state(kind: Kind, row: Mapping[str, Any], there: list[dict[str, Any]]) -> State:
    if any(_comparable(row) == _comparable(known) for known in there):
        return "same"
    alike = [
        k for k in there if kind is LAYOUTS and (k["kind"], k["name"]) == (row.get("kind"), row.get("name"))
    ]
    return "differs" if alike else "create"


def _identity_step(ctx: Ctx, row: Mapping[str, Any], coming: set[str]) -> Step:
    object_key, key = str(row.get("object"))[:40], str(row.get("key"))[:40]
    if get_schema(ctx).find(object_key) is None:
        missing = object_key not in coming
        state: State = "impossible" if missing else "create"
        return Step("identity", object_key, key, _label(row), state, NO_OBJECT if missing else None)
    there = {known["key"]: known for known in list_rules(ctx, object_key)["data"]}
    if key not in there:
        return Step("identity", object_key, key, _label(row), "create")
    known = there[key]
    parts = [{"field": part["field"], "normal": part["normal"]} for part in known["parts"]]
    same = (parts, known["doors"], known["is_active"]) == tuple(row.get(name) for name in _IDENTITY[1:])
    return Step("identity", object_key, key, _label(row), "same" if same else "differs")


def _label(row: Mapping[str, Any]) -> dict[str, str]:
    """What people call it: its name, its label, what it says, or the fields that it acts on."""
    for name in ("name", "label", "message"):
        if isinstance(row.get(name), dict) and row[name] not in _BLANK:
            return Text.of(row[name]).as_dict()
    effects = row.get("effects")
    found = [e for e in effects if isinstance(e, dict)] if isinstance(effects, list) else []
    keys = [str(key) for e in found for key in (e.get("fields") or [e.get("field")])]
    said = ", ".join(dict.fromkeys(keys))[:100]
    return {"zh-CN": said, "en": said}
