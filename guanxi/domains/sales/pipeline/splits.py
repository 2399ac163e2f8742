"""Whose revenue a deal is: shares that come to 100 %, and amounts that come to the deal's, to the cent.

*How it works*: where a deal is written together with its split, the shares are checked and the amounts worked out at
once; where its amount changes (its items do, too), the stored lines follow in the same pass. Lines that come through a
door of their own (a list, an import, an undo) get their amounts after it; their sum is held when the deal is saved.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from guanxi.domains.sales.pipeline.rules import WHOLE, split
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

SPLITS, ROLES = "splits", "roles"
NOT_WHOLE = Text(
    "比例合计应为 100%，现在是 {sum}%。", "The shares come to {sum} %; they have to come to 100 %."
)
TWICE = Text("同一个人出现了两次。", "The same person is there twice.")


class DealLines(RecordHooks):
    """Keeps the split of a deal whole, and each of the customer's people in it once."""

    object_key = "opportunity"
    with_lines = True

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Another amount or currency."""
        return not {"amount", "currency"}.isdisjoint(keys)

    def prepare_lines(
        self, ctx: Ctx, obj: ObjectDef, change: Change, lines: Mapping[str, Sequence[Change]]
    ) -> None:
        """Check what is given, and work out the amounts."""
        for table, key in ((SPLITS, "person"), (ROLES, "contact")):
            kept = [line for line in lines.get(table, ()) if line.op != "delete"]
            held = Counter(line.value(key) for line in kept)
            for line in kept:
                if held[line.value(key)] > 1 and line.value(key) is not None:
                    change.refuse(f"{table}.{line.index}.{key}", "twice", TWICE)
                    break
        rows = [line for line in lines.get(SPLITS, ()) if line.op != "delete"]
        if not rows:
            return
        total = sum((line.value("share") or ZERO for line in rows), ZERO)
        if total != WHOLE:
            change.refuse(SPLITS, "not_whole", NOT_WHOLE, sum=f"{total.normalize():f}")
            return
        _share_out(ctx, change, rows)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Share out anew what changes its amount."""
        moved = [c for c in changes if c.op == "update" and (c.changes("amount") or c.changes("currency"))]
        line = get_schema(ctx).find(line_key(obj.key, SPLITS)) if moved else None
        if line is None:
            return
        stored = stored_lines(ctx, line, [change.id for change in moved])
        for change in moved:
            rows = stored.get(change.id, [])
            _share_out(ctx, change, rows)
            changed = [row for row in rows if row.values]
            if changed:
                change.lines[line.key] = changed

    def lines_written(self, ctx: Ctx, obj: ObjectDef, field: str, ids: Collection[uuid.UUID]) -> None:
        """Work out the amounts of lines that were written without their deal."""
        line = get_schema(ctx).find(line_key(obj.key, SPLITS)) if field == SPLITS else None
        if line is None:
            return
        deals = [Change("update", i, {}, index=n) for n, i in enumerate(sorted(ids))]
        lock_rows(ctx, obj, deals, deleted=False, trusted=True)
        live = [deal for deal in deals if not deal.errors]
        stored = stored_lines(ctx, line, [deal.id for deal in live])
        for deal in live:
            _share_out(ctx, deal, stored[deal.id])
        rows = [row for deal in live for row in stored[deal.id] if row.values]
        if rows:
            bulk_write(ctx, line.key, rows, partial=False, trusted=True, quiet=True)


def _share_out(ctx: Ctx, deal: Change, rows: Sequence[Change]) -> None:
    """Set the amounts that differ."""
    amount: Decimal | None = deal.value("amount")
    shares = [row.value("share") or ZERO for row in rows]
    decimals = places(deal.value("currency") or ctx.workspace.currency)
    amounts = [None] * len(rows) if amount is None else split(amount, shares, decimals)
    for row, part in zip(rows, amounts, strict=True):
        if row.value("amount") != part:
            row.values["amount"] = part


hooks_registry.register(DealLines())
