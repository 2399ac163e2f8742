"""Formula fields through the doors: lists, filters, groups, exports, rights, and what is refused."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from guanxi.engine.tenancy.context import Role
from tests.engine.records.linked import add_field, declare, fill
from tests.firms import Door, Firm

CHECK = "/meta/objects/opportunity/formulas/check"


def add(door: Door, obj: str, key: str, expression: str, **config: Any) -> Any:
    body = {
        "key": key,
        "type": "formula",
        "label": {"zh-CN": key, "en": key},
        "config": {"expression": expression, **config},
    }
    return door.post(f"/meta/objects/{obj}/fields", body)


def number_field(door: Door, obj: str, key: str, zh: str, kind: str = "number", **more: Any) -> None:
    answer = door.post(
        f"/meta/objects/{obj}/fields", {"key": key, "type": kind, "label": {"zh-CN": zh, "en": key}, **more}
    )
    assert answer.status_code == 201, answer.data


def described(door: Door, obj: str, key: str) -> Any:
    found = door.get(f"/meta/objects/{obj}").data["fields"]
    return next((f for f in found if f["key"] == key), None)


@pytest.fixture
def door(firm: Firm) -> Door:
    return firm.door()


def made(door: Door, obj: str, **values: Any) -> Any:
    answer = door.post(f"/{obj}", values)
    assert answer.status_code == 201, answer.data
    return answer.data


def listed(door: Door, path: str) -> list[dict[str, Any]]:
    answer = door.get(path)
    assert answer.status_code == 200, answer.data
    return list(answer.data["data"])


def where(tree: Any) -> str:
    return quote(json.dumps(tree))


def test_a_formula_is_a_field_like_any_other(door: Door) -> None:
    number_field(door, "customer", "paid", "已付")
    number_field(door, "customer", "owed", "欠款", "decimal")
    answer = add(door, "customer", "share", "PERCENT(已付 / (已付 + 欠款))")
    assert answer.status_code == 201, answer.data
    assert (
        add(door, "customer", "size_class", 'IF({已付} >= 100, "大", "小") & " " & name').status_code == 201
    )
    shown = described(door, "customer", "share")
    assert (shown["type"], shown["declared"], shown["readonly"]) == ("percent", "formula", True)
    assert shown["config"]["expression"] == "PERCENT(paid / (paid + owed))"
    one = made(door, "customer", name="甲", paid=100, owed=300)
    made(door, "customer", name="乙", paid=50, owed=50)
    made(door, "customer", name="丙")
    assert (one["share"], one["size_class"]) == (25, "大 甲")
    tree = {"field": "share", "op": "gte", "value": 25}
    assert {r["name"] for r in listed(door, f"/customer?filter={where(tree)}")} == {"甲", "乙"}
    assert [r["name"] for r in listed(door, "/customer?sort=-share")] == ["乙", "甲", "丙"]
    empty = {"field": "share", "op": "is_empty"}
    assert [r["name"] for r in listed(door, f"/customer?filter={where(empty)}")] == ["丙"]
    body = {"group": ["size_class"], "measures": [{"op": "count"}, {"op": "avg", "field": "share"}]}
    assert add(door, "customer", "class", 'IF(paid > 75, "A", "B")').status_code == 201
    found = door.post("/customer/query", {**body, "group": ["class"]}).data["data"]
    assert {g["keys"]["class"]: g["values"]["count"] for g in found} == {"A": 1, "B": 2}
    first = listed(door, "/customer?sort=share&limit=1")
    assert [r["name"] for r in first] == ["甲"]


def test_cursors_walk_a_sort_by_formula(door: Door) -> None:
    number_field(door, "customer", "paid", "已付")
    assert add(door, "customer", "half", "paid / 2").status_code == 201
    for i in range(7):
        made(door, "customer", name=f"c{i}", **({"paid": i % 3} if i else {}))
    seen, cursor = [], ""
    while True:
        page = door.get(f"/customer?sort=-half&limit=2{cursor}").data
        seen += [r["name"] for r in page["data"]]
        if not page["page"]["next"]:
            break
        cursor = f"&cursor={page['page']['next']}"
    assert sorted(seen) == [f"c{i}" for i in range(7)]


def test_nobody_writes_a_formula(door: Door) -> None:
    assert add(door, "customer", "twice", "1 + 1").status_code == 201
    assert door.post("/customer", {"name": "x", "twice": 5}).status_code == 422
    one = made(door, "customer", name="y")
    assert door.patch(f"/customer/{one['id']}", {"twice": 5, "version": one["version"]}).status_code == 422


def test_through_links_only_what_one_sees(firm: Firm, door: Door) -> None:
    wang, li = firm.add("王", Role.MEMBER), firm.add("李", Role.MEMBER)
    number_field(door, "customer", "rate", "折扣", "percent")
    assert add(door, "opportunity", "net", "MONEY(amount * (1 - customer.rate))").status_code == 201
    customer = made(door, "customer", name="甲", rate=10, owner=str(li.id))
    deal = made(door, "opportunity", name="单", amount=200, customer=customer["id"], owner=str(li.id))
    assert deal["net"] == 180
    assert firm.door(li).get(f"/opportunity/{deal['id']}").data["net"] == 180
    assert firm.door(wang).get(f"/opportunity/{deal['id']}").status_code == 404
    asked = {"expression": "name & customer.name", "record": deal["id"]}
    assert door.post(CHECK, asked).data["preview"]["value"] == "单甲"
    assert firm.door(li).post(CHECK, asked).status_code == 403


def test_a_formula_over_a_hidden_field_does_not_exist(door: Door) -> None:
    number_field(door, "customer", "cost", "成本")
    assert add(door, "customer", "margin", "100 - cost").status_code == 201
    assert add(door, "customer", "margin2", "margin * 2").status_code == 201
    assert add(door, "opportunity", "far", "customer.margin2 + 1").status_code == 201
    made(door, "customer", name="甲", cost=40)
    assert listed(door, "/customer?sort=margin2")[0]["margin2"] == 120
    assert (
        door.patch("/meta/objects/customer/fields/cost?although_used=true", {"hidden": True}).status_code
        == 200
    )
    assert (
        described(door, "customer", "margin")
        is described(door, "customer", "margin2")
        is described(door, "opportunity", "far")
        is None
    )
    assert "margin" not in listed(door, "/customer")[0]
    for path in ("/customer?sort=margin", "/customer?fields=margin2", f"/customer?filter={where({'field': 'margin2', 'op': 'gt', 'value': 1})}",
                 "/opportunity?sort=far"):  # fmt: skip
        assert door.get(path).status_code == 422
    assert (
        door.post(
            "/customer/query", {"group": ["kind"], "measures": [{"op": "sum", "field": "margin"}]}
        ).status_code
        == 422
    )
    assert door.patch("/meta/objects/customer/fields/cost", {"hidden": False}).status_code == 200
    assert listed(door, "/customer?sort=margin2")[0]["margin2"] == 120


@pytest.mark.parametrize(
    "expression",
    ["().__class__", "{{7*7}}", "name; DROP TABLE customer", "1' OR '1'='1", "amount)) --", "__import__(\"os\")", "1 + " * 2000 + "1", "1" * 10_000,
     "${amount}", "pg_sleep(5)", "(SELECT 1)", "customer.workspace_id", "custom", "a\x00b"],
)  # fmt: skip
def test_escapes_and_monsters_are_refused(door: Door, expression: str) -> None:
    assert add(door, "opportunity", "bad", expression).status_code == 422
    found = door.post(CHECK, {"expression": expression}).data
    assert found["ok"] is False
    assert found["errors"][0]["message"]
    assert found["preview"] is None


def test_text_in_a_formula_is_never_sql(door: Door) -> None:
    assert (
        add(door, "customer", "quoted", '"\'; DROP TABLE customer; -- %s %(x)s {0} \\" & name').status_code
        == 201
    )
    one = made(door, "customer", name="100%s")
    assert one["quoted"] == "'; DROP TABLE customer; -- %s %(x)s {0} \\100%s"
    assert listed(door, "/customer?sort=-quoted")[0]["quoted"] == one["quoted"]


def test_rings_are_named(door: Door) -> None:
    assert add(door, "customer", "a", "1 + 1").status_code == 201
    assert add(door, "customer", "b", "a + 1").status_code == 201
    assert add(door, "opportunity", "c", "customer.b + 1").status_code == 201
    for key, expression in (("a", "a + 1"), ("a", "b * 2")):
        answer = door.patch(f"/meta/objects/customer/fields/{key}", {"config": {"expression": expression}})
        assert answer.status_code == 422
        assert answer.data["errors"][0]["code"] in ("ring", "circular")
    answer = door.patch("/meta/objects/customer/fields/a", {"config": {"expression": "b * 2"}})
    assert "Customer · b" in answer.data["errors"][0]["message"]


def test_depth_and_cost_are_limited_over_formulas(door: Door) -> None:
    assert add(door, "customer", "f0", "1 + 1").status_code == 201
    for i in range(1, 4):
        assert add(door, "customer", f"f{i}", f"f{i - 1} + 1").status_code == 201
    assert add(door, "customer", "f4", "f3 + 1").data["errors"][0]["code"] == "nested_too_deep"
    assert add(door, "customer", "base", "2").status_code == 201
    answer = door.patch("/meta/objects/customer/fields/f0", {"config": {"expression": "base + 1"}})
    assert answer.data["errors"][0]["code"] == "nested_too_deep"
    assert (
        add(
            door, "customer", "wide", "SUM(" + ",".join(["1"] * 49) + ") + SUM(" + ",".join(["1"] * 49) + ")"
        ).status_code
        == 201
    )
    heavy = "SUM(" + ",".join(["wide"] * 40) + ")"
    assert add(door, "customer", "heavy", heavy).data["errors"][0]["code"] == "too_costly"


def test_a_change_that_would_break_another_formula_is_refused(door: Door) -> None:
    assert add(door, "customer", "a", "1 + 1").status_code == 201
    assert add(door, "customer", "b", "a * 2").status_code == 201
    answer = door.patch("/meta/objects/customer/fields/a", {"config": {"expression": '"text"'}})
    assert answer.data["errors"][0]["code"] == "breaks_formula"
    assert door.patch("/meta/objects/customer/fields/a", {"config": {"expression": "5"}}).status_code == 200
    assert made(door, "customer", name="x")["b"] == 10


def test_a_check_says_what_where_and_how_much(door: Door) -> None:
    customer = made(door, "customer", name="甲")
    deal = made(door, "opportunity", name="单", amount=1000, customer=customer["id"])
    found = door.post(CHECK, {"expression": "金额 * 2", "record": deal["id"], "key": "double"}).data
    assert found["ok"] is True
    assert (found["result_type"], found["canonical"], found["inputs"]) == ("money", "amount * 2", ["amount"])
    assert found["preview"] == {"value": 2000, "shown": "2,000.00"}
    assert "percent" in found["result_types"]
    found = door.post(
        CHECK, {"expression": "amount / 3", "values": {"amount": 10}, "result_type": "decimal", "decimals": 4}
    ).data
    assert found["preview"]["value"] == 3.3333
    found = door.post(CHECK, {"expression": "1 + 金客"}).data
    assert (found["errors"][0]["at"], found["errors"][0]["length"], found["errors"][0]["code"]) == (
        4,
        2,
        "unknown_field",
    )
    for body in ({"expression": 5}, {"expression": "1", "record": "x"}, {"expression": "1", "values": 5}, {"expression": "1", "more": 1},
                 {"expression": "1", "values": {"amount": "x"}}):  # fmt: skip
        assert door.post(CHECK, body).status_code == 422
    assert door.post(CHECK, {"expression": "1", "record": customer["id"]}).status_code == 404
    assert door.post("/meta/objects/nothing/formulas/check", {"expression": "1"}).status_code == 404


def test_a_record_of_another_firm_is_not_there_to_try_on(door: Door, other_firm: Firm) -> None:
    theirs = made(other_firm.door(), "customer", name="北海")
    answer = door.post(
        "/meta/objects/customer/formulas/check", {"expression": "name", "record": theirs["id"]}
    )
    assert answer.status_code == 404


def test_the_same_key_may_hold_anything_elsewhere(door: Door, other_firm: Firm) -> None:
    """Rows of other workspaces may be seen by a cast before the wall takes them away."""
    number_field(door, "customer", "x1", "数")
    there = other_firm.door()
    number_field(there, "customer", "x1", "文字", "text")
    made(there, "customer", name="b", x1="not a number")
    made(door, "customer", name="a", x1=5)
    assert add(door, "customer", "y1", "x1 * 2").status_code == 201
    tree = {"field": "y1", "op": "gt", "value": 1}
    assert [r["y1"] for r in listed(door, f"/customer?filter={where(tree)}&sort=y1")] == [10]


def test_functions_are_described(door: Door) -> None:
    found = door.get("/meta/formula-functions").data["data"]
    assert len(found) >= 60
    one = next(item for item in found if item["key"] == "ROUND")
    assert one["signature"] == {"zh-CN": "ROUND(数字, [位数])", "en": "ROUND(number, [places])"}
    assert one["name"] == {"zh-CN": "四舍五入", "en": "ROUND"}


def test_days_are_those_of_the_workspace(door: Door) -> None:
    assert add(door, "customer", "made_on", "DATEVALUE(created_at)").status_code == 201
    assert add(door, "customer", "age", "TODAY() - DATEVALUE(created_at)").status_code == 201
    one = made(door, "customer", name="x")
    assert one["age"] == 0
    assert described(door, "customer", "made_on")["type"] == "date"


def test_formulas_lookups_and_rollups_are_made_of_each_other_but_not_in_a_ring(firm: Firm) -> None:
    door = declare(firm)
    assert (
        add_field(door, "repair", "gross", "formula", config={"expression": "price * 1.13"}).status_code
        == 201
    )
    rollup = {"object": "repair", "field": "equipment", "op": "sum", "measure": "gross"}
    assert add_field(door, "equipment", "spent", "rollup", config=rollup).status_code == 201
    assert add_field(door, "repair", "whole", "lookup", config={"path": "equipment.spent"}).status_code == 201
    assert (
        add_field(
            door, "repair", "part", "formula", config={"expression": "PERCENT(gross / whole)"}
        ).status_code
        == 201
    )
    fill(firm)
    pump = made(door, "equipment", name="泵")
    first = made(door, "repair", name="a", equipment=pump["id"], price=100)
    made(door, "repair", name="b", equipment=pump["id"], price=300)
    assert door.get(f"/equipment/{pump['id']}").data["spent"] == 452
    assert door.get(f"/repair/{first['id']}").data["part"] == 25
    answer = door.patch(
        "/meta/objects/repair/fields/gross", {"config": {"expression": "equipment.spent + 1"}}
    )
    assert answer.status_code == 422
    assert answer.data["errors"][0]["code"] == "circular"
    assert " · " in answer.data["errors"][0]["message"], "the ring is named as people call its fields"
    assert "repair.gross" not in answer.data["errors"][0]["message"]
