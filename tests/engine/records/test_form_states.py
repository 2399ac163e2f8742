"""What a form is told while one types is what saving will say."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.engine.tenancy.context import Role
from tests.engine.records.test_rules import DONE, door, job, rule, said, validation
from tests.firms import Door, Firm

__all__ = ["door"]
SALE = {"field": "kind", "op": "is", "value": "sale"}


def drafted(door: Door, values: dict[str, Any], record: str | None = None) -> Any:
    answer = door.post("/job/draft", {"values": values, **({"record": record} if record else {})})
    assert answer.status_code == 200, answer.data
    return answer.data


def test_fields_follow_what_is_typed(door: Door) -> None:
    rule(door, [{"kind": "show", "fields": ["cost"]}], SALE)
    rule(door, [{"kind": "require", "fields": ["cost", "result"]}], DONE)
    rule(door, [{"kind": "readonly", "fields": ["city"]}], DONE)
    rule(door, [{"kind": "options", "field": "state", "options": ["open", "done"]}], SALE)
    rule(door, [{"kind": "default", "field": "count", "value": 3}], SALE)
    before = drafted(door, {})["fields"]
    assert before["cost"] == {"visible": False, "required": False, "readonly": False}
    assert "default" not in before["count"] and "options" not in before["state"]
    after = drafted(door, {"name": "x", "kind": "sale", "state": "done"})
    assert after["fields"]["cost"] == {"visible": True, "required": True, "readonly": False}
    assert after["fields"]["city"]["readonly"] is True
    assert after["fields"]["state"]["options"] == ["open", "done"]
    assert after["fields"]["count"]["default"] == 3
    assert {error["field"] for error in after["errors"]} == {"cost", "result"}
    assert "default" not in drafted(door, {"kind": "sale", "count": 1})["fields"]["count"]


def test_a_draft_over_a_record_stands_on_what_is_stored_and_writes_nothing(door: Door) -> None:
    record = job(door, state="done", cost=1)
    rule(door, [{"kind": "readonly", "fields": ["cost"]}], DONE)
    validation(door, {"field": "cost", "op": "gt", "value": 5}, "cost")
    state = drafted(door, {"cost": 6}, record["id"])
    assert state["fields"]["cost"]["readonly"] is True
    assert [error["code"] for error in state["errors"]] == ["rule_broken"]
    assert drafted(door, {"state": "open"}, record["id"])["fields"]["cost"]["readonly"] is False
    assert door.get(f"/job/{record['id']}").data["version"] == 1


def test_a_linked_default_comes_with_its_title_and_never_from_out_of_sight(door: Door, firm: Firm) -> None:
    hidden = door.post("/customer", {"name": "秘密公司"}).data["id"]
    rule(door, [{"kind": "default", "field": "city", "from": "customer.name"}])
    assert drafted(door, {"customer": hidden})["fields"]["city"]["default"] == "秘密公司"
    low = firm.door(firm.add("小李", Role.MEMBER))
    assert "default" not in drafted(low, {"customer": hidden})["fields"]["city"]
    record = job(door)
    assert low.post("/job/draft", {"values": {}, "record": record["id"]}).status_code == 404
    reader = firm.door(firm.add("只读", Role.READ_ONLY))
    assert reader.post("/job/draft", {"values": {}}).status_code == 403


def test_a_page_is_told_what_rules_hide_and_lock(door: Door) -> None:
    rule(door, [{"kind": "show", "fields": ["cost"]}], SALE)
    rule(door, [{"kind": "readonly", "fields": ["city", "count"]}], DONE)
    seen = door.get(f"/meta/objects/job/layout?record={job(door, state='done')['id']}").data
    assert (seen["hidden"], seen["locked"]) == (["cost"], ["city", "count"])
    seen = door.get(f"/meta/objects/job/layout?record={job(door, kind='sale')['id']}").data
    assert (seen["hidden"], seen["locked"]) == ([], [])


def test_another_firms_record_has_no_form(firm: Firm, other_firm: Firm) -> None:
    theirs = other_firm.door().post("/customer", {"name": "x"}).data["id"]
    assert firm.door().post("/customer/draft", {"values": {}, "record": theirs}).status_code == 404
    assert firm.door().get(f"/meta/objects/customer/layout?record={theirs}").status_code == 404


def test_a_draft_takes_few_statements_whatever_the_rules(door: Door) -> None:
    def counted(record: str | None = None) -> int:
        drafted(door, {"state": "open"}, record)
        with CaptureQueriesContext(connection) as captured:
            drafted(door, {"state": "open"}, record)
        return len(captured)

    record = job(door)["id"]
    bare, edited = counted(), counted(record)
    for i in range(5):
        rule(
            door,
            [{"kind": "require", "fields": ["result"]}],
            {"and": [DONE, {"field": "count", "op": "gt", "value": i}]},
        )
        rule(
            door,
            [{"kind": "default", "field": "city", "from": "customer.name"}],
            {"field": "count", "op": "is", "value": i},
        )
    assert counted() == bare + 2
    assert counted(record) == edited + 1


def test_layouts_are_chosen_by_role_and_condition_the_first_that_fits(door: Door, firm: Firm) -> None:
    def layout(name: str, fields: list[str], **more: Any) -> None:
        section = {"label": name, "columns": 2, "fields": fields}
        body = {
            "name": name,
            "kind": "form",
            "definition": {"tabs": [{"label": name, "sections": [section]}]},
        }
        made = door.post("/meta/objects/job/layouts", body | more)
        assert made.status_code == 201, made.data

    def chosen(at: Door, query: str = "") -> Any:
        return at.get(f"/meta/objects/job/layout?kind=form{query}").data["name"]

    record = job(door, kind="sale")["id"]
    assert chosen(door) is None
    layout("members", ["name"], roles=["member"])
    layout("sales", ["name", "kind", "cost"], condition=SALE)
    layout("rest", ["name", "kind"])
    low = firm.door(firm.add("小李", Role.MEMBER))
    assert chosen(low) == {"zh-CN": "members", "en": "members"}
    assert chosen(door)["en"] == "rest"
    assert chosen(door, f"&record={record}")["en"] == "sales"
    assert chosen(door, "&role=member")["en"] == "members"
    assert low.get("/meta/objects/job/layout?role=admin").status_code == 403
    assert drafted(door, {"kind": "sale"})["layout"]["name"]["en"] == "sales"
    assert drafted(door, {"kind": "repair"})["layout"]["name"]["en"] == "rest"
    body = {"name": "x", "kind": "form", "definition": {"tabs": [{"sections": [{"fields": ["kind"]}]}]}}
    assert door.post("/meta/objects/job/layouts/preview", body).data["missing"] == ["name"]
    twice = {"tabs": [{"sections": [{"fields": ["kind", "kind"]}]}]}
    assert said(door.post("/meta/objects/job/layouts", body | {"definition": twice})) == [
        ("definition", "duplicate")
    ]


LEAVES = st.one_of(
    st.builds(lambda op, v: {"field": "count", "op": op, "value": v}, st.sampled_from(["gt", "lt", "is", "is_not"]),
              st.integers(-2, 3)),
    st.builds(lambda op, v: {"field": "state", "op": op, "value": v}, st.sampled_from(["is", "is_not"]),
              st.sampled_from(["open", "waiting", "done"])),
    st.builds(lambda op, v: {"field": "city", "op": op, "value": v},
              st.sampled_from(["is", "contains", "not_contains", "starts_with"]), st.sampled_from(["a", "中山", "%", "b_"])),
    st.builds(lambda f, op: {"field": f, "op": op}, st.sampled_from(["count", "state", "city", "cost", "customer", "owner"]),
              st.sampled_from(["is_empty", "is_not_empty"])),
    st.builds(lambda op, v: {"field": "cost", "op": op, "value": v}, st.sampled_from(["gte", "lte"]),
              st.sampled_from(["0", "1.25", "10.01"])),
    st.builds(lambda op, v: {"field": "customer.name", "op": op, "value": v}, st.sampled_from(["is", "contains", "is_not"]),
              st.sampled_from(["中山", "中山公司"])),
    st.builds(lambda v: {"field": "created_at", "op": "within", "value": v}, st.sampled_from(["today", "last_month"])),
    st.builds(lambda: {"field": "owner", "op": "is", "value": "me"}),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"and": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"or": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=5,
)


@pytest.fixture
def filled(door: Door) -> list[dict[str, Any]]:
    """The values of some jobs, which are stored under their `name`."""
    customer = door.post("/customer", {"name": "中山公司"}).data["id"]
    chance = random.Random(48)
    pool: dict[str, list[Any]] = {
        "count": [-2, 0, 1, 3], "state": ["open", "waiting", "done"], "city": ["a", "ba", "中山", "b_c", "%"],
        "cost": ["0", "1.25", "10.01"], "customer": [customer],
    }  # fmt: skip
    rows = [
        {"name": f"n{i}"}
        | {key: chance.choice(values) for key, values in pool.items() if chance.random() < 0.7}
        for i in range(25)
    ]
    assert door.post("/job/bulk", {"op": "create", "records": rows}).status_code == 200
    return rows


@settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(tree=TREES)
def test_a_rule_refuses_exactly_what_a_filter_finds(
    door: Door, filled: list[dict[str, Any]], tree: Any
) -> None:
    """The decision over drafts is the filter over stored rows, whatever the condition."""
    answer = door.post("/job/query", {"filter": tree, "limit": 200, "fields": ["name"]})
    if answer.status_code == 422:  # an operand that the field has no use for is refused in rules, too
        assert said(
            door.post("/meta/objects/job/validations", {"condition": tree, "message": "x", "field": "state"})
        )
        return
    found = {row["name"] for row in answer.data["data"]}
    kept = validation(door, tree, "state")
    again = door.post("/job/bulk", {"op": "create", "records": filled})
    refused = set() if again.status_code == 200 else {field for field, _ in said(again)}
    assert refused == {f"records.{i}.state" for i, row in enumerate(filled) if row["name"] in found}
    assert door.delete(f"/meta/objects/job/validations/{kept['id']}").status_code == 204
    if again.status_code == 200:
        assert door.post("/job/bulk", {"op": "delete", "ids": again.data["ids"]}).status_code == 200
