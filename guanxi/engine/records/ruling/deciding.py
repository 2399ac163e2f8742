"""Which conditions hold for which drafts: all of an object's rules over all drafts in one statement.

*How it works*: the conditions are compiled like any filter, over the drafts (query/drafts.py); an empty one
holds without being asked. Only the fields that the conditions look at travel to the database.

*Rules*: at most one statement a call, none where there is nothing to ask. Conditions are the firm's: fields that
roles keep from the context's actor count in them, or a price below the secret floor would pass. Records stay
the actor's: what they may not see through a link is empty. A condition that no longer compiles
(its field is gone) holds for nothing: a rule nobody can meet must not lock the records.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from guanxi.engine.records.query.compile import Compiler, RowScope
from guanxi.engine.records.query.drafts import draft_row, evaluate
from guanxi.engine.records.query.present import database_value
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.form_rules import Refuted, looked_at
from guanxi.engine.schema.formulas.formula import Formula
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.sql import FALSE, TRUE, Sql, join, sql

MAX_NESTING = 5
NULL = Sql("NULL")


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as it would be: its Python values by field, and what `custom` holds of it in the database."""

    id: uuid.UUID
    values: Mapping[str, Any]
    is_new: bool = False


@dataclass(slots=True)
class Verdict:
    """Of one draft: the keys of the conditions that hold, and the values asked for."""

    held: set[uuid.UUID] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    results: dict[Formula, Any] = field(default_factory=dict)


def decide(
    ctx: Ctx,
    obj: ObjectDef,
    drafts: Sequence[Draft],
    conditions: Mapping[uuid.UUID, Any],
    paths: Sequence[str] = (),
    formulas: Sequence[Formula] = (),
) -> dict[uuid.UUID, Verdict]:
    """By draft: which of `conditions` hold (filter trees or `Refuted`, by key), and the values asked for.

    The values at `paths` and the `results` of `formulas`: a path that leads nowhere has no value.
    """
    always = {key for key, tree in conditions.items() if not tree}
    asked = {key: tree for key, tree in conditions.items() if tree}
    found = {draft.id: Verdict(set(always)) for draft in drafts}
    if not drafts or not (asked or paths or formulas):
        return found
    looked = {name for tree in asked.values() for name in looked_at(tree)} | {p.split(".")[0] for p in paths}
    looked |= {path.split(".")[0] for formula in formulas for path in formula.inputs}
    needed = with_inputs(obj, looked)
    rows = [_row(ctx, obj, draft, needed) for draft in drafts]
    fields: list[FieldDef | None] = []

    def build(compiler: Compiler) -> Sequence[Sql]:
        pieces = [_condition(compiler, tree) for tree in asked.values()]
        for path in paths:
            known, piece = _value(compiler, path)
            fields.append(known)
            pieces.append(piece)
        return [*pieces, *(_computed(compiler, formula) for formula in formulas)]

    keys = list(asked)
    for draft_id, answers in evaluate(ctx, obj, rows, build).items():
        verdict = found[draft_id]
        verdict.held.update(key for key, holds in zip(keys, answers, strict=False) if holds)
        values = answers[len(keys) :]
        for path, known, stored in zip(paths, fields, values, strict=False):
            verdict.values[path] = database_value(known, stored, from_json=False) if known else None
        for formula, stored in zip(formulas, values[len(paths) :], strict=True):
            verdict.results[formula] = stored
    return found


def decide_stored(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], conditions: Mapping[uuid.UUID, Any]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """By stored record that the actor may see: which of `conditions` hold; one statement."""
    compiler = Compiler(ctx, obj)
    pieces = [_condition(compiler, tree) if tree else TRUE for tree in conditions.values()]
    statement = Sql("SELECT ") + join([Sql("r.id"), *pieces]) + " "
    statement += compiler.base(where=Sql("r.id = ANY(%s::uuid[])", (list(ids),)))
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows = db.fetchall()
    return {row[0]: {key for key, holds in zip(conditions, row[1:], strict=True) if holds} for row in rows}


def holds(compiler: Compiler, condition: Any) -> Sql:
    """Whether a filter tree, or a formula refuted, holds for a row; never NULL. Raises Invalid."""
    with compiler.judging():
        if not isinstance(condition, Refuted):
            return sql("({}) IS TRUE", compiler.where(condition))
        for path in condition.formula.inputs:
            compiler.resolve(path, "formula")
        return sql("({}) IS FALSE", _computed(compiler, condition.formula))


def with_inputs(obj: ObjectDef, keys: Iterable[str]) -> frozenset[str]:
    """The fields and, for computed ones, the stored fields they are made from."""
    found: set[str] = set()
    waiting = [(key, 0) for key in keys]
    while waiting:
        key, depth = waiting.pop()
        if key in found or depth > MAX_NESTING:
            continue
        found.add(key)
        known = obj.fields.get(key)
        if known is not None and known.computed is not None:
            waiting += [(path.split(".")[0], depth + 1) for path in known.computed.inputs]
    return frozenset(found)


def _row(ctx: Ctx, obj: ObjectDef, draft: Draft, needed: frozenset[str]) -> dict[str, Any]:
    """The draft as a row, with what the store will write by itself."""
    values: dict[str, Any] = {key: draft.values[key] for key in needed if key in draft.values}
    kept = {"updated_at": ctx.now, "updated_by": ctx.actor.user_id}
    if draft.is_new:
        kept |= {"created_at": ctx.now, "created_by": ctx.actor.user_id}
    return draft_row(ctx, obj, draft.id, values | {key: v for key, v in kept.items() if key in needed})


def _condition(compiler: Compiler, condition: Any) -> Sql:
    try:
        return holds(compiler, condition)
    except Invalid:
        return FALSE


def _computed(compiler: Compiler, formula: Formula) -> Sql:
    return formula.compile(RowScope(compiler, compiler.object, compiler.alias, ""))


def _value(compiler: Compiler, path: str) -> tuple[FieldDef | None, Sql]:
    try:
        found = compiler.resolve(path, "field")
    except Invalid:
        return None, NULL
    if found.field.type.storage != "value":
        return None, NULL
    return found.field, found.field.type.typed_expression(found.source)
