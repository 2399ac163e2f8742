"""Links from rows of a file to other rows of the same file: parents that stand further down.

*How it works*: before the first row the names in such a column are compared with the file's own titles.
A name that is not in the database yet but in the file is written as `linking` beside the job, in the
chunk's transaction; when all rows are in, these links are resolved and written, chunk by chunk too.

*Rules*: a name in the file is never created as an empty record of its own; if its row was refused in the
end, the link stays empty (or is created where that was asked for) and is counted as `unlinked`.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.outcomes import RowOutcome
from guanxi.engine.transfer.importing.plans import Plan, PlannedColumn
from guanxi.engine.transfer.importing.resolving import resolve
from guanxi.engine.transfer.models import ImportJob, ImportRow
from guanxi.engine.transfer.reading.rows import Layout, read

LINKING = "linking"
_CHUNK = 5_000

Within = Mapping[int, frozenset[str]]


def names_within(plan: Plan, layout: Layout) -> Within:
    """For each column that links to the imported object: the names in it that the file itself brings."""
    columns = [c for c in plan.columns if _is_inward(plan, c)]
    wanted: dict[int, set[str]] = {column.index: set() for column in columns}
    if not columns:
        return {}
    for chunk in read(layout, size=_CHUNK):
        for index, names in wanted.items():
            names.update(row[index].strip().casefold() for row in chunk.rows)
    found: dict[int, set[str]] = {column.index: set() for column in columns}
    for chunk in read(layout, size=_CHUNK):
        for column in columns:
            brought = {text.strip().casefold() for text in _brought(plan, column, chunk.rows)}
            found[column.index] |= brought & wanted[column.index]
    return {index: frozenset(names - {""}) for index, names in found.items()}


def _is_inward(plan: Plan, column: PlannedColumn) -> bool:
    return column.field.target == plan.object.key and column.field.type.storage == "value"


def _brought(plan: Plan, column: PlannedColumn, rows: Sequence[Sequence[str]]) -> list[str]:
    """What the rows call themselves, in the way the column names them."""
    by = column.link_by.key if column.link_by else plan.object.title_field
    source = next((c.index for c in plan.columns if c.field.key == by), None)
    if plan.title is not None and by == plan.object.title_field:
        return [plan.title.fill(row) for row in rows]
    return [row[source] for row in rows] if source is not None else []


def keep_links(ctx: Ctx, job: ImportJob, outcomes: Sequence[RowOutcome]) -> None:
    """Remember the links of written rows that lead further down the file."""
    rows = [
        ImportRow(
            workspace_id=ctx.workspace.id,
            job=job,
            row=outcome.number,
            status=LINKING,
            cells=[str(outcome.record_id), outcome.later],
        )
        for outcome in outcomes
        if outcome.later and outcome.record_id is not None and outcome.outcome != "refuse"
    ]
    ImportRow.objects.bulk_create(rows, batch_size=1000)


def write_links(ctx: Ctx, job: ImportJob, plan: Plan) -> bool:
    """Write the next remembered links; False when there are none left."""
    waiting = ImportRow.objects.filter(workspace_id=ctx.workspace.id, job=job, status=LINKING)
    rows = list(waiting.order_by("row")[:_CHUNK])
    if not rows:
        return False
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for key, name in row.cells[1].items():
            names[key].add(name)
    columns = {column.field.key: column for column in plan.columns}
    create = plan.options.create_links
    known = {key: resolve(ctx, columns[key], found, create=create, dry=False) for key, found in names.items()}
    changes: dict[uuid.UUID, Change] = {}
    unlinked = 0
    for row in rows:
        record_id = uuid.UUID(row.cells[0])
        values: dict[str, Any] = {}
        for key, name in row.cells[1].items():
            target = known[key].get(name)
            if isinstance(target, uuid.UUID):
                values[key] = target
            else:
                unlinked += 1
        if values:
            change = changes.setdefault(record_id, Change("update", record_id, {}, index=len(changes)))
            change.values.update(values)
    result = store.bulk_write(ctx, plan.object.key, list(changes.values()))
    unlinked += len(result.refused)
    if unlinked:
        job.counts = {**job.counts, "unlinked": job.counts.get("unlinked", 0) + unlinked}
        job.save(update_fields=["counts"])
    ImportRow.objects.filter(id__in=[row.id for row in rows]).delete()
    return True
