"""What a form holds is judged as it would be once stored, and nothing is stored."""

from decimal import Decimal

from guanxi.engine.records.query.drafts import draft_row, evaluate
from guanxi.engine.records.query.read import count_matching
from guanxi.engine.records.query.spec import parse_query
from guanxi.engine.records.store import create
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.kit.ids import new_ids
from tests.firms import Firm


def test_conditions_hold_for_drafts_as_they_would_for_records(firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        parent = create(ctx, "customer", {"name": "中山公司"})
        obj = get_object(ctx, "opportunity")
        big, small = new_ids(2)
        drafts = [
            draft_row(ctx, obj, big, {"name": "大单", "amount": Decimal("500.50"), "customer": parent["id"]}),
            draft_row(ctx, obj, small, {"name": "小单", "amount": Decimal(5)}),
        ]
        tree = {"and": [{"field": "amount", "op": "gt", "value": "100"},
                        {"field": "customer.name", "op": "contains", "value": "中山"}]}  # fmt: skip
        found = evaluate(ctx, obj, drafts, lambda compiler: [compiler.where(tree)])
        assert {key: bool(row[0]) for key, row in found.items()} == {big: True, small: False}
        assert count_matching(ctx, parse_query("opportunity", {}))[0] == 0
