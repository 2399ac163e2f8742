"""Keeping rules, validations and layouts: what an administrator makes, changes, orders and removes.

*How it works*: one set of functions for the tables; `Kind` says what differs. Every change bumps the
schema's version, so that every process follows with its next request.

*Rules*: administrators only. A change says which version it is based on: of two people who edit the same
rule the second is told. The schema is held meanwhile, so that no field goes that a rule is being made of.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max

from guanxi.engine.records.ruling.checking import read_field_rule, read_validation
from guanxi.engine.records.ruling.checking_layouts import read_layout
from guanxi.engine.records.ruling.checking_watches import read_watch
from guanxi.engine.schema.changes import hold
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.facade import bumped, require_admin
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import FieldRule, Layout, ValidationRule, WatchRule
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, NotFound, StaleVersion, TooLarge
from guanxi.kit.text import Text

MAX_ROWS = 200
REQUIRED = Text("必填。", "Required.")
Row = FieldRule | ValidationRule | Layout | WatchRule


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the tables: how its settings are read, which a new row needs, which the API shows."""

    model: type[FieldRule] | type[ValidationRule] | type[Layout] | type[WatchRule]
    read: Callable[[Ctx, ObjectDef, Mapping[str, Any]], dict[str, Any]]
    needed: tuple[str, ...]
    own: tuple[str, ...]
    either: tuple[str, ...] = ()
    """Settings of which a new row needs one."""


RULES = Kind(FieldRule, read_field_rule, ("effects",), ("effects",))
VALIDATIONS = Kind(
    ValidationRule, read_validation, ("message", "field"), ("message", "field", "severity", "formula"),
    either=("condition", "formula"),
)  # fmt: skip
WATCHES = Kind(
    WatchRule, read_watch, ("fields", "action", "message"),
    ("fields", "on_create", "action", "to", "message", "due_days"),
)  # fmt: skip
LAYOUTS = Kind(Layout, read_layout, ("name", "kind", "definition"), ("kind", "roles", "definition"))


def list_rows(ctx: Ctx, kind: Kind, object_key: str) -> list[dict[str, Any]]:
    """The rows of an object in order, switched off ones included; raises NotFound, Forbidden."""
    require_admin(ctx, "rules")
    obj = get_object(ctx, object_key)
    rows = kind.model.objects.filter(object_key=obj.key).order_by("position", "id")
    return [shown(kind, row) for row in rows]


def create_row(ctx: Ctx, kind: Kind, object_key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a new one, last in order unless `position` is given; raises Invalid, NotFound, Forbidden."""
    require_admin(ctx, "rules")
    ctx = hold(ctx)
    obj = get_object(ctx, object_key)
    found = read_new(ctx, kind, obj, given)
    rows = kind.model.objects.filter(object_key=obj.key)
    if rows.count() >= MAX_ROWS:
        raise TooLarge(code="too_many_rules")
    found.setdefault("position", (rows.aggregate(last=Max("position"))["last"] or 0) + 1)
    row = kind.model.objects.create(workspace_id=ctx.workspace.id, object_key=obj.key, **found)
    bumped(ctx)
    return shown(kind, row)


def update_row(
    ctx: Ctx, kind: Kind, object_key: str, row_id: uuid.UUID, given: Mapping[str, Any], version: int
) -> dict[str, Any]:
    """Change one; raises Invalid, NotFound, Forbidden, StaleVersion."""
    require_admin(ctx, "rules")
    ctx = hold(ctx)
    obj = get_object(ctx, object_key)
    row = _get(kind, obj, row_id)
    found = kind.read(ctx, obj, given)
    changed = kind.model.objects.filter(id=row.id, version=version).update(version=F("version") + 1)
    if not changed:
        raise StaleVersion(extra={"current": row.version})
    for name, value in found.items():
        setattr(row, name, value)
    row.version = version + 1
    row.save()
    bumped(ctx)
    return shown(kind, row)


def delete_row(ctx: Ctx, kind: Kind, object_key: str, row_id: uuid.UUID) -> None:
    """Remove one; raises NotFound, Forbidden."""
    require_admin(ctx, "rules")
    _get(kind, get_object(ctx, object_key), row_id).delete()
    bumped(ctx)


def read_new(ctx: Ctx, kind: Kind, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a new row; raises Invalid, also for what is left out."""
    missing = [
        FieldError(name, "required", REQUIRED) for name in kind.needed if given.get(name) in (None, "")
    ]
    if kind.either and not any(given.get(name) for name in kind.either):
        missing.append(FieldError(kind.either[0], "required", REQUIRED))
    try:
        found = kind.read(ctx, obj, given)
    except Invalid as problem:
        said = {error.field for error in problem.errors}
        raise Invalid(errors=[*(e for e in missing if e.field not in said), *problem.errors]) from problem
    if missing:
        raise Invalid(errors=missing)
    return found


def shown(kind: Kind, row: Row) -> dict[str, Any]:
    """A row as the API shows it."""
    names = ("name", "condition", "enabled", "position", "version", "updated_at", *kind.own)
    return {"id": str(row.id), "object": row.object_key} | {name: getattr(row, name) for name in names}


def _get(kind: Kind, obj: ObjectDef, row_id: uuid.UUID) -> Row:
    row = kind.model.objects.filter(id=row_id, object_key=obj.key).first()
    if row is None:
        raise NotFound
    return row
