"""Whose revenue a deal is, to the cent, and who plays which part in it."""

from decimal import Decimal
from typing import Any

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


def _split(firm: Firm, *shares: float) -> list[dict[str, Any]]:
    people = [firm.add(f"同事{n}", Role.MEMBER) for n in range(len(shares))]
    return [{"person": str(who.id), "share": share} for who, share in zip(people, shares, strict=True)]


def _amounts(deal: dict[str, Any]) -> list[Decimal]:
    return [Decimal(str(line["amount"])) for line in deal["splits"]]


def test_a_split_comes_to_the_deal_and_follows_its_amount(firm: Firm, boss: Door) -> None:
    thirds = _split(firm, 33.33, 33.33, 33.34)
    deal = made(boss, "opportunity", name="一单", amount="100.01", splits=thirds)
    assert sum(_amounts(deal)) == Decimal("100.01")
    moved = boss.patch(f"/opportunity/{deal['id']}", {"amount": "0.02", "version": deal["version"]}).data
    assert _amounts(moved) == [Decimal("0.01"), Decimal(0), Decimal("0.01")]
    # Its items say what it comes to.
    priced = boss.patch(
        f"/opportunity/{deal['id']}",
        {"items": [{"name": "泵", "price": "10", "quantity": 1}], "version": moved["version"]},
    ).data
    assert (priced["amount"], sum(_amounts(priced))) == (10, 10)
    emptied = boss.patch(
        f"/opportunity/{deal['id']}", {"items": [], "amount": None, "version": priced["version"]}
    ).data
    assert [line["amount"] for line in emptied["splits"]] == [None] * 3
    gone = boss.patch(f"/opportunity/{deal['id']}", {"splits": [], "version": emptied["version"]})
    assert gone.status_code == 200 and gone.data["splits"] == []


def test_a_split_that_is_not_whole_is_refused_with_nothing_written(firm: Firm, boss: Door) -> None:
    half = _split(firm, 50, 49.99)
    refused = boss.post("/opportunity", {"name": "一单", "amount": 10, "splits": half})
    assert [(e["field"], e["code"]) for e in refused.data["errors"]] == [("splits", "not_whole")]
    assert "99.99" in refused.data["errors"][0]["message"]
    assert boss.get("/opportunity").data["data"] == []
    twice = [{**half[0]}, {**half[0]}]
    refused = boss.post("/opportunity", {"name": "一单", "splits": twice})
    assert [e["field"] for e in refused.data["errors"]] == ["splits.0.person"]
    for share in (-1, 100.5, "much"):
        refused = boss.post("/opportunity", {"name": "一单", "splits": [{**half[0], "share": share}]})
        assert refused.data["errors"][0]["field"] == "splits.0.share", refused.data
    deal = made(boss, "opportunity", name="一单", amount=10, splits=_split(firm, 100))
    refused = boss.patch(f"/opportunity/{deal['id']}", {"splits": half, "version": deal["version"]})
    assert refused.status_code == 422
    assert len(boss.get(f"/opportunity/{deal['id']}").data["splits"]) == 1


def test_everybody_has_one_part_in_a_deal(boss: Door) -> None:
    contact = made(boss, "contact", name="罗建国")
    roles = [{"contact": contact["id"], "role": "decision_maker", "stance": "for"}]
    deal = made(boss, "opportunity", name="一单", roles=roles)
    assert (deal["roles"][0]["contact"]["title"], deal["roles"][0]["role"]) == ("罗建国", "decision_maker")
    refused = boss.patch(f"/opportunity/{deal['id']}", {"roles": roles * 2, "version": deal["version"]})
    assert [e["field"] for e in refused.data["errors"]] == ["roles.0.contact"]
    found = boss.post(
        "/opportunity_roles/query", {"filter": {"field": "contact", "op": "is", "value": contact["id"]}}
    )
    assert found.status_code == 200 and len(found.data["data"]) == 1
