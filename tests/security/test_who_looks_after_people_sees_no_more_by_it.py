"""Looking after people lends nobody a sight: not oneself by a place, not others by a team."""

from typing import Any

import pytest

from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.tenancy.context import session
from tests.engine.access.people import NOTHING, give, make_role
from tests.firms import Door, Firm, code_of

BELOW = {"see": "team_below", "edit": "team_below"}


@pytest.fixture
def place(firm: Firm) -> dict[str, Any]:
    """A tree head/south/shop, one in charge of the shop's people and one of all customers below the head."""
    boss = firm.door()
    make_role(boss, "people", objects={"*": NOTHING | BELOW}, areas=["members"])
    teams: dict[str, str] = {}
    for name, above in (("head", None), ("south", "head"), ("shop", "south"), ("north", "head")):
        teams[name] = boss.post("/teams", {"name": name, "parent": teams.get(above or "")}).data["id"]
    people: dict[str, User] = {name: firm.add(name) for name in ("hers", "chief", "clerk", "friend")}
    give(boss, people["hers"], "people")
    give(boss, people["friend"], base="manager")
    for name, team in (("hers", "shop"), ("chief", "head"), ("clerk", "north"), ("friend", "north")):
        assert boss.patch(f"/members/{people[name].id}", {"team": teams[team]}).status_code == 200
    customer = firm.door(people["chief"]).post("/customer", {"name": "华强"}).data["id"]
    return {
        "boss": boss,
        "teams": teams,
        "people": people,
        "hers": firm.door(people["hers"]),
        "customer": customer,
    }


def standing(firm: Firm) -> Any:
    with session(firm.workspace.id):
        members = list(
            Membership.objects.order_by("id").values(
                "user_id", "role", "extra_roles", "team_id", "manager_id"
            )
        )
        return members, list(Team.objects.order_by("id").values("id", "parent_id", "manager_id"))


def test_nobody_moves_themselves_up(firm: Firm, place: dict[str, Any]) -> None:
    hers: Door = place["hers"]
    me, teams, people = place["people"]["hers"].id, place["teams"], place["people"]
    before = standing(firm)
    tries: list[tuple[str, str, dict[str, Any], str]] = [
        ("PATCH", f"/members/{me}", {"team": teams["head"]}, ""),
        ("PATCH", f"/members/{me}", {"team": teams["south"]}, ""),
        ("PATCH", f"/members/{me}", {"extra_roles": []}, ""),
        ("PATCH", f"/members/{me}", {"role": "member"}, ""),
        ("PATCH", f"/teams/{teams['head']}", {"manager": str(me)}, ""),
        ("PATCH", f"/teams/{teams['north']}", {"manager": str(me)}, ""),
        ("PATCH", f"/teams/{teams['north']}", {"parent": teams["shop"]}, ""),
        ("PATCH", f"/teams/{teams['shop']}", {"parent": teams["north"]}, ""),
        ("POST", "/teams", {"name": "new", "parent": teams["north"], "manager": str(me)}, ""),
        ("PATCH", f"/members/{people['clerk'].id}", {"team": teams["shop"]}, "own_place"),
        ("PATCH", f"/members/{people['chief'].id}", {"team": teams["shop"]}, "own_place"),
    ]
    for method, path, body, code in tries:
        refused = hers.call(method, path, body)
        assert refused.status_code == 403, (method, path, body, refused.data)
        assert not code or code_of(refused) == code, (path, body, refused.data)
    assert hers.get(f"/customer/{place['customer']}").status_code == 404
    assert standing(firm) == before


def test_nobody_lends_others_what_is_not_theirs(firm: Firm, place: dict[str, Any]) -> None:
    hers: Door = place["hers"]
    teams, friend = place["teams"], place["people"]["friend"]
    before = standing(firm)
    for path, body in (
        (f"/members/{friend.id}", {"team": teams["head"]}),
        (f"/teams/{teams['head']}", {"manager": str(friend.id)}),
        (f"/teams/{teams['south']}", {"parent": teams["north"]}),
    ):
        refused = hers.patch(path, body)
        assert (refused.status_code, code_of(refused)) == (403, "more_than_own"), (path, refused.data)
    assert standing(firm) == before
    # Whose roles show their own work alone may be put anywhere, and the usual work goes on.
    clerk = place["people"]["clerk"]
    assert hers.patch(f"/members/{clerk.id}", {"team": teams["south"]}).status_code == 200
    assert (
        hers.post("/members/invite", {"name": "新人", "role": "member", "team": teams["shop"]}).status_code
        == 201
    )
    assert hers.patch(f"/members/{friend.id}", {"name": "老友"}).status_code == 200
    assert hers.post("/teams", {"name": "another", "parent": teams["shop"]}).status_code == 201


def test_leading_teams_are_not_handed_to_oneself(firm: Firm, place: dict[str, Any], deliver: Any) -> None:
    boss, hers, people = place["boss"], place["hers"], place["people"]
    assert (
        boss.patch(f"/teams/{place['teams']['head']}", {"manager": str(people["clerk"].id)}).status_code
        == 200
    )
    hers.post(f"/members/{people['clerk'].id}/hand-over", {"to": [str(people["hers"].id)]})
    deliver()
    with session(firm.workspace.id):
        assert Team.objects.get(name="head").manager_id == people["clerk"].id
    assert hers.get(f"/customer/{place['customer']}").status_code == 404
