"""Why a record was found: the piece of a field that holds what was looked for.

*How it works*: most hits are marked in their title or subtitle already. Of the others, the searched fields that
the actor may read are read through the read door, once for each kind of record, and the first that holds the words
is shown, marked; of a long text the piece around them.

*Rules*: at most a page of hits, so at most one read for each kind of object; a masked field tells nothing.

*See*: search.py, which finds; search_highlights.py, which marks.
"""

import uuid
from collections import defaultdict
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.search_highlights import highlight_ranges
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx

BEFORE = 20
MAX_PIECE = 100


def with_reasons(ctx: Ctx, hits: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """`hits` of `search`, each marked somewhere if any field that the actor reads shows why it was found."""
    unmarked: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for hit in hits:
        if not hit["highlights"]:
            unmarked[hit["object"]][hit["id"]] = hit
    env = environment(ctx)
    for key, found in unmarked.items():
        obj = get_object(ctx, key)
        readable = rights.readable(ctx, obj)
        fields = [f for f in obj.searchable if f.key in readable and f.key != obj.title_field]
        if not fields:
            continue
        ids, keys = [uuid.UUID(i) for i in found], [f.key for f in fields]
        records = get_records(ctx, key, ids, fields=keys, counted=True)
        for record in records:
            found[record["id"]]["highlights"] = _marked(record, fields, text, env)
    return hits


def _marked(record: dict[str, Any], fields: list[FieldDef], text: str, env: Env) -> list[dict[str, Any]]:
    for field in fields:
        shown = " ".join(field.type.format(record.get(field.key), field, env).split())
        ranges = highlight_ranges(shown, text)
        if ranges:
            piece, inside = _piece(shown, ranges)
            return [{"field": field.key, "text": piece, "ranges": inside}]
    return []


def _piece(shown: str, ranges: list[list[int]]) -> tuple[str, list[list[int]]]:
    """The text around the first range, and the ranges that lie in it."""
    if len(shown) <= MAX_PIECE:
        return shown, ranges
    start = max(ranges[0][0] - BEFORE, 0)
    end = min(max(start + MAX_PIECE, ranges[0][1]), len(shown))
    head, tail = "…" if start else "", "…" if end < len(shown) else ""
    moved = len(head) - start
    return head + shown[start:end] + tail, [[a + moved, b + moved] for a, b in ranges if b <= end]
