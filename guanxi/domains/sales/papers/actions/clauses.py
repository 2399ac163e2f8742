"""Adding clauses of the library to the terms of a paper.

*Rules*: their wording is copied: what was agreed does not change with the library. One whose wording stands in the terms
already is not added twice. Only drafts take any: others are taken back first, like for any other change of their terms.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers.actions import contract_moves, quote_moves
from guanxi.domains.sales.papers.states import check_state, locked_row
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

CLAUSE = "clause"
MACHINES = {"quote": quote_moves.MACHINE, "contract": contract_moves.MACHINE}
MOST = 30
TOO_MANY = Text("一次最多 {max} 条。", "At most {max} at a time.")
UNKNOWN = Text("没有这个条款，或者你无权查看。", "There is no such clause, or it is not visible to you.")


class AddClauses(Action):
    """Write clauses of the library into the terms, each under its name, behind what stands there."""

    key = "add_clauses"
    label = Text("加条款", "Add clauses")
    icon = "file-text"
    objects = ("contract", "quote")
    when = ("status", ("draft",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Which ones, in the order in which they are to stand."""
        return (field("clauses", "links", Text("条款", "Clauses"), target=CLAUSE, required=True),)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"added": how many were not there yet}`; raises Conflict but for drafts, Invalid for unknown clauses."""
        wanted = list(dict.fromkeys(data["clauses"] or ()))
        if len(wanted) > MOST:
            raise invalid("clauses", "too_many", TOO_MANY, max=MOST)
        rows = {row["id"]: row for row in get_records(ctx, CLAUSE, wanted, fields=["name", "body"])}
        if len(rows) < len(wanted):
            raise invalid("clauses", "not_found", UNKNOWN)
        paper = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINES[obj.key], paper, ("draft",), self.label)
        terms = str(paper.value("terms") or "").rstrip()
        fresh = [row for i in wanted if (row := rows[str(i)])["body"] and row["body"].strip() not in terms]
        parts = [f"{row['name']}\n{row['body'].strip()}" for row in fresh]
        if parts:
            change = Change("update", paper.id, {"terms": "\n\n".join(filter(None, [terms, *parts]))})
            bulk_write(ctx, obj.key, [change], partial=False, ruled=True)
        return {"added": len(parts)}


action_registry.register(AddClauses())
