"""Who sees the records of an object: by owner, everyone, everyone to change; roles that name it go first."""

import pytest

from tests.engine.access.people import make_role, person_with
from tests.firms import Door, Firm


def made(boss: Door, seen_by: str | None) -> str:
    body = {"key": "machine", "label": "设备"} | ({"seen_by": seen_by} if seen_by else {})
    assert boss.post("/meta/objects", body).status_code == 201
    record = boss.post("/machine", {"name": "冲床"})
    assert record.status_code == 201, record.data
    return str(record.data["id"])


@pytest.mark.parametrize(
    ("seen_by", "sees", "edits"),
    [(None, 404, 404), ("owner", 404, 404), ("everyone", 200, 403), ("everyone_edits", 200, 200)],
)
def test_members_see_and_change_as_the_object_says(
    firm: Firm, boss: Door, seen_by: str | None, sees: int, edits: int
) -> None:
    one = made(boss, seen_by)
    door = person_with(firm, boss, base="member")
    assert door.get(f"/machine/{one}").status_code == sees
    assert len(door.get("/machine").data["data"]) == (sees == 200)
    assert len(door.get("/search?q=冲床").data["data"]) == (sees == 200)
    assert door.patch(f"/machine/{one}", {"name": "冲床2", "version": 1}).status_code == edits
    assert door.delete(f"/machine/{one}", {"version": 2}).status_code == (403 if sees == 200 else 404)


def test_the_setting_holds_at_once_and_can_be_taken_back(firm: Firm, boss: Door) -> None:
    one = boss.post("/customer", {"name": "中山公司"}).data["id"]
    door = person_with(firm, boss, base="member")
    assert door.get(f"/customer/{one}").status_code == 404
    for seen_by, status in (("everyone", 200), ("owner", 404)):
        assert boss.patch("/meta/objects/customer", {"seen_by": seen_by}).status_code == 200
        assert boss.get("/meta/objects/customer/design").data["seen_by"] == seen_by
        assert door.get(f"/customer/{one}").status_code == status
    assert boss.patch("/meta/objects/customer", {"seen_by": "nobody"}).status_code == 422
    assert boss.patch("/meta/objects/product", {"seen_by": "everyone"}).status_code == 422


def test_a_role_that_names_the_object_has_the_last_word(firm: Firm, boss: Door) -> None:
    one = made(boss, "everyone_edits")
    make_role(boss, "own", objects={"machine": {"see": "own", "create": True, "edit": "own"}})
    assert person_with(firm, boss, "own").get(f"/machine/{one}").status_code == 404
    assert person_with(firm, boss).get(f"/machine/{one}").status_code == 404
    reader = person_with(firm, boss, base="read_only")
    assert reader.get(f"/machine/{one}").status_code == 200
    assert reader.patch(f"/machine/{one}", {"name": "x", "version": 1}).status_code == 403
