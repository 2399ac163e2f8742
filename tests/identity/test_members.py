"""Members: finding them, changing them, and who may."""

import uuid
from typing import Any

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Role, session
from guanxi.kit.errors import Conflict, Forbidden
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db


def _names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.data["data"]]


def test_members_are_sorted_as_a_chinese_phone_book(firm: Firm) -> None:
    for name in ("张伟", "Anna Lee", "陈静", "bob"):
        firm.add(name)
    assert _names(firm.door().get("/members")) == ["Anna Lee", "bob", "陈静", "王芳", "张伟"]


@pytest.mark.parametrize("q", ["陈", "chen", "chenj", "cj", "CHEN", "jing@", "陈静 cj"])
def test_members_are_found_by_name_pinyin_initials_and_address(firm: Firm, q: str) -> None:
    firm.add("陈静", email="jing@firm.example")
    firm.add("张伟")
    door = firm.door()
    assert _names(door.client and door.get(f"/members?q={q}")) == ["陈静"]


def test_pages_follow_one_another_and_only_the_first_carries_a_count(firm: Firm) -> None:
    for number in range(6):
        firm.add(f"员工{number}")
    door = firm.door()
    first = door.get("/members?limit=4")
    assert first.data["page"]["count"] == {"value": 7, "exact": True}
    second = door.get(f"/members?limit=4&cursor={first.data['page']['next']}")
    assert second.data["page"] == {"next": None, "count": None}
    assert len({*_names(first), *_names(second)}) == 7


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=WzEsMl0=", "limit=0", "limit=201", "team=x"])
def test_wrong_parameters_are_named(firm: Firm, query: str) -> None:
    assert firm.door().get(f"/members?{query}").status_code == 422


def test_the_team_filter_includes_the_teams_below(firm: Firm) -> None:
    door = firm.door()
    east = door.post("/teams", {"name": "华东"}).data["id"]
    shanghai = door.post("/teams", {"name": "上海", "parent": east}).data["id"]
    one, two = firm.add("一"), firm.add("二")
    door.patch(f"/members/{one.id}", {"team": east})
    door.patch(f"/members/{two.id}", {"team": shanghai, "manager": str(one.id)})
    assert sorted(_names(door.get(f"/members?team={east}"))) == ["一", "二"]
    [row] = door.get(f"/members?team={shanghai}").data["data"]
    assert row["team"] == {"id": shanghai, "name": "上海"}
    assert row["manager"] == {"id": str(one.id), "name": "一"}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER, Role.READ_ONLY])
def test_only_administrators_manage_people(firm: Firm, role: Role) -> None:
    user = firm.add("周明", role)
    door = firm.door(user)
    assert door.get("/members").status_code == 200
    assert door.post("/members/invite", {"name": "新人", "email": "n@firm.example"}).status_code == 403
    assert door.patch(f"/members/{user.id}", {"role": "admin"}).status_code == 403
    assert door.post("/teams", {"name": "x"}).status_code == 403
    with session(firm.workspace.id):
        assert Membership.objects.get(user=user).role == role


def test_people_of_other_workspaces_do_not_exist(firm: Firm, other_firm: Firm) -> None:
    door, stranger = firm.door(), other_firm.admin.id
    assert door.get(f"/members/{stranger}").status_code == 404
    assert door.patch(f"/members/{stranger}", {"role": "member"}).status_code == 404
    assert door.post(f"/members/{stranger}/invite").status_code == 404
    user = firm.add("周明")
    assert door.patch(f"/members/{user.id}", {"manager": str(stranger)}).status_code == 422
    team = other_firm.door().post("/teams", {"name": "x"}).data["id"]
    assert door.patch(f"/members/{user.id}", {"team": team}).status_code == 422
    assert door.get(f"/members?team={team}").data["data"] == []


@pytest.mark.parametrize("change", [{"role": "member"}, {"status": "disabled"}])
def test_the_last_administrator_stays(firm: Firm, change: dict[str, str]) -> None:
    door = firm.door()
    answer = door.patch(f"/members/{firm.admin.id}", change)
    assert (answer.status_code, code_of(answer)) == (409, "last_admin")
    second = firm.add("李娜", Role.ADMIN)
    assert door.patch(f"/members/{firm.admin.id}", change).status_code == 200
    assert firm.door(second).get("/members").status_code == 200


def test_whoever_is_disabled_is_out_at_once_and_can_come_back(firm: Firm) -> None:
    user = firm.add("周明")
    token = Door(firm.token(user))
    door, admin = firm.door(user), firm.door()
    assert (door.get("/me").status_code, token.get("/me").status_code) == (200, 200)
    admin.patch(f"/members/{user.id}", {"status": "disabled"})
    assert (door.get("/me").status_code, token.get("/me").status_code) == (403, 401)
    assert admin.patch(f"/members/{user.id}", {"status": "active"}).data["status"] == "active"
    assert door.get("/me").status_code == 200
    assert token.get("/me").status_code == 401, "who comes back does not bring old keys along"
    told = admin.get("/audit?kind=token.revoked").data["data"]
    assert [entry["detail"]["reason"] for entry in told] == ["disabled"]


