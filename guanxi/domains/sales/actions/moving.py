"""Linking what was done with a lead to what the lead became, so that nothing of its history is lost."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import SYSTEM, Ctx


def link_activities(ctx: Ctx, lead_id: uuid.UUID, became: Mapping[str, uuid.UUID]) -> int:
    """Give every activity of the lead the links it lacks; gives how many were changed.

    Activities of colleagues are linked too: they are part of the lead's history.
    """
    moved = 0
    for obj, link in get_schema(ctx).referrers.get("lead", ()):
        if not obj.activity_kind:
            continue
        links = tuple(key for key in became if key in obj.fields)
        query = RecordQuery(
            obj.key, filter={"field": link.key, "op": "is", "value": str(lead_id)}, fields=links, count=False
        )
        changes: list[Change] = []
        for page in stream(replace(ctx, actor=SYSTEM), query):
            for record in page:
                lacking: dict[str, Any] = {key: became[key] for key in links if not record[key]}
                if lacking:
                    changes.append(Change("update", uuid.UUID(record["id"]), lacking, index=len(changes)))
        for start in range(0, len(changes), CHUNK):
            part = changes[start : start + CHUNK]
            bulk_write(ctx, obj.key, part, partial=False, trusted=True, action="convert")
        moved += len(changes)
    return moved
