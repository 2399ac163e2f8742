"""Hidden and masked fields through every door that could tell of them."""

from typing import Any

import pytest

from tests.engine.access.people import ALL, PHONE, make_contact, make_role, person_with
from tests.firms import Door, Firm, run_jobs


def _refused(answer: Any) -> None:
    assert answer.status_code == 422, answer.data
    assert {e["code"] for e in answer.data["errors"]} <= {"masked_field", "unknown_field"}, answer.data


def test_a_masked_field_shows_its_shape_and_nothing_else_anywhere(firm: Firm, boss: Door) -> None:
    make_role(boss, "masks", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "masked"}})
    one = make_contact(boss)
    boss.patch(f"/contact/{one}", {"mobile": "+8613887654321", "version": 1})
    door = person_with(firm, boss, "masks")
    seen = door.get(f"/contact/{one}").data
    assert (seen["mobile"], seen["email"]) == ("138****4321", "z***@wudang.cn")
    meta = {f["key"]: f for f in door.get("/meta/objects/contact").data["fields"]}
    assert meta["mobile"]["masked"]
    assert meta["mobile"]["readonly"]
    assert meta["mobile"]["operators"] == []
    told = [door.get(f"/contact/{one}"), door.get(f"/contact/{one}/history"), door.get(f"/contact/{one}/timeline"),
            door.post("/contact/query", {}), door.get("/search?q=张三丰"), door.get(f"/contact/{one}/history?field=mobile"),
            door.get("/search?q=13887654321"), door.get("/contact?q=13887654321")]  # fmt: skip
    for answer in told:
        assert answer.status_code == 200, answer.data
        text = answer.content.decode()
        assert "87654321" not in text
        assert "12345678" not in text
        assert "zhang@" not in text
    assert door.get("/search?q=13887654321").data["data"] == []
    assert door.get("/contact?q=13887654321").data["data"] == []
    assert [hit["id"] for hit in door.get("/search?q=张三丰").data["data"]] == [one]
    assert [hit["id"] for hit in door.get("/search?q=zsf").data["data"]] == [one]
    for body in (
        {"filter": {"field": "mobile", "op": "is", "value": "13887654321"}}, {"sort": "mobile"}, {"group": ["mobile"]},
        {"measures": [{"op": "distinct", "field": "email"}]}, {"marks": [{"field": "email", "op": "is_empty"}]},
    ):  # fmt: skip
        _refused(door.post("/contact/query", body))
    _refused(door.patch(f"/contact/{one}", {"mobile": "13900000000", "version": 2}))
    ordered = door.post("/exports", {"object": "contact", "format": "csv"})
    run_jobs()
    export = door.get(f"/exports/{ordered.data['id']}").data
    assert export["status"] == "done", export
    sent: Any = door.client.get(export["url"])
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert "138****4321" in text
    assert "87654321" not in text


def test_revealing_gives_the_value_and_is_written_down(firm: Firm, boss: Door) -> None:
    make_role(boss, "masks", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "hidden"}})
    one = make_contact(boss)
    door = person_with(firm, boss, "masks")
    shown = door.post(f"/contact/{one}/reveal", {"field": "mobile"})
    assert (shown.status_code, shown.data) == (200, {"field": "mobile", "value": PHONE})
    entry = boss.get(f"/contact/{one}/history").data["data"][0]
    assert (entry["action"], entry["actor"]["name"]) == ("reveal", "小李")
    assert [change["field"] for change in entry["changes"]] == ["mobile"]
    assert PHONE not in boss.get(f"/contact/{one}/history?limit=1").content.decode()
    noted = boss.get("/audit?kind=field.revealed")
    assert [(e["actor"]["name"], e["record"]) for e in noted.data["data"]] == [("小李", one)]
    assert PHONE not in noted.content.decode()
    for field, code in (
        ("email", "unknown_field"),
        ("name", "not_masked"),
        ("nope", "unknown_field"),
        (None, "unknown_field"),
    ):
        refused = door.post(f"/contact/{one}/reveal", {"field": field})
        assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, code)
    assert door.post(f"/contact/{firm.admin.id}/reveal", {"field": "mobile"}).status_code == 404
    boss.patch(
        "/roles/masks",
        {
            "version": 1,
            "rights": {"objects": {"*": ALL | {"see": "own"}}, "fields": {"contact": {"mobile": "masked"}}},
        },
    )
    assert door.post(f"/contact/{one}/reveal", {"field": "mobile"}).status_code == 404


@pytest.mark.asvs("8.2.3")
def test_a_hidden_field_does_not_exist(firm: Firm, boss: Door) -> None:
    make_role(
        boss,
        "blind",
        objects={"*": ALL},
        fields={"contact": {"mobile": "hidden"}, "customer": {"industry": "read"}},
    )
    one = make_contact(boss)
    door = person_with(firm, boss, "blind")
    assert "mobile" not in door.get(f"/contact/{one}").data
    assert "mobile" not in {f["key"] for f in door.get("/meta/objects/contact").data["fields"]}
    assert PHONE not in door.get(f"/contact/{one}/history").content.decode()
    assert door.get("/search?q=13812345678").data["data"] == []
    for body in (
        {"filter": {"field": "mobile", "op": "is_empty"}},
        {"sort": "mobile"},
        {"fields": ["mobile"]},
    ):
        _refused(door.post("/contact/query", body))
    _refused(door.patch(f"/contact/{one}", {"mobile": "13900000000", "version": 1}))
    customer = door.post("/customer", {"name": "中山公司"}).data
    refused = door.patch(f"/customer/{customer['id']}", {"industry": "software", "version": 1})
    assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, "readonly_field")


def test_what_is_made_of_a_hidden_field_is_hidden_unless_it_is_declared_to_reveal(
    firm: Firm, boss: Door
) -> None:
    for key, config in (("twice", {}), ("told", {"reveals": True})):
        made = boss.post(
            "/meta/objects/contact/fields",
            {"key": key, "type": "formula", "label": key, "config": {"expression": "LEN(email)"}, **config},
        )
        assert made.status_code == 201, made.data
    one = make_contact(boss)
    assert boss.get(f"/contact/{one}").data["told"] == 15
    for right in ("hidden", "masked"):
        make_role(boss, right, objects={"*": ALL}, fields={"contact": {"email": right}})
        door = person_with(firm, boss, right)
        seen = door.get(f"/contact/{one}").data
        assert "twice" not in seen
        assert seen["told"] == 15
        _refused(door.post("/contact/query", {"filter": {"field": "twice", "op": "is", "value": 15}}))
        found = door.post("/contact/query", {"filter": {"field": "told", "op": "is", "value": 15}})
        assert [row["id"] for row in found.data["data"]] == [one]


def test_a_list_in_its_usual_order_opens_for_who_may_not_read_the_field_it_goes_by(
    firm: Firm, boss: Door
) -> None:
    for right in ("hidden", "masked"):
        make_role(boss, right, objects={"*": ALL}, fields={"task": {"due_at": right, "status": right}})
        door = person_with(firm, boss, right)
        listed = door.get("/task")
        assert listed.status_code == 200, listed.data
        usual = door.get("/meta/objects/task").data["default_sort"]
        assert "due_at" not in usual
        assert door.post("/task/query", {"sort": usual}).status_code == 200
