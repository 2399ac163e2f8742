"""Every kind of field: it is encrypted when it is marked sensitive, or says why that is not offered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guanxi.engine.designer.sealing import encrypt_marked
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.schema.seals import can_be_sealed, why_plain
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault import keys, masters
from tests.engine.vault.test_at_work import dump
from tests.engine.vault.test_sensitive_fields import holders_of, query
from tests.firms import Door, Firm, run_jobs

ADDRESS = {"country": "中国", "province": "广东省", "city": "中山市", "street": "金丝雀路 7 号"}
VALUES: dict[str, tuple[Any, Any, str]] = {
    "text": ("金丝雀一号", "金丝雀二号", "金丝雀"),
    "long_text": ("金丝雀\n一", "金丝雀\n二", "金丝雀"),
    "rich_text": ("<p>金丝雀一</p>", "<p>金丝雀二</p>", "金丝雀"),
    "url": ("https://canary.example/1", "https://canary.example/2", "canary.example"),
    "email": ("a@canary.example", "b@canary.example", "canary.example"),
    "phone": ("+8613912345678", "+8613912345679", "1391234567"),
    "tax_number": ("91440300708461136T", "91110000802100433B", "00708461136"),
    "number": (918273645, 918273646, "91827364"),
    "decimal": (8172.63, 8172.64, "8172.6"),
    "percent": (37.41, 37.42, "37.4"),
    "money": (736251.49, 736251.48, "736251.4"),
    "date": ("1987-06-05", "1987-06-04", "1987-06-0"),
    "datetime": ("2031-07-08T09:10:11Z", "2031-07-08T09:10:12Z", "2031-07-08T09:10:1"),
    "time": ("04:37", "04:38", '"04:3'),
    "address": (ADDRESS, ADDRESS | {"street": "金丝雀路 8 号"}, "金丝雀路"),
    "location": ({"lat": 22.517631, "lng": 113.392764}, {"lat": 22.517632, "lng": 113.392765}, "22.51763"),
}
"""By type that can be encrypted two values, and what both have in common as the database writes them."""
LOOKED_UP = set(VALUES) - {"rich_text", "address", "location"}
STANDARD = {
    "contact": {"birthday": "date", "region": "address"},
    "customer": {"registered_capital": "money", "founded": "number", "founded_date": "date",
                 "employees": "number", "annual_revenue": "money"},
}  # fmt: skip


@pytest.fixture
def own(transactional_db: None, make_firm: Callable[..., Firm], settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path / "files"
    yield make_firm()
    keys.forget_keys()
    masters.forget_master()


def thing(door: Door, *types: str) -> None:
    assert door.post("/meta/objects", {"key": "thing", "label": "Thing"}).status_code == 201
    for kind in types:
        field = {"key": f"x_{kind}", "type": kind, "label": kind}
        made = door.post("/meta/objects/thing/fields", field)
        assert made.status_code == 201, (kind, made.data)


def switch(door: Door, *fields: tuple[str, str], on: bool = True) -> None:
    for obj, key in fields:
        answer = door.patch(f"/meta/objects/{obj}/fields/{key}", {"sensitive": on})
        assert answer.status_code == 200, (key, answer.data)
    run_jobs()
    for obj in {obj for obj, _ in fields}:
        shown = {f["key"]: f for f in door.get(f"/meta/objects/{obj}/design").data["fields"]}
        states = [(shown[key]["sensitive"], shown[key]["encrypted"]) for o, key in fields if o == obj]
        assert states == [(on, on)] * len(states)


@pytest.mark.asvs("11.3.2", "14.2.4")
def test_a_dump_tells_nothing_of_any_type(own: Firm) -> None:
    door = own.door()
    thing(door, *VALUES)
    first, second = ({f"x_{kind}": pair[n] for kind, pair in VALUES.items()} for n in (0, 1))
    ids = [door.post("/thing", {"name": "甲", **values}).data["id"] for values in (first, second)]
    assert door.patch(f"/thing/{ids[0]}", {**second, "version": 1}).status_code == 200
    assert door.patch(f"/thing/{ids[0]}", {**first, "version": 2}).status_code == 200
    before = [door.get(f"/thing/{i}").data for i in ids]
    words = {pair[2] for pair in VALUES.values()}
    told = dump().decode()
    assert [word for word in words if word not in told] == []
    fields = [("thing", f"x_{kind}") for kind in VALUES]
    switch(door, *fields)
    ids.append(door.post("/thing", {"name": "乙", **second}).data["id"])
    told = dump().decode()
    assert [word for word in words if word in told] == []
    for i, was in zip(ids, before, strict=False):
        shown = door.get(f"/thing/{i}").data
        assert {key: shown[key] for key in first} == {key: was[key] for key in first}
    for kind in VALUES:
        exact = query(door, "thing", {"field": f"x_{kind}", "op": "is", "value": second[f"x_{kind}"]})
        assert exact.status_code == (200 if kind in LOOKED_UP else 422), (kind, exact.data)
        if kind in LOOKED_UP:
            assert {row["id"] for row in exact.data["data"]} == {ids[1], ids[2]}, kind
        assert query(door, "thing", {"field": f"x_{kind}", "op": "is_empty"}).data["data"] == []
        assert query(door, "thing", None, sort=f"x_{kind}").status_code == 422
    switch(door, *fields, on=False)
    shown = [door.get(f"/thing/{i}").data for i in ids[:2]]
    assert [{key: row[key] for key in first} for row in shown] == [
        {key: row[key] for key in first} for row in before
    ]


def test_numbers_dates_and_addresses_of_the_programs_own_leave_their_columns(own: Firm) -> None:
    door = own.door()
    ids: dict[str, list[str]] = {}
    given = {obj: [{key: _value(key, kind, n) for key, kind in fields.items()} for n in (0, 1)]
             for obj, fields in STANDARD.items()}  # fmt: skip
    for obj, pair in given.items():
        ids[obj] = [door.post(f"/{obj}", {"name": f"甲{n}", **values}).data["id"] for n, values in enumerate(pair)]  # fmt: skip
        assert door.patch(f"/{obj}/{ids[obj][1]}", {**pair[0], "version": 1}).status_code == 200
    before = {i: door.get(f"/{obj}/{i}").data for obj in ids for i in ids[obj]}
    words = ("1987-06-0", "金丝雀路", "736251.4", "91827364")
    assert {line.split(":")[0] for line in holders_of(own, *words)} >= {
        "contact",
        "customer",
        "journal_entry",
    }
    fields = [(obj, key) for obj, own_fields in STANDARD.items() for key in own_fields]
    switch(door, *fields)
    made = door.post("/customer", {"name": "乙", "employees": 918273645, "founded_date": "1987-06-05"}).data
    told = dump().decode()
    assert [word for word in words if word in told] == []
    assert (made["size"], made["founded"]) == (None, None), "nothing plain follows from what is encrypted"
    shown = {i: door.get(f"/{obj}/{i}").data for obj in ids for i in ids[obj]}
    assert [{key: shown[i][key] for key in STANDARD[obj]} for obj in ids for i in ids[obj]] == [
        {key: before[i][key] for key in STANDARD[obj]} for obj in ids for i in ids[obj]
    ]
    for tree, status in (
        ({"field": "employees", "op": "is", "value": 918273645}, 200),
        ({"field": "employees", "op": "gt", "value": 5}, 422),
    ):
        assert query(door, "customer", tree).status_code == status
    switch(door, *fields, on=False)
    assert {i: door.get(f"/{obj}/{i}").data["version"] for obj in ids for i in ids[obj]} == {
        i: row["version"] for i, row in before.items()
    }
    found = query(door, "customer", {"field": "employees", "op": "gt", "value": 5}).data["data"]
    assert {row["id"] for row in found} == {*ids["customer"], made["id"]}


def _value(key: str, kind: str, n: int) -> Any:
    return 1987 + n if key == "founded" else VALUES[kind][n]


def test_what_cannot_be_encrypted_is_not_called_sensitive(firm: Firm) -> None:
    door = firm.door()
    thing(door)
    refused = set()
    for kind in field_type_registry:
        if not kind.can_be_created:
            continue
        body = {"key": f"x_{kind.type}", "type": kind.type, "label": kind.type, "sensitive": True}
        if kind.has_options:
            body["options"] = [{"value": "a", "label": "A"}]
        if kind.is_record_link or kind.type == "links":
            body["target"] = "customer"
        made = door.post("/meta/objects/thing/fields", body)
        errors = [error["field"] for error in made.data.get("errors", [])]
        assert made.status_code == 201 or "sensitive" in errors or kind.derived, (kind.type, made.data)
        if made.status_code != 201:
            refused.add(kind.type)
    can = {kind.type for kind in field_type_registry if kind.can_be_created} - refused
    assert can == set(VALUES)
    for f in door.get("/meta/objects/thing/design").data["fields"]:
        assert f["sensitive"] == f["encrypted"], f["key"]


def test_the_designer_offers_what_is_true_and_gives_the_reason(firm: Firm) -> None:
    door = firm.door()
    for obj in ("customer", "contact", "opportunity", "sales_order", "event"):
        for f in door.get(f"/meta/objects/{obj}/design").data["fields"]:
            assert ("sensitive" in f["settable"]) == f["can_be_encrypted"], (obj, f["key"])
            assert ("confidential" in f["settable"]) != f["can_be_encrypted"], (obj, f["key"])
            assert (f["why_plain"] is None) == f["can_be_encrypted"], (obj, f["key"])
    answer = door.patch("/meta/objects/opportunity/fields/amount", {"sensitive": True})
    assert [(e["field"], e["code"]) for e in answer.data["errors"]] == [("sensitive", "not_possible")]
    assert "计算" in answer.data["errors"][0]["message"] or "computes" in answer.data["errors"][0]["message"]
    answer = door.patch("/meta/objects/opportunity/fields/amount", {"confidential": True})
    assert answer.status_code == 200
    shown = {f["key"]: f for f in door.get("/meta/objects/opportunity/design").data["fields"]}
    assert (shown["amount"]["confidential"], shown["amount"]["sensitive"]) == (True, False)


def test_a_mark_of_former_times_that_never_encrypted_says_so(firm: Firm) -> None:
    door = firm.door()
    assert door.patch("/meta/objects/opportunity/fields/amount", {"confidential": False}).status_code == 200
    with session(firm.workspace.id):
        row = SchemaField.objects.get(object_key="opportunity", key="amount")
        row.definition = {**row.definition, "sensitive": True}
        row.save()
    assert door.patch("/meta/objects/opportunity/fields/source", {"in_list": True}).status_code == 200
    shown = {f["key"]: f for f in door.get("/meta/objects/opportunity/design").data["fields"]}["amount"]
    assert (shown["sensitive"], shown["encrypted"], shown["confidential"]) == (False, False, True)
    with session(firm.workspace.id):
        encrypt_marked(firm.ctx)
        kept = SchemaField.objects.get(object_key="opportunity", key="amount").definition
    assert (kept["sensitive"], kept["confidential"]) == (False, True)


def test_what_is_encryptable_of_the_programs_own_is_just_what_it_does_not_compute_with(db: None) -> None:
    found = {
        obj.key: {f.key: f.type.type for f in obj.fields.values() if f.encryptable}
        for obj in object_registry
        if any(f.encryptable for f in obj.fields.values())
    }
    assert found == STANDARD
    for obj in object_registry:
        for f in obj.fields.values():
            assert not f.sensitive or can_be_sealed(obj, f), (obj.key, f.key)
            reason = why_plain(obj, f)
            assert reason is None or (reason.zh and reason.en)


def test_no_rule_copies_an_encrypted_value_into_a_plain_field(firm: Firm) -> None:
    door = firm.door()
    thing(door)
    for key, more in (("person", {"type": "link", "target": "contact"}), ("call_them", {"type": "phone"})):
        made = door.post("/meta/objects/thing/fields", {"key": key, "label": key, **more})
        assert made.status_code == 201, made.data
    copying = {
        "name": "r", "condition": None,
        "effects": [{"kind": "default", "field": "call_them", "from": "person.mobile"}],
    }  # fmt: skip
    made = door.post("/meta/objects/thing/rules", copying)
    assert made.status_code == 201, made.data
    refused = door.patch("/meta/objects/contact/fields/mobile", {"sensitive": True})
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    assert door.delete(f"/meta/objects/thing/rules/{made.data['id']}").status_code == 204
    assert door.patch("/meta/objects/contact/fields/mobile", {"sensitive": True}).status_code == 200
    run_jobs()
    assert door.post("/meta/objects/thing/rules", copying).status_code == 422
