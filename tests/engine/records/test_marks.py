"""Marks on numbers and addresses that lead nowhere: who sets them, what takes them away, what counts them."""

from typing import Any

from guanxi.engine.tenancy.context import Role
from tests.firms import Door, Firm


def _customer(door: Door, **values: Any) -> dict[str, Any]:
    made = door.post("/customer", {"name": "北方机械", "phone": "010-62770334", **values})
    assert made.status_code == 201, made.data
    return made.data


def _marks(door: Door, record: dict[str, Any]) -> list[tuple[str, str]]:
    found = door.get(f"/quality/customer/marks/{record['id']}")
    assert found.status_code == 200, found.data
    return [(mark["field"], mark["kind"]) for mark in found.data["data"]]


def _path(record: dict[str, Any], field: str = "phone") -> str:
    return f"/quality/customer/marks/{record['id']}/{field}"


def test_a_mark_stays_until_the_value_changes_or_somebody_takes_it_away(firm: Firm) -> None:
    door = firm.door()
    record = _customer(door, email="a@b.cn")
    assert door.put(_path(record), {"kind": "wrong"}).status_code == 200
    assert door.put(_path(record, "email"), {"kind": "wrong"}).status_code == 200
    assert door.put(_path(record, "email"), {"kind": "bounced"}).status_code == 200
    assert _marks(door, record) == [("email", "bounced"), ("phone", "wrong")]
    assert door.get(f"/customer/{record['id']}").data["version"] == 1, "the record itself does not change"
    path = f"/customer/{record['id']}"
    renamed = door.patch(path, {"name": "南方机械", "phone": "01062770334", "version": 1}).data
    assert len(_marks(door, record)) == 2, "the same number, written another way"
    door.patch(path, {"phone": "010-62770335", "version": renamed["version"]})
    assert _marks(door, record) == [("email", "bounced")]
    assert door.delete(_path(record, "email")).status_code == 200
    assert _marks(door, record) == []


def test_a_marked_number_is_not_valid_and_the_review_opens_it(firm: Firm) -> None:
    door = firm.door()
    records = [_customer(door, name=f"客户{n}", phone=f"010-6277033{n}") for n in range(4)]
    door.put(_path(records[2]), {"kind": "wrong"})
    found = door.get("/quality/customer").data
    assert next(f for f in found["fields"] if f["key"] == "phone")["unsound"] == 1
    opened = door.get("/quality/customer/worklist?check=unsound&field=phone").data
    assert opened["filter"]["value"] == [records[2]["id"]]


def test_who_cannot_change_the_record_cannot_mark_it_and_who_cannot_see_it_finds_nothing(
    firm: Firm, other_firm: Firm
) -> None:
    door = firm.door()
    record = _customer(door)
    reader = firm.door(firm.add("只读", Role.READ_ONLY))
    low = firm.door(firm.add("小李", Role.MEMBER))
    assert reader.put(_path(record), {"kind": "wrong"}).status_code in (403, 404)
    for stranger in (low, other_firm.door()):
        assert stranger.put(_path(record), {"kind": "wrong"}).status_code == 404
        assert stranger.get(f"/quality/customer/marks/{record['id']}").status_code == 404
    assert _marks(door, record) == []


def test_only_what_leads_to_somebody_is_marked(firm: Firm) -> None:
    door = firm.door()
    record = _customer(door)
    assert door.put(_path(record, "name"), {"kind": "wrong"}).status_code == 422
    assert door.put(_path(record, "email"), {"kind": "bounced"}).data["errors"][0]["code"] == "required"
    assert door.put(_path(record), {"kind": "ugly"}).status_code == 422
    assert door.put(_path(record, "nope"), {"kind": "wrong"}).status_code == 404
