"""What a rule or a change to a field would do is told by nothing that the asker does not see."""

from typing import Any

from guanxi.engine.tenancy.context import Role
from tests.engine.access.people import ALL, NOTHING, make_role, person_with
from tests.firms import Door, Firm, run_jobs


def test_a_preview_counts_by_nothing_that_the_asker_does_not_read(firm: Firm, boss: Door) -> None:
    secret = {"name": "华强", "industry": "machinery", "description": "只有老板知道"}
    assert firm.door(firm.add("老周", Role.MEMBER)).post("/customer", secret).status_code == 201
    make_role(boss, "officer", objects={"*": NOTHING}, areas=["roles"])
    hidden = {"customer": {"description": "hidden", "phone": "masked"}}
    make_role(boss, "half", objects={"*": ALL}, fields=hidden, areas=["roles"])
    asked = {"object": "customer", "to_kind": "role", "to": "member"}
    trees = {
        "description": {"field": "description", "op": "contains", "value": "老板"},
        "phone": {"field": "phone", "op": "is_not_empty"},
        "industry": {"field": "industry", "op": "is", "value": "machinery"},
    }
    counts = {}
    for role in ("officer", "half"):
        door = person_with(firm, boss, role)
        for key, tree in trees.items():
            told = door.post("/sharing-rules/preview", asked | {"filter": tree})
            assert told.status_code == 200, told.data
            counts[role, key] = told.data["matching"]
        both = {"and": [trees["industry"], trees["description"]]}
        assert door.post("/sharing-rules/preview", asked | {"filter": both}).data["matching"] is None
    assert counts == {
        ("officer", "description"): None, ("officer", "phone"): None, ("officer", "industry"): None,
        ("half", "description"): None, ("half", "phone"): None, ("half", "industry"): 1,
    }  # fmt: skip
    assert boss.post("/sharing-rules/preview", asked | {"filter": trees["description"]}).data["matching"] == 1


def test_a_change_to_a_field_shows_its_values_to_who_sees_them_all(firm: Firm, boss: Door) -> None:
    field = {"key": "secret", "type": "text", "label": "密"}
    assert boss.post("/meta/objects/customer/fields", field).status_code == 201
    for name in ("甲", "乙"):
        assert boss.post("/customer", {"name": name, "secret": "并购"}).status_code == 201
    make_role(boss, "own", objects={"*": ALL | {"see": "own"}}, areas=["schema"])
    hidden = {"customer": {"secret": "masked"}}
    make_role(boss, "half", objects={"*": ALL}, fields=hidden, areas=["schema"])
    make_role(boss, "whole", objects={"*": ALL}, areas=["schema"])
    url = "/meta/objects/customer/fields/secret"

    def asked(door: Door) -> list[Any]:
        version = boss.get("/meta/objects/customer/design").data["version"]
        return [
            door.post(f"{url}/conversions/preview", {"type": "select"}),
            door.patch(url, {"unique": True, "version": version}),
        ]

    for role in ("own", "half"):
        for answer in asked(person_with(firm, boss, role)):
            assert (answer.status_code, answer.data["code"]) == (403, "not_seen")
            assert "并购" not in answer.content.decode()
    preview, unique = asked(person_with(firm, boss, "whole"))
    assert preview.data["options"] == ["并购"]
    assert (unique.status_code, len(unique.data["duplicates"])) == (422, 1)


def test_who_does_not_see_a_field_is_told_no_numbers_of_it(firm: Firm, boss: Door) -> None:
    options = [{"value": key, "label": key} for key in ("aa", "bb", "cc")]
    field = {"key": "grade", "type": "select", "label": "级", "options": options}
    assert boss.post("/meta/objects/customer/fields", field).status_code == 201
    for name in ("甲", "乙"):
        assert boss.post("/customer", {"name": name, "grade": "aa"}).status_code == 201
    make_role(boss, "own", objects={"*": ALL | {"see": "own"}}, areas=["schema"])
    make_role(boss, "half", objects={"*": ALL}, fields={"customer": {"grade": "hidden"}}, areas=["schema"])
    url = "/meta/objects/customer"

    def told(door: Door) -> list[Any]:
        version = boss.get(f"{url}/design").data["version"]
        refused = door.patch(f"{url}/fields/grade", {"options": options[1:], "version": version})
        assert (refused.status_code, refused.data["code"]) == (409, "option_in_use")
        return [
            door.get(f"{url}/fields/grade/usage").data["filled"],
            door.get(f"{url}/usage").data["records"],
            door.get(f"{url}/design").data["records"],
            [(option["value"], option["count"]) for option in refused.data["options"]],
        ]

    assert told(boss) == [2, 2, 2, [("aa", 2)]]
    assert told(person_with(firm, boss, "own")) == [None, None, None, [("aa", None)]]
    half = person_with(firm, boss, "half")
    assert told(half) == [None, 2, 2, [("aa", None)]]
    body = {"from": "aa", "to": "bb", "version": boss.get(f"{url}/design").data["version"]}
    task = boss.post(f"{url}/fields/grade/replace-option", body).data
    assert task["progress"] == {"done": 0, "total": 2}
    shown = half.get(f"/meta/tasks/{task['id']}").data
    assert (shown["progress"], shown["result"]) == ({"done": 0, "total": 100}, {})


def test_which_records_are_equal_in_a_field_is_told_to_who_sees_it(firm: Firm, boss: Door) -> None:
    ids = {boss.post("/customer", {"name": name, "email": "a@b.example"}).data["id"] for name in ("甲", "乙")}
    doors = dict.fromkeys(("form", "import", "api", "public"), "strict")
    given = {"parts": [{"field": "email"}], "doors": doors}
    assert boss.put("/meta/objects/customer/identity/mail", given).status_code == 200
    run_jobs()
    make_role(boss, "half", objects={"*": ALL}, fields={"customer": {"email": "masked"}}, areas=["rules"])

    def told(door: Door) -> Any:
        rules = door.get("/meta/objects/customer/identity").data["data"]
        return next(rule for rule in rules if rule["key"] == "mail")

    assert {record["id"] for record in told(boss)["report"]["sample"][0]} == ids
    blind = told(person_with(firm, boss, "half"))
    assert (blind["state"], blind["report"], blind["progress"]) == (
        "blocked",
        None,
        {"done": 100, "total": 100},
    )
