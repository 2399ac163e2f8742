"""Making quotes: of a deal, and the next version of one that is out."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.papers.actions.quote_moves import MACHINE
from guanxi.domains.sales.papers.approving import lines_of
from guanxi.domains.sales.papers.copying import make_paper
from guanxi.domains.sales.papers.states import check_state, locked_row
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

QUOTE = "quote"
_OF_DEAL = ("customer", "contact", "currency")
_OF_QUOTE = (
    "name", "number", "customer", "contact", "opportunity", "currency", "tax_included", "discount", "terms", "owner",
    "description",
)  # fmt: skip
_REVISED = ("sent", "declined", "approved")


class MakeQuote(Action):
    """Make a quote of a deal, with its items as they stand."""

    key = "make_quote"
    label = Text("生成报价单", "Make a quote")
    icon = "file-text"
    objects = ("opportunity",)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"quote": a link to it}`; the prices are those of the deal's items."""
        rights.require(ctx, get_object(ctx, QUOTE), "create")
        held = locked_row(ctx, obj, ids[0])
        values = {key: held.value(key) for key in _OF_DEAL} | {
            "name": held.value("name"),
            "opportunity": held.id,
        }
        return {"quote": make_paper(ctx, QUOTE, values, lines_of(ctx, obj, held))}


class ReviseQuote(Action):
    """Make the next version of a quote that is out; the one before is superseded."""

    key = "revise_quote"
    label = Text("做新版本", "New version")
    icon = "layers"
    objects = (QUOTE,)
    when = ("status", _REVISED)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"quote": a link to the new one, "revision": n}`; it keeps the number."""
        rights.require(ctx, obj, "create")
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINE, held, _REVISED, self.label)
        values = {key: held.value(key) for key in _OF_QUOTE}
        revision = int(held.value("revision") or 1) + 1
        values |= {"revision": Decimal(revision), "previous": held.id}
        made = make_paper(ctx, QUOTE, values, lines_of(ctx, obj, held))
        over = Change("update", held.id, {"status": "superseded"})
        bulk_write(ctx, obj.key, [over], partial=False, trusted=True)
        return {"quote": made, "revision": revision}


action_registry.register(MakeQuote())
action_registry.register(ReviseQuote())
