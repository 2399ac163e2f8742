"""Saved and built-in views, as people and programs meet them."""

import uuid
from typing import Any

import pytest

from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, code_of

OPEN_DEALS = {"field": "stage", "op": "is_not", "value": "lost"}


def make(door: Door, **given: Any) -> Any:
    body = {"object": "opportunity", "name": "重点商机", "kind": "table"} | given
    return door.post("/views", body)


def views(door: Door, key: str = "opportunity") -> dict[str, Any]:
    answer = door.get(f"/views?object={key}")
    assert answer.status_code == 200, answer.content
    return {view["id"]: view for view in answer.data["data"]}


def put_in_team(firm: Firm, user: Any, team: Team) -> None:
    with session(firm.workspace.id):
        Membership.objects.filter(user=user).update(team=team)


def add_team(firm: Firm, name: str, parent: Team | None = None) -> Team:
    with session(firm.workspace.id):
        return Team.objects.create(workspace=firm.workspace, name=name, parent=parent)


def change(door: Door, view: Any, **given: Any) -> Any:
    return door.patch(f"/views/{view['id']}", given, **{"If-Match": f'"{view["version"]}"'})


def test_every_object_has_built_in_views(firm: Firm) -> None:
    door = firm.door()
    for obj in door.get("/meta/objects").data["data"]:
        found = views(door, obj["key"])
        assert {"builtin:all", "builtin:new", "builtin:recent"} <= set(found), obj["key"]
        assert ("builtin:board" in found) == bool(obj["board_fields"])
        for view in found.values():
            assert view["builtin"]
            assert not view["mine"]
            definition = view["definition"]
            answer = door.post(
                f"/{obj['key']}/query",
                {
                    "filter": definition["filter"],
                    "sort": definition["sort"],
                    "fields": [column["field"] for column in definition["columns"]],
                },
            )
            assert answer.status_code == 200, (view["id"], answer.content)


def test_built_in_views_speak_both_languages(firm: Firm) -> None:
    found = views(firm.door(), "customer")
    assert found["builtin:mine"]["name"] == {"zh-CN": "我的客户", "en": "My customers"}
    assert found["builtin:all"]["name"] == {"zh-CN": "全部客户", "en": "All customers"}


def test_shared_objects_have_no_views_of_owners(firm: Firm) -> None:
    assert "builtin:mine" not in views(firm.door(), "product")


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.ADMIN, "builtin:all"),
        (Role.MANAGER, "builtin:team"),
        (Role.MEMBER, "builtin:mine"),
        (Role.READ_ONLY, "builtin:all"),
    ],
)
def test_people_start_with_what_they_work_on(firm: Firm, role: Role, first: str) -> None:
    found = views(firm.door(firm.add("某人", role)))
    assert [view["id"] for view in found.values() if view["is_default"]] == [first]


def test_a_personal_view_is_its_owners_alone(firm: Firm) -> None:
    member, other = firm.door(firm.add("小陈")), firm.door(firm.add("小李"))
    answer = make(member, definition={"filter": OPEN_DEALS, "sort": "-amount"}, pinned=True)
    assert answer.status_code == 201, answer.content
    view = answer.data
    assert view["mine"]
    assert view["scope"] == "personal"
    assert view["definition"]["sort"] == "-amount"
    assert view["id"] in views(member)
    assert view["id"] not in views(other)
    assert view["id"] not in views(firm.door())
    assert change(other, view, name="偷看").status_code == 404
    assert change(firm.door(), view, name="偷看").status_code == 404


def test_only_administrators_save_views_for_everyone(firm: Firm) -> None:
    manager = firm.door(firm.add("经理", Role.MANAGER))
    assert make(manager, scope="everyone").status_code == 403
    view = make(firm.door(), scope="everyone").data
    assert views(manager)[view["id"]]["mine"] is False
    assert change(manager, view, name="改名").status_code == 403


