"""Refused rows: looking at them, correcting their cells, importing what has been corrected.

*How it works*: corrected cells are tried at once, in a transaction that is rolled back, so that whoever
corrects sees whether it is good now. `retry_import` writes the good ones under the import's own batch:
undoing the import undoes them as well.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.actions.runs import run_safely
from guanxi.engine.transfer.importing.batches import Importer
from guanxi.engine.transfer.importing.outcomes import COUNTERS, RowOutcome
from guanxi.engine.transfer.jobs import EMPTY_COUNTS, announce, get_job, headers_of, importing, plan_of
from guanxi.engine.transfer.models import ImportJob, ImportRow
from guanxi.engine.transfer.reading.limits import CELL_TOO_LONG, MAX_LONG_CELL, TOO_MANY_CELLS
from guanxi.engine.transfer.reading.rows import Chunk, RowProblem
from guanxi.engine.transfer.rules import states
from guanxi.engine.transfer.workbooks import write_errors
from guanxi.engine.vault.fields import sealed
from guanxi.kit.errors import FieldError, Invalid, NotFound, invalid
from guanxi.kit.plain_values import whole_number
from guanxi.kit.text import Text

MAX_REPAIRED = 1_000
_CHUNK = 5_000
OPEN = ("refused", "fixed")

BAD_ROWS = Text(
    "rows 应是一个列表，每项有 row 和 cells，最多 {max} 项。",
    "rows is a list of objects with row and cells, at most {max}.",
)
NO_ROW = Text("没有这一行，或者它已经导入。", "There is no such row, or it has been imported.")
NO_COLUMN = Text("这一行没有这一格。", "The row has no such cell.")
BAD_CELL = Text("这里需要文字。", "Text is needed here.")
CUT = Text(
    "这一格太长或含有不能保存的字符，请改好。",
    "This cell was too long or held a character that cannot be kept. Correct it.",
)


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some refused rows, in the order of the file."""

    rows: list[ImportRow]
    next: str | None
    count: int | None


def list_rows(
    ctx: Ctx, job_id: uuid.UUID, *, status: str, reason: str, cursor: str | None, limit: int
) -> RowPage:
    """Rows with a `status` (refused: those corrected included; fixed) and, optionally, one reason (`field.code`)."""
    job = get_job(ctx, job_id)
    rows = ImportRow.objects.filter(workspace_id=ctx.workspace.id, job=job)
    rows = rows.filter(status__in=["fixed"] if status == "fixed" else OPEN)
    if "\x00" in reason:
        rows = rows.none()
    elif reason:
        rows = _with_reason(rows, reason)
    count = None if cursor else rows[:10_001].count()
    if cursor:
        last = whole_number(cursor)
        if last is None:
            raise invalid("cursor", "bad_cursor", Text("翻页标记不对。", "The cursor is not valid."))
        rows = rows.filter(row__gt=last)
    found = list(rows.order_by("row")[: limit + 1])
    more = len(found) > limit
    return RowPage(found[:limit], str(found[limit - 1].row) if more else None, count)


def _with_reason(rows: QuerySet[ImportRow], reason: str) -> QuerySet[ImportRow]:
    field, _, code = reason.rpartition(".")
    wanted: dict[str, Any] = {"code": code}
    if field:
        wanted["field"] = field
    return rows.filter(errors__contains=[wanted])


def row_json(row: ImportRow, locale: str) -> dict[str, Any]:
    """A refused row as the API shows it."""
    errors = [
        {**error, "message": error["message"].get(locale) or error["message"]["en"]} for error in row.errors
    ]
    return {"row": row.row, "cells": row.cells, "errors": errors, "fixed": row.status == "fixed"}


def list_reasons(ctx: Ctx, job: ImportJob) -> list[dict[str, Any]]:
    """Why rows were refused: `[{field, code, message, kinds, count, fixed}]`, the most frequent first."""
    with connection.cursor() as db:
        db.execute(_REASONS, [ctx.workspace.id, job.id])
        rows = db.fetchall()
    locale = "zh-CN" if ctx.locale.startswith("zh") else "en"
    return [
        {"field": f, "code": code, "message": zh if locale == "zh-CN" else en, "kinds": kinds,
         "count": total, "fixed": fixed}
        for f, code, zh, en, kinds, total, fixed in rows
    ]  # fmt: skip


_REASONS = """
SELECT e->>'field', e->>'code', min(e->'message'->>'zh-CN'), min(e->'message'->>'en'),
       count(DISTINCT e->'message'->>'zh-CN'), count(*),
       count(*) FILTER (WHERE r.status <> 'refused')
  FROM import_row r, jsonb_array_elements(r.errors) e
 WHERE r.workspace_id = %s AND r.job_id = %s
 GROUP BY 1, 2 ORDER BY 6 DESC, 1, 2 LIMIT 100
"""


