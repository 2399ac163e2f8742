"""The write door as people and the API call it: JSON values in, records out, all or nothing."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.hooks import Change, Operation
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store import lines, lines_along
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.writing import CHUNK, BulkResult, bulk_write, refusal
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.ids import new_id, new_ids
from guanxi.kit.text import Text

NOT_A_LIST = Text(
    "这个字段不是列表，不能增减。", "This field is no list; nothing can be added to or removed from it."
)


def create(ctx: Ctx, object_key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make a record of API values and return it; raises Invalid with every complaint."""
    obj = get_object(ctx, object_key)
    values, lists = lines.split(ctx, obj, values)
    if lists:
        return get_record(ctx, object_key, lines_along.create(ctx, obj, values, lists))
    parsed, misread = read_values(ctx, obj, values, environment(ctx))
    change = Change("create", new_id(), parsed, misread=misread)
    bulk_write(ctx, object_key, [change], partial=False)
    return get_record(ctx, object_key, change.id)


def update(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, values: Mapping[str, Any], *, version: int = 0
) -> dict[str, Any]:
    """Change a record and return it; `version` is the one the change is based on (0: whatever it is).

    Raises NotFound, Forbidden, StaleVersion or Invalid.
    """
    obj = get_object(ctx, object_key)
    values, lists = lines.split(ctx, obj, values)
    if lists:
        lines_along.update(ctx, obj, record_id, values, lists, version=version)
        return get_record(ctx, object_key, record_id)
    parsed, misread = read_values(ctx, obj, values, environment(ctx))
    change = Change("update", record_id, parsed, version=version, misread=misread)
    bulk_write(ctx, object_key, [change], partial=False)
    return get_record(ctx, object_key, record_id)


def delete(ctx: Ctx, object_key: str, record_id: uuid.UUID, *, version: int = 0) -> None:
    """Move a record to the recycle bin; raises NotFound, Forbidden or StaleVersion."""
    bulk_write(ctx, object_key, [Change("delete", record_id, {}, version=version)], partial=False)


def restore(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> dict[str, Any]:
    """Take a record out of the recycle bin; raises Invalid when a unique value is taken meanwhile."""
    bulk_write(ctx, object_key, [Change("restore", record_id, {})], partial=False)
    return get_record(ctx, object_key, record_id)


def bulk_create(
    ctx: Ctx, object_key: str, rows: Sequence[Mapping[str, Any]], *, sample: bool = False, parsed: bool = False,
    system: Sequence[Mapping[str, Any]] | None = None,
) -> list[uuid.UUID]:  # fmt: skip
    """Make records of API values (or, `parsed`, of Python values), all or none; gives their ids in order.

    `system` holds, row by row, what the store would otherwise fill in (created_at, created_by …).
    """
    obj = get_object(ctx, object_key)
    ids, env = new_ids(len(rows)), environment(ctx)
    read = [(dict(row), []) if parsed else read_values(ctx, obj, row, env) for row in rows]
    changes = [
        Change("create", ids[i], values, index=i, misread=misread) for i, (values, misread) in enumerate(read)
    ]
    if system is not None:
        for change, kept in zip(changes, system, strict=True):
            change.system = dict(kept)
    refused: dict[int, list[FieldError]] = {}
    for start in range(0, len(changes), CHUNK):
        refused |= bulk_write(ctx, object_key, changes[start : start + CHUNK], sample=sample).refused
    if refused:
        raise refusal(refused, single=parsed and len(rows) == 1)
    return ids


def bulk_update(
    ctx: Ctx,
    object_key: str,
    ids: Sequence[uuid.UUID],
    values: Mapping[str, Any],
    *,
    add: Mapping[str, Any] | None = None,
    remove: Mapping[str, Any] | None = None,
) -> BulkResult:
    """Give all these records the same values, all or none; `add` to and `remove` from their lists (tags)."""
    obj = get_object(ctx, object_key)
    parsed, added, removed = parse_changes(ctx, obj, values, add or {}, remove or {})
    return _each(ctx, object_key, "update", ids, parsed, added=added, removed=removed)


def parse_changes(
    ctx: Ctx, obj: ObjectDef, values: Mapping[str, Any], add: Mapping[str, Any], remove: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[Any]], dict[str, list[Any]]]:
    """The Python values of what many records are to get, to be given besides, to lose; raises Invalid."""
    return _parsed(ctx, obj, values), _parsed_lists(ctx, obj, add), _parsed_lists(ctx, obj, remove)


def bulk_delete(ctx: Ctx, object_key: str, ids: Sequence[uuid.UUID]) -> BulkResult:
    """Move all these records to the recycle bin, or none."""
    return _each(ctx, object_key, "delete", ids, {})


def bulk_restore(ctx: Ctx, object_key: str, ids: Sequence[uuid.UUID]) -> BulkResult:
    """Take all these records out of the recycle bin, or none."""
    return _each(ctx, object_key, "restore", ids, {})


def _each(
    ctx: Ctx,
    object_key: str,
    op: Operation,
    ids: Sequence[uuid.UUID],
    values: dict[str, Any],
    *,
    added: dict[str, list[Any]] | None = None,
    removed: dict[str, list[Any]] | None = None,
) -> BulkResult:
    total = BulkResult()
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), CHUNK):
        part = unique[start : start + CHUNK]
        changes = [
            Change(op, i, dict(values), index=start + n, added=added or {}, removed=removed or {})
            for n, i in enumerate(part)
        ]
        done = bulk_write(ctx, object_key, changes, partial=False)
        total.updated += done.updated
        total.unchanged += done.unchanged
        total.deleted += done.deleted
        total.restored += done.restored
        total.ids |= done.ids
    return total


def _parsed(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    values, errors = read_values(ctx, obj, given, environment(ctx))
    if errors:
        raise Invalid(errors=errors)
    return values


def _parsed_lists(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, list[Any]]:
    values = _parsed(ctx, obj, given)
    errors = [
        FieldError(key, "not_a_list", NOT_A_LIST) for key in values if not obj.fields[key].type.as_json_value
    ]
    errors += [
        FieldError(key, "not_a_list", NOT_A_LIST)
        for key, value in values.items()
        if not isinstance(value, list)
    ]
    if errors:
        raise Invalid(errors=errors)
    return values
