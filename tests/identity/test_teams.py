"""The department tree."""

import pytest

from tests.firms import Firm, code_of

pytestmark = pytest.mark.django_db


def test_a_team_is_made_moved_renamed_and_removed(firm: Firm) -> None:
    door = firm.door()
    east = door.post("/teams", {"name": " 华东  大区 ", "manager": str(firm.admin.id)})
    assert east.status_code == 201
    assert east.data["name"] == "华东 大区"
    assert east.data["manager"] == {"id": str(firm.admin.id), "name": "王芳"}
    child = door.post("/teams", {"name": "上海", "parent": east.data["id"]}).data
    door.patch(f"/members/{firm.admin.id}", {"team": child["id"]})
    rows = {row["name"]: row for row in door.get("/teams").data["data"]}
    assert rows["上海"] == child | {"member_count": 1}
    assert door.get("/me").data["team"] == {"id": child["id"], "name": "上海"}
    blocked = door.delete(f"/teams/{east.data['id']}")
    assert (blocked.status_code, code_of(blocked)) == (409, "team_has_children")
    moved = door.patch(f"/teams/{child['id']}", {"parent": None, "name": "沪"})
    assert (moved.data["parent"], moved.data["name"]) == (None, "沪")
    assert door.delete(f"/teams/{child['id']}").status_code == 204
    assert door.get("/me").data["team"] is None


def test_a_tree_has_no_circles(firm: Firm) -> None:
    door = firm.door()
    top = door.post("/teams", {"name": "a"}).data["id"]
    middle = door.post("/teams", {"name": "b", "parent": top}).data["id"]
    bottom = door.post("/teams", {"name": "c", "parent": middle}).data["id"]
    for parent in (top, middle, bottom):
        answer = door.patch(f"/teams/{top}", {"parent": parent})
        assert answer.status_code == 422
        assert answer.data["errors"][0]["code"] == "cycle"


def test_names_are_unique_among_siblings(firm: Firm) -> None:
    door = firm.door()
    top = door.post("/teams", {"name": "a"}).data["id"]
    assert door.post("/teams", {"name": "a"}).status_code == 422
    assert door.post("/teams", {"name": "a", "parent": top}).status_code == 201
    assert len(door.get("/teams").data["data"]) == 2


def test_teams_of_other_workspaces_do_not_exist(firm: Firm, other_firm: Firm) -> None:
    foreign = other_firm.door().post("/teams", {"name": "x"}).data["id"]
    door = firm.door()
    assert door.get("/teams").data == {"data": []}
    assert door.patch(f"/teams/{foreign}", {"name": "y"}).status_code == 404
    assert door.delete(f"/teams/{foreign}").status_code == 404
    assert door.post("/teams", {"name": "y", "parent": foreign}).status_code == 422
    assert door.post("/teams", {"name": "y", "manager": str(other_firm.admin.id)}).status_code == 422
    assert other_firm.door().get("/teams").data["data"][0]["name"] == "x"
