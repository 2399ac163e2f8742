"""The fact lake: brought up to date it is what it would be if made anew; it keeps to its workspace, and forgets."""

import stat
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from guanxi.domains.insight.lake import refreshing
from guanxi.domains.insight.lake.facts import facts
from guanxi.domains.insight.lake.parts import folder_of
from guanxi.domains.insight.lake.reading import open_lake
from guanxi.engine.records import store
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.erasing import Erasure, eraser_registry
from tests.domains.insight.firms import Ordered, ctx_of, customers, orders, put
from tests.firms import Firm, found

pytestmark = pytest.mark.django_db


def content(firm: Firm) -> dict[str, list[dict[str, Any]]]:
    """Everything that a lake says."""
    with open_lake(firm.workspace.id, "CNY") as lake:
        return {fact.key: lake[fact.key].order_by("id").to_pyarrow().to_pylist() for fact in facts}


def refreshed(firm: Firm, *, whole: bool = False) -> list[refreshing.Freshness]:
    with session(firm.workspace.id):
        return refreshing.refresh(ctx_of(firm), whole=whole)


STEPS = st.lists(st.tuples(st.sampled_from(["order", "edit", "delete", "restore", "purge", "refresh"]), st.integers(0, 7)),
                 min_size=4, max_size=9)  # fmt: skip


@how(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_a_lake_brought_up_to_date_is_the_lake_made_anew(
    firm: Firm, monkeypatch: pytest.MonkeyPatch, steps: Any
) -> None:
    monkeypatch.setattr(refreshing, "PART_ROWS", 3)  # many parts, so that changes fall into the middle
    known, gone = customers(firm, 2), []
    live = orders(firm, [Ordered(known[n % 2], date(2026, 1, 1) + timedelta(n), 10 + n) for n in range(7)])
    refreshed(firm)
    for step, n in steps:
        with session(firm.workspace.id):
            ctx = ctx_of(firm)
            if step == "order":
                live += orders(firm, [Ordered(known[n % 2], date(2026, 3, 1), n)])
            elif step == "edit" and live:
                put(firm, "sales_order", {live[n % len(live)]: {"status": "completed"}})
            elif step == "delete" and live:
                gone.append(live.pop(n % len(live)))
                store.delete(ctx, "sales_order", gone[-1])
            elif step == "restore" and gone:
                live.append(gone.pop())
                store.restore(ctx, "sales_order", live[-1])
            elif step == "purge" and gone:
                purge_records(ctx, get_object(ctx, "sales_order"), [gone.pop()])
        if step == "refresh":
            refreshed(firm)
    told = refreshed(firm)
    assert all(each.rows == each.database_rows and not each.whole for each in told), told
    stepwise = content(firm)
    refreshed(firm, whole=True)
    assert stepwise == content(firm)
    assert {str(i) for i in live} <= {row["id"] for row in stepwise["orders"]}
    assert not {str(i) for i in gone} & {row["id"] for row in stepwise["orders"]}


def test_money_is_in_the_workspaces_currency_and_returns_are_negative(firm: Firm) -> None:
    door = firm.door()
    (one,) = customers(firm, 1)
    orders(firm, [Ordered(one, date(2026, 1, 5), 100), Ordered(one, date(2026, 1, 6), 40, status="draft"),
                  Ordered(one, date(2026, 1, 7), 30, status="cancelled")])  # fmt: skip
    rate = door.post("/currency_rate", {"currency": "USD", "day": "2025-12-01", "rate": 7})
    assert rate.status_code == 201, rate.data
    (abroad,) = orders(firm, [Ordered(one, date(2026, 1, 8), 10, "USD")])
    line = door.get(f"/sales_order/{abroad}").data["items"][0]
    back = door.post(
        "/sales_return", {"sales_order": str(abroad), "items": [{"item": line["id"], "quantity": 0.5}]}
    )
    assert back.status_code in (201, 422)  # an order that was never delivered takes nothing back
    refreshed(firm)
    with open_lake(firm.workspace.id, "CNY") as lake:
        told = lake.orders().order_by("day").to_pyarrow().to_pylist()
        lines = lake.lines().to_pyarrow().to_pylist()
    assert [(row["day"], row["amount"]) for row in told] == [
        (date(2026, 1, 5), 100.0),
        (date(2026, 1, 8), 70.0),
    ]
    assert sorted(row["amount"] for row in lines) == [70.0, 100.0]


def test_the_lake_is_read_by_the_service_alone_and_keeps_no_names_and_nothing_sensitive(firm: Firm) -> None:
    (one,) = customers(firm, 1)
    orders(firm, [Ordered(one, date(2026, 1, 5), 100)])
    refreshed(firm)
    home = folder_of(firm.workspace.id)
    files = list(home.iterdir())
    assert files and stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    everything = b"".join(path.read_bytes() for path in files)
    assert "客户0".encode() not in everything
    field = firm.door().patch("/meta/objects/sales_order/fields/total", {"confidential": True})
    assert field.status_code == 200, field.data
    told = refreshed(firm)
    assert next(each for each in told if each.fact == "orders").whole, (
        "made anew without what is sensitive now"
    )
    assert content(firm)["orders"][0]["total"] is None


def test_what_is_erased_is_gone_from_the_lake(firm: Firm) -> None:
    other = found("北海公司", "chief@other.example", "李强")
    for each in (firm, other):
        (one,) = customers(each, 1)
        orders(each, [Ordered(one, date(2026, 1, 5), 100)])
        refreshed(each)
    (mine,) = (uuid.UUID(row["id"]) for row in content(firm)["customers"])
    assert str(mine) not in {row["id"] for row in content(other)["customers"]}
    with session(firm.workspace.id):
        for eraser in eraser_registry:
            if eraser.key.startswith(("insight", "customer_insight")):
                eraser.run(ctx_of(firm), Erasure({"customer": frozenset({mine})}))
    assert not folder_of(firm.workspace.id).exists() and folder_of(other.workspace.id).exists()
