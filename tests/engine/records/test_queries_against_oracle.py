"""Random questions over random records: PostgreSQL and a plain reading of the rules give the same answer."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from guanxi.engine.records.query import fetch_groups, fetch_page, parse_query
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.pinyin import sort_key
from guanxi.kit.relative_dates import WINDOWS
from tests.engine.records.oracle import Oracle, Row
from tests.firms import Firm, found

NOW = datetime(2026, 3, 9, 3, 30, tzinfo=UTC)
"""Half past eleven at night of the day clocks went forward in New York; the next noon in Shanghai."""
RECORDS = 60
POOL: dict[str, list[Any]] = {
    "text": ["中山公司", "中山", "ABC", "abc", "Abc d", "50%_off\\", "50x off", "%", "_", "O'Neill \"x\"", "groß",
             "李 明", "💡灯", "a\\b", "null", "0", "{}"],
    "number": [0, 1, 7, 10, 9, 100, 999999999999],
    "decimal": ["0", "0.01", "1.25", "1.2", "-3.5", "10.00", "9.99", "1000000.1"],
    "money": ["0", "0.01", "1.25", "10.00", "9.99", "1000000.10"],
    "rating": [1, 2, 3, 5],
    "boolean": [True, False],
    "select": ["high", "mid", "low"],
    "date": ["2026-03-07", "2026-03-08", "2026-03-09", "2026-02-28", "2025-12-31", "2026-01-01", "2024-02-29", "2026-03-31", "2026-04-01"],
    "datetime": ["2026-03-08T04:59:59.999999Z", "2026-03-08T05:00:00Z", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z",
                 "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z", "2026-03-08T16:00:00Z", "2026-03-08T15:59:59.999999Z",
                 "2025-12-31T16:00:00Z", "2026-01-01T05:00:00Z", "2026-03-09T03:30:00Z", "2026-03-02T00:00:00Z"],
    "tags": [["甲"], ["甲", "乙"], ["O'b"], ["a", "A"], ["乙", "a"]],
    "multi_select": [["high"], ["high", "low"], ["mid"]],
}  # fmt: skip
OPERATORS = {
    "text": ["is", "is_not", "contains", "not_contains", "starts_with", "in"],
    "number": ["is", "is_not", "gt", "gte", "lt", "lte", "between", "in"],
    "select": ["is", "is_not", "in", "not_in"],
    "date": ["is", "before", "after", "on_or_before", "on_or_after", "between", "within"],
    "tags": ["has_any", "has_all", "has_none"],
    "boolean": ["is"],
}
LIKE = {
    "decimal": "number",
    "money": "number",
    "rating": "number",
    "datetime": "date",
    "multi_select": "tags",
}
OPTIONS = [{"value": value, "label": value} for value in POOL["select"]]
CUSTOM = {"word": "text", "whole": "number", "exact": "decimal", "stars": "rating", "flag": "boolean", "tier": "select", "day": "date",
          "moment": "datetime", "labels": "tags", "several": "multi_select"}  # fmt: skip
STANDARD = {"wechat": "text", "employees": "number", "credit_limit": "money", "founded_date": "date", "next_contact_at": "datetime",
            "tags": "tags"}  # fmt: skip
RELATIVE = ["-30d", "+2w", "-1m", "-1q", "-1y", "today", "now", "-3h", "+1d", "-1d", "+23d"]


@dataclass
class Case:
    """Records of one object in one workspace, as the API shows them."""

    ctx: Ctx
    key: str
    kinds: dict[str, str]
    rows: list[Row]
    oracle: Oracle

    def page(self, body: dict[str, Any]) -> Any:
        return fetch_page(self.ctx, parse_query(self.key, body))


CASES: dict[str, Case] = {}
few = settings(max_examples=60, deadline=None, derandomize=True, database=None,
               suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two firms, in two zones, with the same random records of a made and of a standard object."""
    with django_db_blocker.unblock(), transaction.atomic():
        for city, zone in (("shanghai", "Asia/Shanghai"), ("newyork", "America/New_York")):
            _fill(found(city, f"{city}@firm.example"), city, zone)
        yield
        transaction.set_rollback(True)
        CASES.clear()


