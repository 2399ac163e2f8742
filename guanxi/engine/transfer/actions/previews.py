"""The dry run: everything a run would do, in a transaction that is rolled back.

Up to PREVIEWED rows are really tried, so that what the preview says is what will happen; of longer files
the first PREVIEWED rows are, and it says so.
"""

import uuid
from itertools import islice
from typing import Any

from django.db import transaction

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.batches import Importer
from guanxi.engine.transfer.importing.member_foretelling import foretold
from guanxi.engine.transfer.importing.outcomes import Reasons, RowOutcome, count
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.importing.scanning import described, scan
from guanxi.engine.transfer.importing.within import names_within
from guanxi.engine.transfer.jobs import get_job, importing, layout_of, plan_of
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.reading.rows import read
from guanxi.engine.transfer.rules import states

PREVIEWED = 20_000
SHOWN_ROWS = 12
SHOWN_REFUSED = 12
_CHUNK = 5_000


def preview_import(ctx: Ctx, job_id: uuid.UUID) -> ImportJob:
    """Try the import without writing anything; raises Invalid when mapping and options do not fit."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "preview", ctx.locale)
    plan = plan_of(ctx, job)
    layout = layout_of(ctx, job)
    within = names_within(plan, layout)
    found = scan(ctx, plan, layout, links=True, limit=PREVIEWED, within=within)
    counts = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}
    reasons = Reasons()
    shown: list[dict[str, Any]] = []
    refused_shown = 0
    checked = ownerless = 0
    with transaction.atomic():
        importer = Importer(importing(ctx, job), plan, dry=True, within=within)
        for chunk in islice(read(layout, size=_CHUNK), PREVIEWED // _CHUNK):
            outcomes = importer.run(chunk)
            checked += len(outcomes)
            for key, number in count(outcomes).items():
                counts[key] += number
            for row in outcomes:
                reasons.add(row.errors)
                ownerless += row.ownerless and row.outcome == "create"
                if len(shown) - refused_shown < SHOWN_ROWS and row.outcome != "refuse":
                    shown.append(_shown(ctx, plan, row))
                elif row.outcome == "refuse" and refused_shown < SHOWN_REFUSED:
                    shown.append(_shown(ctx, plan, row))
                    refused_shown += 1
        transaction.set_rollback(True)
    job.preview = {
        "create": counts["created"],
        "update": counts["updated"],
        "refuse": counts["refused"],
        "unchanged": counts["unchanged"],
        "ownerless": ownerless,
        "checked_rows": checked,
        "sampled": checked < job.row_count,
        "rows": shown,
        "reasons": reasons.as_json(ctx.locale),
        "will_create": described(ctx, plan, found, creating=True) | foretold(ctx, plan, layout),
        "blocked": described(ctx, plan, found, creating=False),
    }
    job.save(update_fields=["preview"])
    return job


def _shown(ctx: Ctx, plan: Plan, row: RowOutcome) -> dict[str, Any]:
    values = {
        column.field.key: row.cells[column.index][:200]
        for column in plan.columns
        if column.index < len(row.cells) and row.cells[column.index]
    }
    if plan.title is not None:
        values[plan.object.title_field] = plan.title.fill(row.cells)[:200]
    errors = [
        {"index": e.index, "field": e.field, "code": e.code, "message": e.message(ctx.locale)}
        for e in row.errors
    ]
    clean = {key: text.replace("\x00", "\N{SYMBOL FOR NULL}") for key, text in values.items()}
    return {"row": row.number, "outcome": row.outcome, "values": clean, "errors": errors}
