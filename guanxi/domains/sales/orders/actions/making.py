"""Making orders: of a quote that may go out, and of a contract that is agreed.

*Rules*: a quote is ordered once, unless its order was cancelled; of a contract there may be many orders.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.papers.facade import lines_of, locked_row, make_paper
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.query.read import fetch_page
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

ORDER = "sales_order"
WRONG_STATE = Text("「{state}」的单据不能生成订单。", "No order is made of what is “{state}”.")
ORDERED = Text("已经生成过订单 {number}。", "There is an order of it already: {number}.")
_FROM = ("approved", "sent", "accepted", "active")
_TAKEN = ("name", "customer", "contact", "opportunity", "currency", "tax_included", "discount", "owner")


class MakeOrder(Action):
    """Make an order of a quote or a contract, with its items as they stand; it names what it is made of."""

    key = "make_order"
    label = Text("生成订单", "Make an order")
    icon = "clipboard"
    objects = ("quote", "contract")
    when = ("status", _FROM)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"sales_order": a link to it}`; raises Conflict in another state, and for a quote that was ordered."""
        rights.require(ctx, get_object(ctx, ORDER), "create")
        held = locked_row(ctx, obj, ids[0])
        self._check_state(ctx, obj, held.value("status"))
        links = {obj.key: held.id}
        if obj.key == "quote":
            _check_first(ctx, held.id)
        else:
            links["quote"] = held.value("quote")
        values = {key: held.value(key) for key in _TAKEN} | links
        return {"sales_order": make_paper(ctx, ORDER, values, lines_of(ctx, obj, held))}

    def _check_state(self, ctx: Ctx, obj: ObjectDef, state: str | None) -> None:
        if state not in _FROM:
            option = obj.fields["status"].option(state or "draft")
            said = option.label.in_(ctx.locale) if option else str(state)
            raise Conflict(WRONG_STATE, code="wrong_state", extra={"state": state}, state=said)


def _check_first(ctx: Ctx, quote: uuid.UUID) -> None:
    """Raise Conflict where an order of the quote is there (its row is locked: two clicks make one order)."""
    tree = {"and": [{"field": "quote", "op": "is", "value": str(quote)},
                    {"field": "contract", "op": "is_empty"},
                    {"field": "status", "op": "is_not", "value": "cancelled"}]}  # fmt: skip
    query = RecordQuery(ORDER, tree, (), ("number",), limit=1, count=False)
    found = fetch_page(replace(ctx, actor=SYSTEM), query).data
    if found:
        raise Conflict(
            ORDERED, code="already_ordered", extra={"id": found[0]["id"]}, number=found[0]["number"] or "—"
        )


action_registry.register(MakeOrder())
