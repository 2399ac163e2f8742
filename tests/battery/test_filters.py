"""Every operator of every field of every object, asked over HTTP, and everything that is no question."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.battery.samples import NUMBERS, TODAY
from tests.battery.world import World, object_keys

every_object = pytest.mark.parametrize("key", object_keys())
Holds = Callable[[Any, Any, Any], bool]


def _ask(world: World, key: str, tree: Any, **more: Any) -> Any:
    return world.boss.post(
        f"/{key}/query", {"filter": tree, "fields": ["id"], "count": False, "limit": 200, **more}
    )


def _plain(field: dict[str, Any], shown: Any) -> Any:
    """A shown value as it compares."""
    kind = field["type"]
    if isinstance(shown, list):
        return [item["id"] if isinstance(item, dict) else item for item in shown] or None
    if kind in ("link", "user", "team", "file"):
        return shown and shown["id"]
    if kind in NUMBERS:
        return None if shown is None else float(shown)
    if kind == "address":
        return shown and shown["text"]
    if kind == "rich_text":
        return shown and shown.replace("<p>", "").replace("</p>", "").replace("<strong>", "").replace(
            "</strong>", ""
        )
    if kind == "datetime" and shown:
        return datetime.fromisoformat(shown).isoformat(timespec="microseconds")
    return shown


POSITIVE: dict[str, Holds] = {
    "is": lambda value, one, two: value == one,
    "in": lambda value, one, two: value in (one, two),
    "gt": lambda value, one, two: value > one,
    "gte": lambda value, one, two: value >= one,
    "lt": lambda value, one, two: value < two,
    "lte": lambda value, one, two: value <= two,
    "between": lambda value, one, two: one <= value <= one,
    "before": lambda value, one, two: value < two,
    "after": lambda value, one, two: value > one,
    "on_or_before": lambda value, one, two: value <= one,
    "on_or_after": lambda value, one, two: value >= two,
    "contains": lambda value, one, two: one in value,
    "starts_with": lambda value, one, two: value.startswith(one),
    "has_any": lambda value, one, two: bool(set(value) & {*one, *two}),
    "has_all": lambda value, one, two: set(value) >= set(one),
    "within": lambda value, one, two: value == one,
    "is_empty": lambda value, one, two: False,
    "is_not_empty": lambda value, one, two: True,
}
NEGATIVE = {"is_not": "is", "not_in": "in", "not_contains": "contains", "has_none": "has_any"}
TAKES_SECOND = ("lt", "lte", "before", "on_or_after")


def _day(text: str) -> date:
    """The day in the workspace's zone."""
    return (
        datetime.fromisoformat(text).astimezone(ZoneInfo("Asia/Shanghai")).date()
        if len(text) > 10
        else date.fromisoformat(text)
    )


def _operand(world: World, field: dict[str, Any], op: str, one: Any, two: Any) -> Any:
    """What to send so that `POSITIVE[op]` is asked."""
    kind = field["type"]
    if op in ("is_empty", "is_not_empty"):
        return None
    if op == "within":
        return {
            "user": str(world.teams["south"].id),
            "team": str(world.teams["south"].id),
            "address": "广东省/中山市",
        }.get(kind, "today")
    if op in ("in", "not_in"):
        return [one, two]
    if op in ("has_any", "has_none"):
        return [*one, *two]
    return [one, one] if op == "between" else two if op in TAKES_SECOND else one


def _expected(field: dict[str, Any], op: str, shown: Any, one: Any, two: Any) -> bool:
    if op in NEGATIVE:
        return not _expected(field, NEGATIVE[op], shown, one, two)
    if field["type"] == "boolean":
        return bool(shown) == one
    if shown is None or shown == []:
        return op == "is_empty"
    if op in ("contains", "starts_with") and field["type"] != "phone":
        return POSITIVE[op](shown.casefold(), one.casefold()[:3], two)
    return POSITIVE[op](shown, one, two)


@every_object
def test_every_operator_of_every_field_finds_what_it_should(world: World, key: str) -> None:
    bodies = [world.draft(key, 0), world.draft(key, 1), world.least(key, "空的")]
    records = []
    for body in bodies:
        unique = {
            f["key"]: f"{body[f['key']]} {len(records)}"
            for f in world.meta[key]["fields"]
            if f["unique"] and f["key"] in body
        }
        made = world.boss.post(f"/{key}", body | unique)
        assert made.status_code == 201, made.data
        records.append(made.data)
    wrong = []
    south = {str(world.people[name].id) for name in ("manager", "rep", "peer")}
    for f in world.meta[key]["fields"]:
        values = {record["id"]: _plain(f, record[f["key"]]) for record in records}
        one, two = (values[record["id"]] for record in records[:2])
        if f["type"] in ("date", "datetime"):
            today = {i for i, value in values.items() if value and _day(value) == _day(TODAY.isoformat())}
        if one is None:
            one, two = world.pair(key, f) if not f["readonly"] and not f["system"] else (None, None)
        for op in f["operators"]:
            if one is None and op not in ("is_empty", "is_not_empty"):
                continue  # written by the program alone, and not by this
            asked_one = (
                one[:3] if op in ("contains", "not_contains", "starts_with") and f["type"] != "phone" else one
            )
            answer = _ask(
                world,
                key,
                {"field": f["key"], "op": op, "value": _operand(world, f, op, asked_one, two or one)},
            )
            assert answer.status_code == 200, (f["key"], op, answer.data)
            got = {row["id"] for row in answer.data["data"]} & set(values)
            want = {i for i, value in values.items() if _expected(f, op, value, one, two or one)}
            if op == "within" and f["type"] in ("date", "datetime"):
                want = today
            if op == "within" and f["type"] == "user":
                want = {i for i, value in values.items() if value in south}
            if got != want:
                wrong.append((f["key"], op, len(got), len(want), list(values.values())))
    assert wrong == []


