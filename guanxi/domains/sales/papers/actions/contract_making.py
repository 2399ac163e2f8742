"""Making contracts: of a quote that is out or accepted."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers.actions.quote_moves import MACHINE
from guanxi.domains.sales.papers.approving import lines_of
from guanxi.domains.sales.papers.copying import make_paper
from guanxi.domains.sales.papers.states import check_state, locked_row
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

CONTRACT = "contract"
_TAKEN = (
    "name",
    "customer",
    "contact",
    "opportunity",
    "currency",
    "tax_included",
    "discount",
    "terms",
    "owner",
)
_FROM = ("sent", "accepted")


class MakeContract(Action):
    """Make a contract of a quote, with its items and terms as they stand."""

    key = "make_contract"
    label = Text("生成合同", "Make a contract")
    icon = "file-check"
    objects = ("quote",)
    when = ("status", _FROM)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"contract": a link to it}`; raises Conflict for a quote that is not out."""
        rights.require(ctx, get_object(ctx, CONTRACT), "create")
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINE, held, _FROM, self.label)
        values = {key: held.value(key) for key in _TAKEN} | {"quote": held.id, "kind": "sale"}
        return {"contract": make_paper(ctx, CONTRACT, values, lines_of(ctx, obj, held))}


action_registry.register(MakeContract())
