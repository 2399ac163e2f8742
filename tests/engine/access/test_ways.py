"""Further ways to records: rules, standing in, collaborating; each with its reason, each narrow, each ending."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanxi.engine.access.models import Collaborator, Delegation
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.tenancy.context import Role, session
from tests.engine.access.people import ALL, give, make_role
from tests.firms import Door, Firm

SOON = (timezone.now() + timedelta(days=3)).isoformat()


@pytest.fixture
def owner(firm: Firm) -> User:
    return firm.add("小李")


@pytest.fixture
def viewer(firm: Firm) -> User:
    return firm.add("小王")


def customer(door: Door, **values: Any) -> str:
    made = door.post("/customer", {"name": f"公司{random.random()}"} | values)
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def seen_by(door: Door, record: str) -> bool:
    status = door.get(f"/customer/{record}").status_code
    assert status in (200, 404)
    assert door.get(f"/customer/{record}/history").status_code == status
    assert door.get(f"/customer/{record}/access").status_code == status
    assert door.get(f"/customer/{record}/collaborators").status_code == status
    listed = {row["id"] for row in door.post("/customer/query", {"limit": 200}).data["data"]}
    assert (record in listed) == (status == 200)
    return bool(status == 200)


def kinds(door: Door, record: str) -> set[str]:
    return {way["kind"] for way in door.get(f"/customer/{record}/access").data["ways"]}


def rule(boss: Door, **given: Any) -> dict[str, Any]:
    made = boss.post("/sharing-rules", {"name": {"en": "Rule"}, "object": "customer", "filter": None} | given)
    assert made.status_code == 201, made.data
    return dict(made.data)


def test_a_rule_shows_what_matches_to_whom_it_is_for(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    his, hers = firm.door(owner), firm.door(viewer)
    one, other = customer(his, industry="machinery"), customer(his)
    assert not seen_by(hers, one)
    tree = {"field": "industry", "op": "is", "value": "machinery"}
    asked = {"object": "customer", "filter": tree, "to_kind": "user", "to": str(viewer.id)}
    assert boss.post("/sharing-rules/preview", asked).data == {
        "matching": 1,
        "whole": True,
        "exact": True,
        "fresh": 1,
        "cap": 10_000,
    }
    made = rule(boss, filter=tree, to_kind="user", to=str(viewer.id))
    assert seen_by(hers, one)
    assert not seen_by(hers, other)
    told = hers.get(f"/customer/{one}/access").data
    assert [(way["kind"], way["reason"], way["edits"]) for way in told["ways"]] == [
        ("rule", "The sharing rule “Rule”", False)
    ]
    assert not told["can"]["edit"]
    assert hers.patch(f"/customer/{one}", {"name": "改", "version": 1}).status_code == 403
    assert boss.post("/sharing-rules/preview", asked).data["fresh"] == 0
    contact = his.post("/contact", {"name": "张三", "customer": one}).data["id"]
    assert hers.get(f"/contact/{contact}").status_code == 200
    changed = boss.patch(f"/sharing-rules/{made['id']}", {"version": 1, "level": "edit"})
    assert (changed.status_code, changed.data["filter"]) == (200, tree)
    assert hers.patch(f"/customer/{one}", {"description": "改过", "version": 1}).status_code == 200
    assert hers.delete(f"/customer/{one}", {"version": 2}).status_code == 403
    assert his.patch(f"/customer/{one}", {"industry": None, "version": 2}).status_code == 200
    assert not seen_by(hers, one)
    assert boss.delete(f"/sharing-rules/{made['id']}").status_code == 204
    assert boss.delete(f"/sharing-rules/{made['id']}").status_code == 404


def test_a_rule_across_relations_and_over_a_hidden_field(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    north = boss.post("/teams", {"name": "北区"}).data["id"]
    boss.patch(f"/members/{owner.id}", {"team": north})
    make_role(
        boss,
        "blind",
        objects={"*": ALL | {"see": "own", "edit": "own"}},
        fields={"customer": {"industry": "hidden"}},
    )
    give(boss, viewer, "blind")
    his, hers = firm.door(owner), firm.door(viewer)
    one = customer(his, industry="machinery")
    rule(boss, to_kind="role", to="blind", filter={"and": [
        {"field": "owner.team", "op": "is", "value": north}, {"field": "industry", "op": "is_not_empty"}]})  # fmt: skip
    assert seen_by(hers, one)
    assert "industry" not in hers.get(f"/customer/{one}").data


def test_a_rule_for_a_team_reaches_the_teams_below_unless_it_says_not(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    top = boss.post("/teams", {"name": "总部"}).data["id"]
    below = boss.post("/teams", {"name": "分部", "parent": top}).data["id"]
    boss.patch(f"/members/{viewer.id}", {"team": below})
    one, hers = customer(firm.door(owner)), firm.door(viewer)
    made = rule(boss, to_kind="team", to=top, with_below=False)
    assert not seen_by(hers, one)
    assert boss.patch(f"/sharing-rules/{made['id']}", {"version": 1, "with_below": True}).status_code == 200
    assert seen_by(hers, one)
    boss.patch(f"/sharing-rules/{made['id']}", {"version": 2, "to": below})
    boss.patch(f"/members/{viewer.id}", {"team": top})
    assert not seen_by(hers, one)


BAD = [
    ({"object": "nope"}, "object"),
    ({"object": {"$ne": 1}}, "object"),
    ({"object": ["customer"]}, "object"),
    ({"object": "product"}, "object"),
    ({"filter": {"field": "nope", "op": "is", "value": 1}}, "filter.field"),
    ({"to": "nobody"}, "to"),
    ({"to_kind": "role", "to": "nobody"}, "to"),
    ({"name": {"en": ""}}, "name"),
]


@pytest.mark.parametrize(("given", "path"), BAD)
def test_bad_rules_are_refused(boss: Door, viewer: User, given: dict[str, Any], path: str) -> None:
    body = {
        "name": {"en": "R"},
        "object": "customer",
        "filter": None,
        "to_kind": "user",
        "to": str(viewer.id),
    } | given
    for door in ("/sharing-rules", "/sharing-rules/preview"):
        if door.endswith("preview") and path == "name":
            continue
        refused = boss.post(door, body)
        assert refused.status_code == 422, refused.data
        assert refused.data["errors"][0]["field"].startswith(path.split(".", maxsplit=1)[0])
    assert boss.get("/sharing-rules").data == {"data": []}


def test_a_rule_whose_field_is_gone_leads_nowhere_and_breaks_nothing(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    boss.post("/meta/objects/customer/fields", {"key": "extra", "type": "text", "label": "额外"})
    one, hers = customer(firm.door(owner), extra="x"), firm.door(viewer)
    rule(boss, to_kind="user", to=str(viewer.id), filter={"field": "extra", "op": "is", "value": "x"})
    assert seen_by(hers, one)
    boss.patch("/meta/objects/customer/fields/extra?although_used=true", {"hidden": True})
    assert not seen_by(hers, one)
    assert boss.get("/sharing-rules").data["data"][0]["broken"]


def test_only_who_manages_roles_makes_rules(firm: Firm, boss: Door, viewer: User) -> None:
    made = rule(boss, to_kind="user", to=str(viewer.id))
    hers = firm.door(viewer)
    body = {"name": {"en": "R"}, "object": "customer", "to_kind": "user", "to": str(viewer.id)}
    for answer in (hers.get("/sharing-rules"), hers.post("/sharing-rules", body), hers.post("/sharing-rules/preview", body),
                   hers.patch(f"/sharing-rules/{made['id']}", {"version": 1}), hers.delete(f"/sharing-rules/{made['id']}")):  # fmt: skip
        assert answer.status_code == 403
    assert len(boss.get("/sharing-rules").data["data"]) == 1


def test_a_collaborator_sees_one_record_until_the_end(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    his, hers = firm.door(owner), firm.door(viewer)
    one, other = customer(his), customer(his)
    path = f"/customer/{one}/collaborators"
    assert hers.call("PUT", path, {"collaborators": []}).status_code == 404
    given = his.call(
        "PUT", path, {"collaborators": [{"user": str(viewer.id), "level": "read", "until": SOON}]}
    )
    assert given.status_code == 200, given.data
    assert given.data["data"][0]["user"] == {"id": str(viewer.id), "name": "小王"}
    assert (seen_by(hers, one), seen_by(hers, other)) == (True, False)
    assert kinds(hers, one) == {"collaborator"}
    assert hers.patch(f"/customer/{one}", {"name": "改", "version": 1}).status_code == 403
    assert (
        hers.call("PUT", path, {"collaborators": [{"user": str(viewer.id), "level": "edit"}]}).status_code
        == 403
    )
    his.call("PUT", path, {"collaborators": [{"user": str(viewer.id), "level": "edit"}]})
    assert hers.patch(f"/customer/{one}", {"description": "改", "version": 1}).status_code == 200
    with session(firm.workspace.id):
        Collaborator.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert not seen_by(hers, one)
    his.call("PUT", path, {"collaborators": []})
    assert his.get(path).data == {"data": []}


def test_bad_collaborators_are_refused(firm: Firm, other_firm: Firm, owner: User, viewer: User) -> None:
    his = firm.door(owner)
    path = f"/customer/{customer(his)}/collaborators"
    me = str(viewer.id)
    for bad in (
        "x", [1], [{}], [{"user": me, "team": me}], [{"user": str(other_firm.admin.id)}], [{"user": me, "level": "own"}],
        [{"user": me, "until": "yesterday"}], [{"user": me, "until": "2020-01-01T00:00:00Z"}], [{"user": me, "x": 1}],
        [{"user": me}] * 51, [{"user": me, "role": "boss"}], [{"user": me, "share": "100.01"}], [{"user": me, "share": -1}],
        [{"user": me, "share": True}], [{"user": me, "share": 60}, {"user": me, "share": "40.01"}],
    ):  # fmt: skip
        assert his.call("PUT", path, {"collaborators": bad}).status_code == 422, bad
    assert his.get(path).data == {"data": []}


def test_who_collaborates_has_a_part_in_the_team_and_a_share(firm: Firm, owner: User, viewer: User) -> None:
    his = firm.door(owner)
    path = f"/customer/{customer(his)}/collaborators"
    team = [{"user": str(viewer.id), "role": "presales", "share": "33.33"}, {"user": str(firm.admin.id)}]
    assert his.call("PUT", path, {"collaborators": team}).status_code == 200
    told = his.get(path).data["data"]
    assert [(row["role"], row["share"]) for row in told] == [("presales", 33.33), (None, None)]


def test_a_stand_in_has_the_records_while_it_lasts(firm: Firm, boss: Door, owner: User, viewer: User) -> None:
    his, hers = firm.door(owner), firm.door(viewer)
    one = customer(his)
    assert (
        hers.post("/delegations", {"from": str(owner.id), "to": str(viewer.id), "until": SOON}).status_code
        == 403
    )
    for bad in (
        {"to": str(owner.id)},
        {"until": "2020-01-01T00:00:00Z"},
        {"to": str(firm.workspace.id)},
        {"until": "2099-01-01T00:00:00Z"},
    ):
        assert his.post("/delegations", {"to": str(viewer.id), "until": SOON} | bad).status_code == 422, bad
    made = his.post("/delegations", {"to": str(viewer.id), "until": SOON, "level": "edit"})
    assert made.status_code == 201, made.data
    assert seen_by(hers, one)
    assert kinds(hers, one) == {"delegation"}
    assert hers.patch(f"/customer/{one}", {"description": "代", "version": 1}).status_code == 200
    assert [row["from"]["name"] for row in hers.get("/delegations").data["data"]] == ["小李"]
    assert firm.door(firm.add("旁人")).get("/delegations").data == {"data": []}
    with session(firm.workspace.id):
        Delegation.objects.update(starts_at=timezone.now() + timedelta(hours=1))
    delegation = made.data["data"][0]["id"]
    assert his.delete(f"/delegations/{delegation}").status_code == 204
    assert not seen_by(hers, one)
    assert his.delete(f"/delegations/{delegation}").status_code == 404


def test_why_for_somebody_else_is_for_who_manages_roles(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    his, hers = firm.door(owner), firm.door(viewer)
    one = customer(his)
    told = boss.get(f"/customer/{one}/access?user={owner.id}").data
    assert [(way["kind"], way["from"]) for way in told["ways"]] == [("owner", ["member"])]
    assert told["can"]["edit"]
    assert boss.get(f"/customer/{one}/access?user={viewer.id}").status_code == 404
    assert his.get(f"/customer/{one}/access?user={viewer.id}").status_code == 403
    assert hers.get(f"/customer/{one}/access?user={owner.id}").status_code == 403
    assert {way["kind"] for way in boss.get(f"/customer/{one}/access").data["ways"]} == {"all"}
    contact = his.post("/contact", {"name": "张三", "customer": one, "owner": str(owner.id)}).data["id"]
    assert {w["kind"] for w in his.get(f"/contact/{contact}/access").data["ways"]} == {"owner", "parent"}


def test_sharing_shows_no_object_that_a_role_does_not(
    firm: Firm, boss: Door, owner: User, viewer: User
) -> None:
    give(boss, viewer)
    one, hers = customer(firm.door(owner)), firm.door(viewer)
    rule(boss, to_kind="user", to=str(viewer.id))
    firm.door(owner).call(
        "PUT", f"/customer/{one}/collaborators", {"collaborators": [{"user": str(viewer.id)}]}
    )
    assert hers.get(f"/customer/{one}").status_code == 404
    assert hers.get(f"/customer/{one}/access").status_code == 404


def test_ways_cost_no_further_statement(firm: Firm, boss: Door, owner: User, viewer: User) -> None:
    hers = firm.door(viewer)

    def statements() -> int:
        hers.get("/customer")
        with CaptureQueriesContext(connection) as captured:
            assert hers.get("/customer").status_code == 200
        return len(captured)

    before = statements()
    one = customer(firm.door(owner))
    for value in ("a", "b", "c"):
        rule(
            boss,
            to_kind="user",
            to=str(viewer.id),
            filter={"field": "description", "op": "is", "value": value},
        )
    firm.door(owner).call(
        "PUT", f"/customer/{one}/collaborators", {"collaborators": [{"user": str(viewer.id)}]}
    )
    firm.door(owner).post("/delegations", {"to": str(viewer.id), "until": SOON})
    # What a list refers to (the owner's name) is one statement wherever it shows a record at all.
    assert statements() <= before + 1


@dataclass
class Forest:
    """A tree of teams with people, and customers in everybody's hands."""

    firm: Firm
    people: list[User] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    parent: dict[str, str | None] = field(default_factory=dict)
    owners: dict[str, User] = field(default_factory=dict)


