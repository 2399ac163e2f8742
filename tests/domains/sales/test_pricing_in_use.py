"""A product that something is sold in, priced by or made of is not deleted; the answer says what to do instead."""

from typing import Any

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


def _gone(door: Door, product: dict[str, Any]) -> Any:
    return door.delete(f"/product/{product['id']}", {"version": product["version"]})


def test_a_product_in_use_stays_and_says_where(firm: Firm, boss: Door) -> None:
    pump, part, listed, unused = (
        made(boss, "product", name=name, price=10) for name in ("泵", "件", "册", "闲")
    )
    bundle = made(boss, "product", name="套装", parts=[{"product": part["id"], "quantity": 2}])
    book = made(boss, "price_book", name="大客户")
    made(boss, "price_book_entry", price_book=book["id"], product=listed["id"], price=9)
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    quote = made(
        rep, "quote", name="报价", items=[{"product": pump["id"]}, {"product": pump["id"], "quantity": 2}]
    )
    for product, place in ((pump, "2"), (part, "1"), (listed, "1")):
        refused = _gone(boss, product)
        assert refused.status_code == 422, refused.data
        (error,) = refused.data["errors"]
        assert (error["code"], "On sale" in error["message"], f": {place}" in error["message"]) == (
            "in_use", True, True,
        ), error  # fmt: skip
        assert boss.get(f"/product/{product['id']}").status_code == 200
    many = boss.post("/product/bulk", {"op": "delete", "ids": [unused["id"], pump["id"]]})
    assert many.status_code == 422, many.data
    assert boss.get(f"/product/{unused['id']}").status_code == 200
    assert rep.delete(f"/quote/{quote['id']}", {"version": quote["version"]}).status_code == 204
    assert _gone(boss, pump).status_code == 204
    assert _gone(boss, unused).status_code == 204
    assert _gone(boss, bundle).status_code == 204, "what it is made of goes with it"
    assert _gone(boss, part).status_code == 204


def test_a_bundle_is_not_made_of_itself(boss: Door) -> None:
    part = made(boss, "product", name="件")
    bundle = made(boss, "product", name="套装", parts=[{"product": part["id"], "quantity": 2}])
    itself = [{**bundle["parts"][0], "product": bundle["id"]}, {"product": part["id"]}]
    refused = boss.patch(f"/product/{bundle['id']}", {"parts": itself, "version": bundle["version"]})
    assert refused.status_code == 422, refused.data
    assert [(e["field"], e["code"]) for e in refused.data["errors"]] == [("parts.0.product", "itself")]
    assert boss.get(f"/product/{bundle['id']}").data["parts"] == bundle["parts"]