def _fill(firm: Firm, city: str, zone: str) -> None:
    door = firm.door()
    assert door.patch("/workspace", {"time_zone": zone}).status_code == 200
    assert door.post("/meta/objects", {"key": "sample", "label": "Sample"}).status_code == 201
    for name, kind in CUSTOM.items():
        extra: dict[str, Any] = {"options": OPTIONS} if kind in ("select", "multi_select") else {}
        extra |= {"config": {"decimals": 2}} if kind == "decimal" else {}
        assert (
            door.post(
                "/meta/objects/sample/fields", {"key": name, "type": kind, "label": name, **extra}
            ).status_code
            == 201
        )
    with session(firm.workspace.id):
        ctx = replace(firm.ctx, now=NOW)
    for key, kinds in (("sample", CUSTOM), ("customer", STANDARD)):
        chance = random.Random(f"{key}")
        bodies = [
            {"name": f"{chance.choice(['阿', '中', 'b', 'Z', '1'])}{i}"}
            | {name: chance.choice(POOL[kind]) for name, kind in kinds.items() if chance.random() < 0.75}
            for i in range(RECORDS)
        ]
        made = door.post(f"/{key}/bulk", {"op": "create", "records": bodies})
        assert made.status_code == 200, made.data["errors"]
        kept = [*kinds, "name"]
        rows: list[Row] = [
            {"id": row["id"]} | {name: row[name] if row[name] != [] else None for name in kept}
            for row in door.post(f"/{key}/query", {"limit": 200}).data["data"]
        ]
        assert len(rows) == RECORDS
        CASES[f"{city} {key}"] = Case(
            ctx, key, kinds, rows, Oracle(kinds | {"name": "text"}, ZoneInfo(zone), NOW)
        )


@st.composite
def _leaf(draw: Any, kinds: dict[str, str]) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(kinds)))
    kind = kinds[name]
    empty = [] if kind == "boolean" else ["is_empty", "is_not_empty"]
    op = draw(st.sampled_from(OPERATORS[LIKE.get(kind, kind)] + empty))
    if op in empty:
        return {"field": name, "op": op}
    return {"field": name, "op": op, "value": draw(_operand(kind, op))}


def _operand(kind: str, op: str) -> st.SearchStrategy[Any]:
    one = st.sampled_from(POOL[kind])
    if op == "within":
        return st.sampled_from(sorted(WINDOWS))
    if kind in ("date", "datetime"):
        moment = (
            one
            | st.sampled_from(POOL["date"])
            | st.sampled_from(RELATIVE).map(lambda text: {"relative": text})
        )
        return st.lists(moment, min_size=2, max_size=2) if op == "between" else moment
    if op == "between":
        return st.lists(one, min_size=2, max_size=2)
    if op in ("contains", "not_contains", "starts_with"):
        piece = st.tuples(one, st.integers(0, 3), st.integers(1, 4)).map(
            lambda cut: cut[0][cut[1] : cut[1] + cut[2]] or cut[0]
        )
        return (piece | one).flatmap(lambda text: st.sampled_from([text, text.upper(), text.lower()]))
    if op.startswith("has_"):
        return st.lists(
            st.sampled_from(sorted({item for items in POOL[kind] for item in items})), min_size=1, max_size=3
        )
    return st.lists(one, max_size=4) if op in ("in", "not_in") else one


