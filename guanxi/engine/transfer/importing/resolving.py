"""What the names in a chunk's reference columns mean, missing ones made where that was asked for.

*How it works*: for each column that points at people, teams or records, the names of the chunk are
looked up in one query. With `create_links` the missing records are then written in one pass, named by
their title (or by the key field they were looked up by) and nothing else; a dry run calls them pending.
"""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import CHUNK
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing import lookups
from guanxi.engine.transfer.importing.plans import PlannedColumn
from guanxi.engine.transfer.rules.cells import PENDING, ColumnReader, Fault, Later
from guanxi.kit.ids import new_ids


def resolve(
    ctx: Ctx,
    column: PlannedColumn,
    names: Collection[str],
    *,
    create: bool,
    dry: bool,
    within: Collection[str] = frozenset(),
) -> Mapping[str, Any]:
    """The meaning of each name: an id, a Fault, PENDING, or `Later` for a row of the same file (`within`)."""
    kind = column.field.type.references
    if not names:
        return {}
    if kind == "user":
        return lookups.people(ctx, names)
    if kind == "team":
        return lookups.teams(ctx, names)
    target = get_schema(ctx).objects[column.field.target or ""]
    found: dict[str, Any] = dict(lookups.records(ctx, target, names, column.link_by))
    missing = [
        name for name, value in found.items() if isinstance(value, Fault) and value.code == "unknown_record"
    ]
    if within:
        found |= {name: Later(name) for name in missing if name.casefold() in within}
        missing = [name for name in missing if name.casefold() not in within]
    if missing and create and rights.can(ctx, target, "create"):
        found |= dict.fromkeys(missing, PENDING) if dry else _created(ctx, column, missing)
    return found


def _created(ctx: Ctx, column: PlannedColumn, names: list[str]) -> dict[str, uuid.UUID | Fault]:
    """New records called `names`; what the write door refuses comes back as the cell's fault."""
    target = get_schema(ctx).objects[column.field.target or ""]
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(name.casefold(), name)
    changes = []
    for index, (record_id, name) in enumerate(zip(new_ids(len(by_fold)), by_fold.values(), strict=True)):
        values: dict[str, Any] = {target.title_field: name}
        if column.link_by is not None:
            values[column.link_by.key] = name
        changes.append(Change("create", record_id, values, index=index))
    made: dict[str, uuid.UUID | Fault] = {}
    for start in range(0, len(changes), CHUNK):
        part = changes[start : start + CHUNK]
        result = store.bulk_write(ctx, target.key, part)
        for change in part:
            errors = result.refused.get(change.index)
            name = str(change.values[target.title_field])
            made[name.casefold()] = (
                Fault(errors[0].code, errors[0].text, errors[0].values) if errors else change.id
            )
    return {name: made[name.casefold()] for name in names}


def fill_known(
    ctx: Ctx,
    columns: Collection[PlannedColumn],
    readers: Collection[ColumnReader],
    rows: list[list[str]],
    *,
    create_links: bool,
    dry: bool,
    within: Mapping[int, Collection[str]],
) -> None:
    """Tell every reference column's reader what the names in `rows` mean."""
    by_index = {column.index: column for column in columns}
    for reader in readers:
        if not reader.is_reference:
            continue
        texts = {row[reader.index] for row in rows}
        names: set[str] = set()
        for text in texts:
            names.update(reader.names(text))
        column, here = by_index[reader.index], within.get(reader.index, frozenset())
        known = dict(resolve(ctx, column, names, create=create_links, dry=dry, within=here))
        if reader.is_many:
            # The whole cell may be one title that holds a comma; such a title is never created.
            whole = {text.strip() for text in texts} - names
            found = resolve(ctx, column, [w for w in whole if reader.names(w)], create=False, dry=dry)
            known |= {name: value for name, value in found.items() if isinstance(value, uuid.UUID)}
        reader.known = known
