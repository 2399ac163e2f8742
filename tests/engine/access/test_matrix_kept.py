"""The matrix is worked out once a set of roles, and never shows what roles or fields were before."""

from typing import Any

from tests.engine.access.people import ALL, give, make_role
from tests.firms import Door, Firm


def told(boss: Door, person: Any) -> tuple[str, dict[str, str]]:
    """What somebody sees of customers, and their rights to its fields."""
    answer = boss.get(f"/access/matrix?user={person.id}")
    assert answer.status_code == 200
    customer = next(obj for obj in answer.data["objects"] if obj["key"] == "customer")
    return customer["verbs"]["see"]["scope"], {f["key"]: f["right"] for f in customer["fields"]}


def test_the_matrix_follows_every_change_at_once(firm: Firm) -> None:
    boss = firm.door()
    make_role(boss, "seller", objects={"*": {**ALL, "see": "own"}})
    one, two = firm.add("甲"), firm.add("乙")
    give(boss, one, "seller")
    give(boss, two, "seller")
    assert told(boss, one) == told(boss, two)
    assert told(boss, one)[0] == "own"
    rights = {"objects": {"*": {**ALL, "see": "team"}}, "fields": {"customer": {"phone": "masked"}}}
    version = boss.get("/roles/seller").data["version"]
    assert boss.patch("/roles/seller", {"rights": rights, "version": version}).status_code == 200
    for person in (one, two):
        scope, fields = told(boss, person)
        assert (scope, fields["phone"]) == ("team", "masked")
    made = boss.post("/meta/objects/customer/fields", {"key": "secret", "type": "text", "label": "Secret"})
    assert made.status_code == 201
    assert told(boss, one)[1]["secret"] == "edit"
    give(boss, one)
    assert told(boss, one) != told(boss, two)


def test_workspaces_with_roles_of_one_name_do_not_mix(firm: Firm, other_firm: Firm) -> None:
    for each, reach in ((firm, "own"), (other_firm, "all")):
        make_role(each.door(), "seller", objects={"*": {**ALL, "see": reach}})
        person = each.add("甲")
        give(each.door(), person, "seller")
        assert told(each.door(), person)[0] == reach