def repair_rows(ctx: Ctx, job_id: uuid.UUID, given: Any) -> list[ImportRow]:
    """Put corrected cells in and try the rows; each comes back with what is still wrong, or as fixed."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "fix", ctx.locale)
    wanted = _read_repairs(given)
    rows = {
        row.row: row
        for row in ImportRow.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id, job=job, row__in=list(wanted))
        .filter(status__in=OPEN)
    }
    errors = []
    for position, (number, cells) in enumerate(wanted.items()):
        row = rows.get(number)
        if row is None:
            errors.append(FieldError(f"rows.{position}.row", "unknown_row", NO_ROW))
            continue
        errors += [error.at(f"rows.{position}") for error in _put(row, cells)]
    if errors:
        raise Invalid(errors=errors)
    ordered = [rows[number] for number in sorted(rows)]
    with transaction.atomic():
        outcomes = run_safely(Importer(importing(ctx, job), plan_of(ctx, job)), _chunk_of(job, ordered))
        transaction.set_rollback(True)
    for row, outcome in zip(ordered, outcomes, strict=True):
        row.errors = [error.as_json() for error in outcome.errors] or row.errors
        row.status = "refused" if outcome.outcome == "refuse" else "fixed"
    plain = [(row.cells, row.clipped) for row in ordered]
    for row in ordered:
        row.cells, row.clipped = sealed(row, "cells"), sealed(row, "clipped")
    ImportRow.objects.bulk_update(ordered, ["cells", "clipped", "errors", "status"], batch_size=500)
    for row, (cells, clipped) in zip(ordered, plain, strict=True):
        row.cells, row.clipped = cells, clipped
    return ordered


def _read_repairs(given: Any) -> dict[int, Mapping[str, Any]]:
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_REPAIRED:
        raise invalid("rows", "wrong_type", BAD_ROWS, max=MAX_REPAIRED)
    found = {}
    for position, item in enumerate(given):
        good = (
            isinstance(item, Mapping)
            and type(item.get("row")) is int
            and isinstance(item.get("cells"), Mapping)
        )
        if not good:
            raise invalid(f"rows.{position}", "wrong_type", BAD_ROWS, max=MAX_REPAIRED)
        found[item["row"]] = item["cells"]
    return found


def _put(row: ImportRow, cells: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    for key, text in cells.items():
        column = whole_number(key)
        if column is None or column >= len(row.cells):
            errors.append(FieldError(f"cells.{str(key)[:20]}", "unknown_column", NO_COLUMN))
        elif not isinstance(text, str) or "\x00" in text:
            errors.append(FieldError(f"cells.{key}", "wrong_type", BAD_CELL))
        elif len(text) > MAX_LONG_CELL:
            values: dict[str, object] = {"length": f"{len(text):,}", "max": f"{MAX_LONG_CELL:,}"}
            errors.append(FieldError(f"cells.{key}", "cell_too_long", CELL_TOO_LONG, values))
        else:
            row.cells[column] = text
            row.clipped = [index for index in row.clipped if index != column]
    return errors


def _chunk_of(job: ImportJob, rows: Sequence[ImportRow]) -> Chunk:
    """Stored rows as a chunk of the file, with the problems of those that still cannot be records."""
    width = len(job.columns)
    chunk = Chunk()
    for row in rows:
        cells = list(row.cells)
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) > width:
            values: dict[str, object] = {"count": len(cells), "width": width}
            chunk.problems[len(chunk.rows)] = RowProblem("too_many_cells", TOO_MANY_CELLS, None, values)
        elif row.clipped:
            chunk.problems[len(chunk.rows)] = RowProblem("cell_too_long", CUT, row.clipped[0])
        chunk.numbers.append(row.row)
        chunk.rows.append(cells + [""] * (width - len(cells)))
    return chunk


def retry_import(ctx: Ctx, job_id: uuid.UUID) -> ImportJob:
    """Import the rows that have been corrected; those that are refused again stay, with their new reasons."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "fix", ctx.locale)
    waiting = ImportRow.objects.select_for_update().filter(
        workspace_id=ctx.workspace.id, job=job, status="fixed"
    )
    counts = EMPTY_COUNTS | job.counts
    while rows := list(waiting.order_by("row")[:_CHUNK]):
        outcomes = run_safely(Importer(importing(ctx, job), plan_of(ctx, job)), _chunk_of(job, rows))
        for row, outcome in zip(rows, outcomes, strict=True):
            _settle(row, outcome, counts)
        ImportRow.objects.bulk_update(rows, ["status", "errors"], batch_size=500)
    job.counts = counts
    job.save(update_fields=["counts"])
    announce(ctx, job)
    return job


def _settle(row: ImportRow, outcome: RowOutcome, counts: dict[str, int]) -> None:
    if outcome.outcome == "refuse":
        row.status = "refused"
        row.errors = [error.as_json() for error in outcome.errors]
        return
    row.status = "written"
    counts[COUNTERS[outcome.outcome]] += 1
    counts["refused"] -= 1
    counts["fixed"] += 1


def write_error_workbook(ctx: Ctx, job_id: uuid.UUID, path: Path) -> ImportJob:
    """Write the rows not imported to an XLSX file; raises NotFound when there are none."""
    job = get_job(ctx, job_id)
    rows = (
        ImportRow.objects.filter(workspace_id=ctx.workspace.id, job=job)
        .filter(status__in=OPEN)
        .order_by("row")
    )
    if not rows.exists():
        raise NotFound
    locale = "zh-CN" if ctx.locale.startswith("zh") else "en"
    write_errors(path, headers_of(job), rows.iterator(chunk_size=2000), locale)
    return job


__all__ = [
    "RowPage", "list_reasons", "list_rows", "repair_rows", "retry_import", "row_json",
    "write_error_workbook",
]  # fmt: skip