@pytest.fixture
def forest(firm: Firm, boss: Door) -> Forest:
    forest, dice = Forest(firm), random.Random(7)
    for i in range(4):
        parent = forest.teams[i - 1] if i else None
        forest.teams.append(boss.post("/teams", {"name": f"第{i}级", "parent": parent}).data["id"])
        forest.parent[forest.teams[-1]] = parent
    for i, role in enumerate(
        [Role.MANAGER, Role.MEMBER, Role.MEMBER, Role.MANAGER, Role.MEMBER, Role.MEMBER]
    ):
        person = firm.add(f"人{i}", role)
        boss.patch(f"/members/{person.id}", {"team": dice.choice(forest.teams)})
        forest.people.append(person)
    for _ in range(18):
        person = dice.choice(forest.people)
        forest.owners[customer(boss, owner=str(person.id), description=dice.choice("ab"))] = person
    return forest


@pytest.mark.parametrize("seed", range(4))
def test_everybody_sees_exactly_what_some_way_leads_to(forest: Forest, boss: Door, seed: int) -> None:
    """A model in Python of who sees what, against the list, and against the reasons of each record."""
    dice, firm = random.Random(seed), forest.firm
    with session(firm.workspace.id):
        team_of = {
            str(m.user_id): str(m.team_id) for m in Membership.objects.filter(workspace_id=firm.workspace.id)
        }
        role_of = {str(m.user_id): m.role for m in Membership.objects.filter(workspace_id=firm.workspace.id)}
    above: dict[str, set[str]] = {}
    for team in forest.teams:
        up, chain = team, {team}
        while forest.parent[up]:
            up = str(forest.parent[up])
            chain.add(up)
        above[team] = chain
    letter = {one: boss.get(f"/customer/{one}").data["description"] for one in forest.owners}
    shared_to: list[tuple[str, str]] = []
    for _ in range(3):
        value, team = dice.choice("ab"), dice.choice(forest.teams)
        rule(boss, to_kind="team", to=team, filter={"field": "description", "op": "is", "value": value})
        shared_to.append((value, team))
    helps: list[tuple[str, str]] = []
    for one in dice.sample(sorted(forest.owners), 4):
        team = dice.choice(forest.teams)
        assert (
            boss.call(
                "PUT", f"/customer/{one}/collaborators", {"collaborators": [{"team": team}]}
            ).status_code
            == 200
        )
        helps.append((one, team))
    away, stand_in = dice.sample(forest.people, 2)
    assert firm.door(away).post("/delegations", {"to": str(stand_in.id), "until": SOON}).status_code == 201
    for person in forest.people:
        me, door = str(person.id), firm.door(person)
        path = above[team_of[me]]
        expected = set()
        for one, owner in forest.owners.items():
            his = str(owner.id)
            led = role_of[me] == Role.MANAGER and team_of[me] in above[team_of[his]]
            by_rule = any(letter[one] == value and team in path for value, team in shared_to)
            by_help = any(one == helped and team in path for helped, team in helps)
            if his == me or led or by_rule or by_help or (person is stand_in and owner is away):
                expected.add(one)
        listed = {row["id"] for row in door.post("/customer/query", {"limit": 200}).data["data"]}
        assert listed == expected
        for one in forest.owners:
            told = door.get(f"/customer/{one}/access")
            assert (told.status_code == 200) == (one in expected)
            assert told.status_code == 404 or told.data["ways"]