@every_object
def test_a_question_that_makes_no_sense_is_refused_by_its_path(world: World, key: str) -> None:
    fields = {f["key"]: f for f in world.meta[key]["fields"]}
    title = world.meta[key]["title_field"]
    cases: list[tuple[Any, str]] = [
        ({"field": "no_such_field", "op": "is", "value": 1}, "filter.field"),
        ({"and": [{"or": [{"field": title, "op": "resembles", "value": "x"}]}]}, "filter.and.0.or.0.op"),
        ({"not": {"field": title, "op": "contains", "value": 5}}, "filter.not.value"),
        ([{"field": title, "op": "is_not_empty"}, {"field": title, "op": "in", "value": "x"}], "filter.and.1.value"),
        ({"field": title, "op": "is"}, "filter.value"), ({"field": title}, "filter"), ({"nand": []}, "filter"),
        ({"and": {}}, "filter"), ({"and": [], "or": []}, "filter"), ("x", "filter"), (5, "filter"),
        ({"field": f"{title}.x", "op": "is", "value": 1}, "filter.field"),
        *(({"field": path, "op": "is_not_empty"}, "filter.field") for path in (
            "owner.password", "owner.user.email", "owner.team.manager.team.name", "owner.manager.manager.manager.name",
            "workspace.name", "workspace_id", "custom", "title_sort", "deleted_by", "is_sample", "owner_id", "owner.id",
            "owner.is_staff", "created_by.last_login", "owner.", ".owner", "", "owner..team", "version", "__class__",
            f"{title}'; DROP TABLE customer; --", f"{title}\x00", "custom->>'x'", 'r."name"', "*",
        )),
    ]  # fmt: skip
    for f in fields.values():
        for op in f["operators"]:
            bad: Any = {"is_empty": None, "is_not_empty": None}.get(op, {"not": ["a value"]})
            if bad:
                cases.append(({"field": f["key"], "op": op, "value": bad}, "filter.value"))
    for tree, path in cases:
        answer = _ask(world, key, tree)
        assert answer.status_code == 422, (tree, answer.status_code, answer.data)
        assert [error["field"] for error in answer.data["errors"]] == [path], (tree, answer.data)
        assert "DROP" not in answer.data["detail"]


@every_object
def test_sort_group_measure_and_fields_know_only_what_exists(world: World, key: str) -> None:
    title = world.meta[key]["title_field"]
    paths = ("no_such_field", "owner.password", "owner.user.email", "owner.team.manager.team.name", "workspace_id", "custom",
             f"{title}; DROP TABLE customer", f"{title} DESC", "1", "count(*)", "owner_id", "\x00", f"{title}\x00")  # fmt: skip
    for path in paths:
        for body, at in (
            ({"sort": [path]}, "sort.0"), ({"fields": [path]}, "fields.0"), ({"group": [path]}, "group.0"),
            ({"measures": [{"op": "count", "field": path}]}, "measures.0.field"),
            ({"group": ["owner"], "sort": [path]}, "sort.0"),
        ):  # fmt: skip
            answer = world.boss.post(f"/{key}/query", body)
            assert answer.status_code == 422, (body, answer.data)
            assert [error["field"] for error in answer.data["errors"]] == [at], (body, answer.data)
    for measure in ({"op": "count", "as": 'x"; --'}, {"op": "count", "as": "a b"}, {"op": "count", "as": 5}, {"op": "median", "field": title},
                    {"op": "sum(1); --", "field": title}, {"op": "sum", "field": title}, {"op": "sum"}, 5, {"op": None}):  # fmt: skip
        assert world.boss.post(f"/{key}/query", {"measures": [measure]}).status_code == 422, measure
    for bucket in ("century", "day'; --", 5, ["day"]):
        answer = world.boss.post(f"/{key}/query", {"group": [{"field": "created_at", "bucket": bucket}]})
        assert [error["field"] for error in answer.data["errors"]] == ["group.0.bucket"]
    for name in [f["key"] for f in world.meta[key]["fields"]]:
        for body in (
            {"sort": [name]},
            {"group": [name]},
            {"measures": [{"op": "distinct", "field": name}]},
            {"measures": [{"op": "count", "field": name}]},
        ):
            assert world.boss.post(f"/{key}/query", body).status_code in (200, 422), (name, body)


@every_object
def test_every_field_that_says_so_sorts_groups_and_measures(world: World, key: str) -> None:
    for f in world.meta[key]["fields"]:
        asked: list[dict[str, Any]] = []
        if f["sortable"]:
            asked += [{"sort": [f["key"]]}, {"sort": [f"-{f['key']}", "created_at"]}]
        if f["groupable"]:
            asked.append({"group": [f["key"]]})
        if f["type"] in ("date", "datetime"):
            asked += [
                {"group": [{"field": f["key"], "bucket": bucket}]}
                for bucket in ("day", "week", "month", "quarter", "year")
            ]
        if f["measures"]:
            asked.append({"measures": [{"op": op, "field": f["key"]} for op in f["measures"]]})
        for body in asked:
            answer = world.boss.post(f"/{key}/query", body)
            assert answer.status_code == 200, (f["key"], body, answer.data)
            if "measures" not in body and "group" in body:
                assert sum(row["values"]["count"] for row in answer.data["data"]) == 4, (f["key"], body)