def test_a_workspaces_name_for_a_person_stays_in_it(firm: Firm, other_firm: Firm) -> None:
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, firm.admin, role=Role.MEMBER)
    other_firm.door().patch(f"/members/{firm.admin.id}", {"name": "老王"})
    assert _names(firm.door().get("/members")) == ["王芳"]
    assert firm.door().get("/me").data["user"]["name"] == "王芳"


def test_nobody_manages_themselves_and_unknown_keys_are_refused(firm: Firm) -> None:
    door = firm.door()
    assert door.patch(f"/members/{firm.admin.id}", {"manager": str(firm.admin.id)}).status_code == 422
    for body in (
        {"is_active": False},
        {"workspace_id": str(uuid.uuid4())},
        {"role": "owner"},
        {"status": "invited"},
    ):
        assert door.patch(f"/members/{firm.admin.id}", body).status_code == 422


def test_names_become_invited_members_set_by_set(firm: Firm, django_assert_max_num_queries: Any) -> None:
    names = [f"Agent {number}" for number in range(300)]
    with session(firm.workspace.id):
        ctx = firm.ctx
        with django_assert_max_num_queries(4):
            made = facade.ensure_members(ctx, [*names, "王芳", " agent  7 "])
        assert made["王芳"] == firm.admin.id
        assert made[" agent  7 "] == made["Agent 7"]
        assert facade.ensure_members(ctx, names) == {name: made[name] for name in names}
        assert facade.people(ctx, [made["Agent 7"]]) == {made["Agent 7"]: "Agent 7"}
        found = facade.find_people(ctx, ["agent 7", "BOSS@firm.example", "nobody"])
        assert found == {"agent 7": made["Agent 7"], "BOSS@firm.example": firm.admin.id}
    row = firm.door().get("/members?q=Agent+7&limit=1").data["data"][0]
    assert (row["status"], row["email"], row["role"]) == ("invited", "", "member")


def test_people_are_put_into_their_places_set_by_set(firm: Firm, other_firm: Firm) -> None:
    with session(firm.workspace.id):
        ctx = firm.ctx
        people = facade.ensure_members(ctx, ["Anna", "Dustin"])
        teams = facade.ensure_teams(ctx, ["Central", "East", "central "])
        assert teams["Central"] == teams["central "]
        places = [
            facade.Place(people["Dustin"], role="manager", team_id=teams["Central"]),
            facade.Place(people["Anna"], team_id=teams["Central"], manager_id=people["Dustin"]),
            facade.Place(other_firm.admin.id, role="member"),
        ]
        assert facade.set_memberships(ctx, places) == 2
        with pytest.raises(Conflict):
            facade.set_memberships(ctx, [facade.Place(firm.admin.id, role="member")])
    [anna] = firm.door().get("/members?q=Anna").data["data"]
    assert (anna["team"]["name"], anna["manager"]["name"]) == ("Central", "Dustin")


def test_only_administrators_make_members_of_names(firm: Firm) -> None:
    user = firm.add("周明", Role.MANAGER)
    with session(firm.workspace.id):
        info, actor = facade.load_actor(firm.workspace.id, user.id)
        ctx = type(firm.ctx)(workspace=info, actor=actor)
        assert facade.ensure_members(ctx, ["王芳"]) == {"王芳": firm.admin.id}
        with pytest.raises(Forbidden):
            facade.ensure_members(ctx, ["Unknown"])


def test_an_actor_knows_the_people_of_their_teams(firm: Firm, django_assert_num_queries: Any) -> None:
    door = firm.door()
    east = door.post("/teams", {"name": "华东"}).data["id"]
    shanghai = door.post("/teams", {"name": "上海", "parent": east}).data["id"]
    boss, one, two, three = (firm.add(name) for name in "甲乙丙丁")
    for user, team in ((boss, east), (one, east), (two, shanghai)):
        door.patch(f"/members/{user.id}", {"team": team})
    with session(firm.workspace.id):
        with django_assert_num_queries(1):
            _, actor = facade.load_actor(firm.workspace.id, boss.id)
        assert actor.team_user_ids == {boss.id, one.id}
        assert actor.subtree_user_ids == {boss.id, one.id, two.id}
        assert {str(team) for team in actor.subtree_team_ids} == {east, shanghai}
        _, alone = facade.load_actor(firm.workspace.id, three.id)
        assert alone.subtree_user_ids == {three.id}
        assert {str(team) for team in facade.teams_below(firm.workspace.id, uuid.UUID(east))} == {
            east,
            shanghai,
        }
    door.patch(f"/teams/{shanghai}", {"manager": str(three.id)})
    with session(firm.workspace.id):
        _, manager = facade.load_actor(firm.workspace.id, three.id)
        assert manager.subtree_user_ids == {two.id, three.id}
