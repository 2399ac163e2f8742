"""Next best offers of a workspace: what goes together is found, the reason is true, and nobody learns more than they may."""

import random
import uuid
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.engine.tenancy.context import session
from tests.domains.insight.firms import Ordered, computed, ctx_of, customers, orders
from tests.domains.insight.test_workspace import today
from tests.engine.access.people import ALL, NOTHING, make_role, person_with
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db
PEOPLE, KINDS, OF_A_KIND = 160, 4, 6


def products(firm: Firm, count: int) -> list[uuid.UUID]:
    with session(firm.workspace.id):
        return store.bulk_create(ctx_of(firm), "product", [{"name": f"产品{n}"} for n in range(count)])


def habits(people: list[uuid.UUID], goods: list[uuid.UUID], now: date) -> list[Ordered]:
    """Everybody buys most of one kind of goods, over a year and a half; hardly anything else."""
    rng = random.Random(3)
    rows = []
    for n, one in enumerate(people):
        kind = n % KINDS
        own = goods[kind * OF_A_KIND : (kind + 1) * OF_A_KIND]
        day = now - timedelta(days=rng.randrange(300, 540))
        for product in rng.sample(own, rng.randrange(2, OF_A_KIND)) + rng.sample(goods, rng.random() < 0.1):
            rows.append(Ordered(one, day, rng.randrange(50, 900), product=product))
            day = min(now, day + timedelta(days=rng.randrange(10, 120)))
    return rows


def bought_by(rows: list[Ordered]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row.customer), set()).add(str(row.product))
    return found


def first_offers(door: Door, **query: Any) -> dict[str, str]:
    answer = door.post("/customer/query", {"fields": ["insight_offer"], "limit": 200, **query})
    assert answer.status_code == 200, answer.data
    return {row["id"]: row["insight_offer"]["id"] for row in answer.data["data"] if row["insight_offer"]}


def test_offers_are_of_the_same_kind_with_a_true_reason(firm: Firm) -> None:
    people, goods, now = customers(firm, PEOPLE), products(firm, KINDS * OF_A_KIND), today()
    rows = habits(people, goods, now)
    orders(firm, rows)
    gone = str(goods[0])
    door = firm.door()
    assert door.patch(f"/product/{gone}", {"is_active": False, "version": 1}).status_code == 200
    computed(firm)
    has, kind_of = bought_by(rows), {str(one): n // OF_A_KIND for n, one in enumerate(goods)}
    told = first_offers(door)
    assert len(told) > PEOPLE * 0.9
    fitting = sum(kind_of[product] == people.index(uuid.UUID(one)) % KINDS for one, product in told.items())
    assert fitting > len(told) * 0.85, "what is bought together is offered together"
    assert not any(product in has[one] for one, product in told.items()), "what they have is not offered"
    assert gone not in told.values(), "what is sold no more is not offered"
    one, offered = next(iter(told.items()))
    _the_card_gives_the_reason(door, one, has)
    assert set(first_offers(door, filter={"field": "insight_offer", "op": "is", "value": offered})) == {
        key for key, product in told.items() if product == offered
    }
    groups = door.post("/customer/query", {"group": ["insight_offer"], "measures": [{"op": "count"}]})
    assert groups.status_code == 200, groups.data
    home = door.get("/insight").data
    card = next(each for each in home["cards"] if each["key"] == "customization")
    assert card["count"] == len(told)
    model = next(each for each in home["models"] if each["key"] == "offers")
    assert "NDCG@10" in model["notes"][1], model
    links = door.get("/meta/objects/product").data
    assert "insight_offer" not in str(links), "it is no link that a product's page would list"


def _the_card_gives_the_reason(door: Door, one: str, has: dict[str, set[str]]) -> None:
    items = door.get(f"/insight/customers/{one}").data["offers"]["items"]
    assert items[0]["product"]["id"] == first_offers(door)[one]
    counts = Counter(product for owned in has.values() for product in owned)
    titles = {each["id"]: each["title"] for each in door.get("/product?limit=100").data["data"]}
    for item in items:
        product = item["product"]["id"]
        sources = [own for own in has[one] if titles[own] in item["why"].split("”")[0].split("“")[-1:]]
        (source,) = sources
        both = sum({source, product} <= owned for owned in has.values())
        lift = both / counts[source] / (counts[product] / len(has))
        assert item["lift"] == pytest.approx(lift, abs=0.051) and f"({both} bought both)" in item["why"]


def test_who_may_not_see_goods_sold_gets_no_offers(firm: Firm) -> None:
    people, goods, now = customers(firm, PEOPLE), products(firm, KINDS * OF_A_KIND), today()
    orders(firm, habits(people, goods, now))
    computed(firm)
    door = firm.door()
    one = next(iter(first_offers(door)))
    for n, rights in enumerate((
        {"objects": {"*": ALL, "product": NOTHING}},
        {"objects": {"*": ALL, "sales_order": NOTHING}},
        {"objects": {"*": ALL}, "fields": {"customer": {"insight_offer": "hidden"}}},
    )):  # fmt: skip
        make_role(door, f"r{n}", **rights)
        other = person_with(firm, door, f"r{n}")
        card = other.get(f"/insight/customers/{one}")
        assert card.status_code == 200 and card.data["offers"]["items"] == [], rights
        assert "offer" not in card.data["values"]
        refused = other.post("/customer/query", {"fields": ["insight_offer"]})
        assert refused.status_code == 422, rights


def test_too_little_to_learn_from_is_said(firm: Firm) -> None:
    people, goods = customers(firm, 3), products(firm, 2)
    orders(firm, [Ordered(one, today() - timedelta(9), 10, product=goods[0]) for one in people])
    computed(firm)
    home = firm.door().get("/insight").data
    assert any("There are no offers yet" in each for each in home["missing"])
    assert first_offers(firm.door()) == {}
    card = next(each for each in home["cards"] if each["key"] == "customization")
    assert card["missing"] and card["count"] is None