def _trees(kinds: dict[str, str]) -> st.SearchStrategy[Any]:
    def grow(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(parts, max_size=3)
        return (
            several.map(lambda p: {"and": p})
            | several.map(lambda p: {"or": p})
            | parts.map(lambda p: {"not": p})
        )

    return st.recursive(_leaf(kinds), grow, max_leaves=8)


which = pytest.mark.parametrize(
    "name", ["shanghai sample", "newyork sample", "shanghai customer", "newyork customer"]
)


@which
@few
@given(data=st.data())
def test_a_filter_finds_exactly_the_records_that_fit(
    filled: None, db: Any, name: str, data: st.DataObject
) -> None:
    case = CASES[name]
    tree = data.draw(_trees(case.kinds))
    with session(case.ctx.workspace.id):
        page = case.page({"filter": tree, "fields": ["name"], "limit": 200})
    want = {row["id"] for row in case.rows if case.oracle.holds(tree, row)}
    assert {row["id"] for row in page.data} == want
    assert (page.count, page.exact) == (len(want), True)


@which
@settings(parent=few, max_examples=25)
@given(data=st.data())
def test_pages_walk_every_record_once_in_order(filled: None, db: Any, name: str, data: st.DataObject) -> None:
    case = CASES[name]
    sortable = sorted(key for key, kind in case.kinds.items() if kind not in ("tags", "multi_select", "text"))
    chosen = data.draw(st.lists(st.sampled_from([*sortable, "name"]), min_size=1, max_size=3, unique=True))
    sorts = [data.draw(st.sampled_from(["", "-"])) + key for key in chosen]
    tree, limit = data.draw(_trees(case.kinds)), data.draw(st.integers(1, 25))
    body: dict[str, Any] = {
        "filter": {"or": [tree, {"not": tree}]},
        "sort": sorts,
        "fields": ["name"],
        "limit": limit,
    }
    walked: list[str] = []
    with session(case.ctx.workspace.id):
        cursor = None
        while True:
            page = case.page(body | {"cursor": cursor})
            walked += [row["id"] for row in page.data]
            assert len(page.data) <= limit
            cursor = page.next
            if cursor is None:
                break
    order = {"high": 0, "mid": 1, "low": 2}
    rows = [
        row | {"name": sort_key(row["name"]), "tier": order.get(row.get("tier") or "")} for row in case.rows
    ]
    assert walked == case.oracle.ordered(rows, sorts)


@which
@settings(parent=few, max_examples=40)
@given(data=st.data())
def test_groups_count_and_sum_as_one_would_by_hand(
    filled: None, db: Any, name: str, data: st.DataObject
) -> None:
    case = CASES[name]
    summed = data.draw(
        st.sampled_from(
            [key for key, kind in case.kinds.items() if kind in ("number", "decimal", "money", "rating")]
        )
    )
    names = data.draw(st.lists(st.sampled_from([k for k, kind in case.kinds.items() if kind in ("select", "boolean", "date", "datetime")]),
                               min_size=1, max_size=2, unique=True))  # fmt: skip
    buckets = st.sampled_from(["day", "week", "month", "quarter", "year"])
    keys = [(key, data.draw(buckets) if case.kinds[key] in ("date", "datetime") else None) for key in names]
    tree = data.draw(_trees(case.kinds))
    body = {
        "filter": tree, "limit": 200, "totals": True, "group": [{"field": key, "bucket": bucket} for key, bucket in keys],
        "measures": [{"op": "count"}] + [{"op": op, "field": summed, "as": op} for op in FIGURES[1:]],
    }  # fmt: skip
    with session(case.ctx.workspace.id):
        answer = fetch_groups(case.ctx, parse_query(case.key, body))
    held = [row for row in case.rows if case.oracle.holds(tree, row)]
    got = _figures(answer["data"], names)
    assert len(got) == len(answer["data"])
    assert got == case.oracle.groups(held, keys, summed)
    alone = keys if len(keys) > 1 else []
    for key, bucket in alone:
        rows = [row for row in answer["totals"] if list(row["keys"]) == [key]]
        assert _figures(rows, [key]) == case.oracle.groups(held, [(key, bucket)], summed)
    overall = [row for row in answer["totals"] if not row["keys"]]
    nothing = (0, *[None] * (len(FIGURES) - 1))
    assert _figures(overall, []) == (case.oracle.groups(held, [], summed) or {(): nothing})


FIGURES = ("count", "sum", "min", "max", "median")


def _figures(rows: list[Any], names: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {
        tuple(row["keys"][key] for key in names): tuple(row["values"][alias] for alias in FIGURES)
        for row in rows
    }
