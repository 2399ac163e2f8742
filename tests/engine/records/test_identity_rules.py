"""Identity rules as an administrator makes them: several fields, doors, keys of what exists already."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.consistency import disagreements
from tests.firms import Door, Firm, found, run_jobs

RULES = "/meta/objects/customer/identity"
BOTH = [{"field": "name", "normal": "company"}, {"field": "phone", "normal": "phone"}]


def _doors(mode: str, **others: str) -> dict[str, str]:
    return {"form": mode, "import": mode, "api": mode, "public": mode} | {
        key.rstrip("_"): value for key, value in others.items()
    }


def _rule(door: Door, key: str) -> dict[str, Any]:
    answer = door.get(RULES)
    assert answer.status_code == 200, answer.data
    return next(rule for rule in answer.data["data"] if rule["key"] == key)


def _save(door: Door, key: str, **given: Any) -> dict[str, Any]:
    answer = door.call("PUT", f"{RULES}/{key}", given)
    assert answer.status_code == 200, answer.data
    run_jobs()
    return _rule(door, key)


def _customer(door: Door, name: str, **values: Any) -> dict[str, Any]:
    answer = door.post("/customer", {"name": name, **values})
    assert answer.status_code == 201, answer.data
    return answer.data


@pytest.fixture
def door(firm: Firm) -> Door:
    return firm.door()


@pytest.mark.django_db
def test_standard_rules_are_listed_and_members_may_not_see_them(firm: Firm, door: Door) -> None:
    listed = door.get(RULES).data
    assert [rule["key"] for rule in listed["data"]] == ["name", "phone", "mobile", "tax_number"]
    tax = listed["data"][3]
    assert (tax["standard"], tax["state"], set(tax["doors"].values())) == (True, "on", {"strict"})
    assert {"phone", "name"} <= {f["key"] for f in listed["fields"]}
    for person in (firm.add("成员"), firm.add("主管", Role.MANAGER), firm.add("看客", Role.READ_ONLY)):
        assert firm.door(person).get(RULES).status_code == 403
        assert firm.door(person).call("PUT", f"{RULES}/x", {"parts": BOTH}).status_code == 403
        assert firm.door(person).delete(f"{RULES}/x").status_code == 403


@pytest.mark.django_db
def test_a_strict_rule_of_two_fields_refuses_only_what_is_the_same_in_both(firm: Firm, door: Door) -> None:
    first = _customer(door, "深圳市甲乙丙科技有限公司", phone="0755-86013388")
    rule = _save(door, "name_phone", parts=BOTH, doors=_doors("strict"))
    assert (rule["state"], rule["progress"]) == ("on", {"done": 1, "total": 1})
    twin = {"name": "甲乙丙科技（深圳）有限公司", "phone": "0755 8601 3388"}
    refused = door.post("/customer", twin)
    assert refused.status_code == 422
    assert [(e["field"], e["code"]) for e in refused.data["errors"]] == [("name", "not_unique")]
    other = _customer(door, "甲乙丙科技", phone="0755-86013389")
    assert door.patch(f"/customer/{other['id']}", {"phone": twin["phone"], "version": 1}).status_code == 422
    moved = door.patch(f"/customer/{first['id']}", {"phone": "010-86013388", "version": 1})
    assert moved.status_code == 200
    assert door.post("/customer", twin).status_code == 201
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []


@pytest.mark.django_db
def test_a_deleted_record_lets_go_of_its_keys_of_several_fields(door: Door) -> None:
    _save(door, "name_phone", parts=BOTH, doors=_doors("strict"))
    values = {"name": "甲乙丙科技", "phone": "0755-86013388"}
    gone = door.post("/customer", values).data
    assert door.delete(f"/customer/{gone['id']}", {"version": 1}).status_code == 204
    assert door.post("/customer", values).status_code == 201
    back = door.post(f"/customer/{gone['id']}/actions/restore")
    assert (back.status_code, back.data["errors"][0]["code"]) == (422, "not_unique")


@pytest.mark.django_db
def test_duplicates_block_a_strict_rule_until_they_are_gone(firm: Firm, door: Door) -> None:
    twins = [_customer(door, "甲乙丙科技", email="a@b.example") for _ in range(3)]
    rule = _save(door, "mail", parts=[{"field": "email"}], doors=_doors("strict"))
    assert rule["state"] == "blocked"
    assert (rule["report"]["groups"], rule["report"]["records"]) == (1, 3)
    assert {item["id"] for item in rule["report"]["sample"][0]} == {twin["id"] for twin in twins}
    _customer(door, "还可以存", email="a@b.example")  # it warns, and refuses nobody
    found_now = door.post("/customer/duplicates", {"email": "A@B.example"}).data["data"]
    assert {match["reason"]["rule"] for match in found_now} == {"mail"}
    assert not any(match["strict"] for match in found_now)
    keep, *rest = [match["id"] for match in found_now]
    for record_id in rest:
        assert door.delete(f"/customer/{record_id}", {"version": 1}).status_code == 204
    assert door.post(f"{RULES}/mail/check").status_code == 202
    run_jobs()
    assert _rule(door, "mail")["state"] == "on"
    assert door.post("/customer", {"name": "第二", "email": "a@B.example"}).status_code == 422
    assert door.get(f"/customer/{keep}").status_code == 200
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []


@pytest.mark.django_db
def test_a_rule_is_strict_at_the_doors_that_say_so(firm: Firm, door: Door) -> None:
    doors = _doors("off", form="strict", api="warn")
    _save(door, "mail", parts=[{"field": "email"}], doors=doors)
    program = Door(firm.token())
    _customer(door, "第一", email="a@b.example")
    assert door.post("/customer", {"name": "第二", "email": "a@b.example"}).status_code == 422
    _customer(program, "第三", email="a@b.example")
    _customer(program, "第四", email="c@b.example")
    gone = _customer(program, "第五", email="c@b.example")
    listed = program.get('/customer?filter={"field":"name","op":"is","value":"第四"}').data["data"][0]
    assert program.delete(f"/customer/{listed['id']}", {"version": 1}).status_code == 204
    # The strict key is free again, but what came in loosely still counts.
    assert door.post("/customer", {"name": "第六", "email": "c@b.example"}).status_code == 422
    assert program.delete(f"/customer/{gone['id']}", {"version": 1}).status_code == 204
    assert door.post("/customer", {"name": "第六", "email": "c@b.example"}).status_code == 201
    assert program.post("/customer/duplicates", {"email": "a@b.example"}).data["data"]


@pytest.mark.django_db
def test_a_rule_switched_off_is_not_asked_and_comes_back_with_all_keys(firm: Firm, door: Door) -> None:
    _customer(door, "甲乙丙科技", phone="0755-86013388")
    _save(door, "phone", is_active=False)
    _save(door, "name", is_active=False)
    late = _customer(door, "另一家", phone="0755-86013388")
    assert door.post("/customer/duplicates", {"phone": "075586013388"}).data["data"] == []
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []
    rule = _save(door, "phone", is_active=True)
    assert (rule["state"], rule["progress"]["done"]) == ("on", 2)
    matches = door.post("/customer/duplicates", {"phone": "075586013388"}).data["data"]
    assert late["id"] in {match["id"] for match in matches}
    assert len(matches) == 2
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []


@pytest.mark.django_db
def test_while_new_keys_are_made_the_former_rule_stays_in_force(door: Door) -> None:
    tax = "91440300708461136T"
    _customer(door, "腾讯", tax_number=tax)
    parts = [{"field": "tax_number"}, {"field": "name", "normal": "company"}]
    assert door.call("PUT", f"{RULES}/tax_number", {"parts": parts}).status_code == 200
    assert _rule(door, "tax_number")["state"] == "building"
    assert door.post("/customer", {"name": "别家", "tax_number": tax}).status_code == 422
    run_jobs()
    assert _rule(door, "tax_number")["state"] == "on"
    assert door.post("/customer", {"name": "别家", "tax_number": tax}).status_code == 201
    assert door.post("/customer", {"name": "腾讯有限公司", "tax_number": tax}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"parts": []},
        {"parts": "name"},
        {"parts": [{"field": "nothing"}]},
        {"parts": [{"field": "owner"}]},
        {"parts": [{"field": "kind"}]},
        {"parts": [{"field": "name", "normal": "magic"}]},
        {"parts": [{"field": "name"}, {"field": "name"}]},
        {"parts": [{"field": "kind", "normal": "phone"}]},
        {"parts": [{"field": ["name"]}]},
        {"parts": [{"field": "name"}] * 5},
        {"parts": BOTH, "doors": {"window": "strict"}},
        {"parts": BOTH, "doors": {"form": "maybe"}},
        {"parts": BOTH, "doors": []},
        {"parts": BOTH, "is_active": "yes"},
        {"parts": BOTH, "label": 5},
        {"parts": BOTH, "strict": True},
        {},
    ],
)
def test_nonsense_is_refused_by_name(door: Door, given: dict[str, Any]) -> None:
    answer = door.call("PUT", f"{RULES}/fresh", given)
    assert answer.status_code == 422, answer.data
    assert len(door.get(RULES).data["data"]) == 4


@pytest.mark.django_db
def test_standard_rules_stay_and_own_ones_go(firm: Firm, other_firm: Firm, door: Door) -> None:
    assert door.delete(f"{RULES}/name").status_code == 409
    assert door.delete(f"{RULES}/nothing").status_code == 404
    assert door.call("PUT", "/meta/objects/nothing/identity/x", {"parts": BOTH}).status_code == 404
    _save(door, "name_phone", parts=BOTH, doors=_doors("strict"))
    assert len(other_firm.door().get(RULES).data["data"]) == 4
    _customer(door, "甲", phone="0755-86013388")
    assert door.delete(f"{RULES}/name_phone").status_code == 204
    run_jobs()
    assert len(door.get(RULES).data["data"]) == 4
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index: int) -> None:
        barrier.wait()
        try:
            answers[index] = calls[index]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_the_same_pair_of_values_one_gets_it(transactional_db: None) -> None:
    firm = found()
    _save(firm.door(), "name_phone", parts=BOTH, doors=_doors("strict"))
    door = Door(firm.token())
    spellings = ["甲乙丙科技", "甲乙丙科技有限公司", "深圳甲乙丙科技", "甲乙丙科技（深圳）"]
    answers = _at_once(
        [
            lambda n=n: door.post("/customer", {"name": spellings[n % 4], "phone": "0755-86013388"})
            for n in range(16)
        ]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 422: 15}
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "customer") == []