def test_a_teams_view_is_kept_by_its_managers_and_seen_below(firm: Firm) -> None:
    sales = add_team(firm, "销售部")
    group = add_team(firm, "一组", parent=sales)
    elsewhere = add_team(firm, "客服部")
    people = {name: firm.add(name, role) for name, role in
              (("经理", Role.MANAGER), ("组员", Role.MEMBER), ("客服", Role.MEMBER))}  # fmt: skip
    put_in_team(firm, people["经理"], sales)
    put_in_team(firm, people["组员"], group)
    put_in_team(firm, people["客服"], elsewhere)
    manager, member, other = (firm.door(people[name]) for name in ("经理", "组员", "客服"))

    assert make(member, scope="team").status_code == 403
    assert make(manager, scope="team", team=str(elsewhere.id)).status_code == 403
    view = make(manager, scope="team").data
    assert view["team"] == str(sales.id)
    assert view["id"] in views(member)
    assert views(member)[view["id"]]["mine"] is False
    assert view["id"] not in views(other)
    assert view["id"] in views(firm.door())
    assert change(firm.door(), view, pinned=True).data["pinned"]


def test_a_teams_view_needs_a_team(firm: Firm) -> None:
    answer = make(firm.door(), scope="team")
    assert answer.status_code == 422
    assert answer.data["errors"][0]["field"] == "team"
    assert make(firm.door(), scope="team", team=str(uuid.uuid4())).status_code == 422


def test_read_only_people_save_views_for_themselves(firm: Firm) -> None:
    reader = firm.door(firm.add("老板", Role.READ_ONLY))
    assert make(reader).status_code == 201
    assert make(reader, scope="everyone").status_code == 403


def test_a_change_says_which_version_it_is_based_on(firm: Firm) -> None:
    door = firm.door()
    view = make(door).data
    assert door.patch(f"/views/{view['id']}", {"name": "新名"}).status_code == 428
    changed = change(door, view, name="新名")
    assert (changed.data["name"], changed.data["version"]) == ("新名", view["version"] + 1)
    stale = change(door, view, name="旧名")
    assert stale.status_code == 409
    assert stale.data["current"] == view["version"] + 1
    assert door.delete(f"/views/{view['id']}").status_code == 428
    assert door.delete(f"/views/{view['id']}", **{"If-Match": '"1"'}).status_code == 409
    assert door.delete(f"/views/{view['id']}", **{"If-Match": '"2"'}).status_code == 204
    assert view["id"] not in views(door)


@pytest.mark.parametrize(
    ("definition", "path"),
    [
        ({"filter": {"field": "nonsense", "op": "is", "value": 1}}, "definition.filter.field"),
        ({"filter": {"and": [{"field": "owner.password", "op": "is", "value": 1}]}}, "definition.filter.and.0.field"),
        ({"filter": {"field": "amount", "op": "sounds_like", "value": 1}}, "definition.filter.op"),
        ({"filter": {"field": "amount", "op": "gt", "value": "viel"}}, "definition.filter.value"),
        ({"filter": {"and": [], "or": []}}, "definition.filter"),
        ({"sort": "nonsense"}, "definition.sort.0"),
        ({"sort": 7}, "definition.sort"),
        ({"columns": [{"field": "name"}, {"field": "nonsense"}]}, "definition.columns.1.field"),
        ({"columns": [{"field": "name"}, {"field": "name"}]}, "definition.columns.1.field"),
        ({"columns": [{"field": "name", "width": 1}]}, "definition.columns.0.width"),
        ({"columns": "name"}, "definition.columns"),
        ({"density": "huge"}, "definition.density"),
        ({"group_by": "amount"}, "definition.group_by"),
        ({"group_by": ["stage"]}, "definition.group_by"),
        ({"script": "x"}, "definition.script"),
    ],
)  # fmt: skip
def test_what_a_view_cannot_say_is_refused_by_name(firm: Firm, definition: Any, path: str) -> None:
    answer = make(firm.door(), kind="board", definition=definition)
    assert answer.status_code == 422, answer.content
    assert [error["field"] for error in answer.data["errors"]] == [path]


def test_a_filter_too_deep_is_refused(firm: Firm) -> None:
    tree: Any = OPEN_DEALS
    for _ in range(12):
        tree = {"and": [tree]}
    assert make(firm.door(), definition={"filter": tree}).status_code == 422


def test_boards_and_calendars_are_laid_out_by_fitting_fields(firm: Firm) -> None:
    door = firm.door()
    assert make(door, kind="board").data["definition"]["group_by"] == "stage"
    calendar = make(door, kind="calendar", definition={"group_by": "expected_close_date"})
    assert calendar.data["definition"]["group_by"] == "expected_close_date"
    answer = make(door, kind="calendar", definition={"group_by": "stage"})
    assert answer.status_code == 422
    assert answer.data["errors"][0]["code"] == "not_a_date"


def test_built_in_views_are_copied_not_changed(firm: Firm) -> None:
    door = firm.door()
    view = views(door)["builtin:all"]
    answer = change(door, view, name="我的")
    assert (answer.status_code, code_of(answer)) == (403, "builtin_view")
    assert door.get("/views/builtin:all?object=opportunity").data["id"] == "builtin:all"
    assert door.get("/views/builtin:all").status_code == 404


def test_there_is_one_default_per_scope_and_ones_own_comes_first(firm: Firm) -> None:
    door = firm.door()

    def default() -> list[str]:
        return [view["id"] for view in views(door).values() if view["is_default"]]

    shared = make(door, scope="everyone", is_default=True).data
    assert default() == [shared["id"]]
    first = make(door, is_default=True).data
    second = make(door, is_default=True).data
    assert default() == [second["id"]]
    change(door, views(door)[second["id"]], is_default=False)
    assert default() == [shared["id"]], "the first had lost it to the second"
    assert change(door, first, name="x").status_code == 409


def test_views_of_unknown_objects_are_not_found(firm: Firm) -> None:
    door = firm.door()
    assert door.get("/views?object=nonsense").status_code == 404
    assert make(door, object="user").status_code == 404
    assert door.get("/views").status_code == 422


def test_another_firms_views_do_not_exist(firm: Firm, other_firm: Firm) -> None:
    view = make(firm.door(), scope="everyone").data
    foreign = other_firm.door()
    assert view["id"] not in views(foreign)
    assert foreign.get(f"/views/{view['id']}").status_code == 404
    assert change(foreign, view, name="x").status_code == 404


def test_a_view_over_a_field_that_is_gone_shows_nothing_instead_of_everything(firm: Firm) -> None:
    door = firm.door()
    field = door.post(
        "/meta/objects/opportunity/fields", {"key": "cf_rank", "type": "number", "label": "名次"}
    )
    assert field.status_code in (200, 201), field.content
    view = make(
        door,
        definition={
            "filter": {"field": "cf_rank", "op": "gt", "value": 3},
            "sort": "cf_rank,name",
            "columns": ["name", "cf_rank"],
        },
    ).data
    assert view["broken"] is False
    assert door.delete("/meta/objects/opportunity/fields/cf_rank").data["code"] == "in_use"
    assert (
        door.patch(
            "/meta/objects/opportunity/fields/cf_rank?although_used=true", {"hidden": True}
        ).status_code
        == 200
    )
    found = views(door)[view["id"]]
    assert found["broken"] is True
    assert found["definition"]["sort"] == "name"
    assert [column["field"] for column in found["definition"]["columns"]] == ["name"]
    answer = door.post("/opportunity/query", {"filter": found["definition"]["filter"]})
    assert answer.data["data"] == []


def test_names_are_short_and_plain(firm: Firm) -> None:
    door = firm.door()
    assert make(door, name={"zh-CN": "重点", "en": "Key deals"}).status_code == 201
    for name in ("", "   ", "x" * 81, "a\u0000b", {"fr": "x"}, {}, 7):
        assert make(door, name=name).status_code == 422, name


def test_a_definition_is_copied_as_it_was_given_back(firm: Firm) -> None:
    door = firm.door()
    ratio = {"op": "ratio", "of": {"op": "count"}, "over": {"op": "sum", "field": "amount"}, "percent": True}
    definition = {
        "filter": OPEN_DEALS,
        "groups": [{"field": "stage"}],
        "columns": [{"field": "name", "width": 240}],
        "measures": [{"op": "sum", "field": "amount"}, ratio],
        "colors": [{"color": "red", "filter": OPEN_DEALS}],
    }
    first = make(door, definition=definition)
    assert first.status_code == 201, first.content
    again = make(door, definition=first.data["definition"], name="副本")
    assert again.status_code == 201, again.content
    assert again.data["definition"] == first.data["definition"]
