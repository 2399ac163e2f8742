"""Fields that are marked sensitive: nothing in the database tells their values, and people notice little of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from guanxi.engine.schema.field_types.base import MASK
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.schema.seals import can_be_sealed
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault.errors import Undecipherable
from tests.engine.access.people import ALL, make_contact, make_role, person_with
from tests.firms import Door, Firm, code_of

Deliver = Callable[[], int]
CARD, OTHER, THIRD = "6222020200112233445", "6222020200998877665", "6217000010055566677"
MOBILE, NEXT = "+8613912345678", "+8613987654321"
FIELD = "/meta/objects/thing/fields/card"


@pytest.fixture
def door(firm: Firm) -> Door:
    found = firm.door()
    assert found.post("/meta/objects", {"key": "thing", "label": "Thing"}).status_code == 201
    made = found.post(
        "/meta/objects/thing/fields", {"key": "card", "type": "text", "label": "Card", "searchable": True}
    )
    assert made.status_code == 201, made.data
    return found


def everything() -> str:
    """Every row of every table that this connection may read, as text."""
    with connection.cursor() as db:
        db.execute("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
                   " AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')")  # fmt: skip
        names = [name for (name,) in db.fetchall()]
        told = []
        for name in names:
            db.execute(f'SELECT x::text FROM "{name}" x')
            told += [f"{name}: {row}" for (row,) in db.fetchall()]
    return "\n".join(told)


def holders_of(firm: Firm, *words: str) -> list[str]:
    """The rows that hold one of the words."""
    with session(firm.workspace.id):
        return [line[:300] for line in everything().splitlines() if any(word in line for word in words)]


def make(door: Door, *cards: str | None, **more: Any) -> list[str]:
    ids = []
    for n, card in enumerate(cards):
        made = door.post("/thing", {"name": f"物{n}", "card": card, **more})
        assert made.status_code == 201, made.data
        ids.append(made.data["id"])
    return ids


def encrypt(door: Door, deliver: Deliver, path: str = FIELD, *, on: bool = True) -> dict[str, Any]:
    answer = door.patch(path, {"sensitive": on})
    assert answer.status_code == 200, answer.data
    deliver()
    tasks = door.get(path.rpartition("/fields/")[0] + "/tasks").data["data"]
    assert tasks[0]["status"] == "done", tasks[0]
    task: dict[str, Any] = tasks[0]
    return task


def query(door: Door, key: str, tree: Any, **more: Any) -> Any:
    return door.post(f"/{key}/query", {"filter": tree, **more})


def found(door: Door, key: str, tree: Any) -> set[str]:
    answer = query(door, key, tree)
    assert answer.status_code == 200, answer.data
    return {row["id"] for row in answer.data["data"]}


@pytest.mark.asvs("11.3.2")
def test_a_custom_field_is_encrypted_with_all_that_tells_of_it(
    firm: Firm, door: Door, deliver: Deliver
) -> None:
    ids = make(door, CARD, OTHER, None)
    door.patch(f"/thing/{ids[1]}", {"card": THIRD, "version": 1})
    assert door.delete(f"/thing/{ids[0]}", {"version": 1}).status_code == 204
    assert {line.split(":")[0] for line in holders_of(firm, CARD, OTHER, THIRD)} >= {
        "custom_record",
        "journal_entry",
    }
    task = encrypt(door, deliver)
    assert task["progress"]["done"] == task["progress"]["total"]
    assert holders_of(firm, CARD, OTHER, THIRD) == []
    assert door.get(f"/thing/{ids[1]}").data["card"] == THIRD
    assert door.post(f"/thing/{ids[0]}/actions/restore").status_code == 200
    assert door.get(f"/thing/{ids[0]}").data["card"] == CARD
    history = door.get(f"/thing/{ids[1]}/history").data["data"]
    told = [(c["old"], c["new"]) for e in history for c in e["changes"] if c["field"] == "card"]
    assert told == [(OTHER, THIRD), (None, OTHER)]


def test_a_standard_field_leaves_its_column(firm: Firm, deliver: Deliver) -> None:
    door = firm.door()
    made = door.post("/contact", {"name": "王小明", "mobile": MOBILE, "email": "canary@firm.example"}).data
    encrypt(door, deliver, "/meta/objects/contact/fields/mobile")
    encrypt(door, deliver, "/meta/objects/contact/fields/email")
    local = MOBILE.removeprefix("+86")
    assert holders_of(firm, local, "canary@") == []
    shown = door.get(f"/contact/{made['id']}").data
    assert (shown["mobile"], shown["email"], shown["version"]) == (
        MOBILE,
        "canary@firm.example",
        made["version"],
    )
    changed = door.patch(f"/contact/{made['id']}", {"mobile": NEXT, "version": shown["version"]})
    assert (changed.status_code, changed.data["mobile"]) == (200, NEXT)
    assert holders_of(firm, local, NEXT.removeprefix("+86")) == []
    assert found(door, "contact", {"field": "mobile", "op": "is", "value": "139 8765 4321"}) == {made["id"]}
    assert found(door, "contact", {"field": "mobile", "op": "is", "value": MOBILE}) == set()
    emptied = door.patch(f"/contact/{made['id']}", {"mobile": None, "version": changed.data["version"]})
    assert emptied.data["mobile"] is None
    assert found(door, "contact", {"field": "mobile", "op": "is_empty"}) == {made["id"]}


def test_what_is_written_from_then_on_is_never_plain(firm: Firm, door: Door, deliver: Deliver) -> None:
    encrypt(door, deliver)
    ids = make(door, CARD, OTHER)
    assert door.get(f"/thing/{ids[0]}").data["card"] == CARD
    key = {"Idempotency-Key": "once"}
    door.post("/thing", {"name": "幂等", "card": THIRD}, **key)
    again = door.post("/thing", {"name": "幂等", "card": THIRD}, **key)
    assert again.data["card"] == THIRD
    changed = door.post("/thing/bulk", {"op": "update", "ids": ids, "set": {"card": THIRD}})
    assert changed.status_code == 200, changed.data
    door.get(f"/thing/search?q={CARD}")
    assert holders_of(firm, CARD, OTHER, THIRD) == []


def test_only_equality_can_be_asked(door: Door, deliver: Deliver) -> None:
    ids = make(door, CARD, OTHER, None)
    encrypt(door, deliver)
    assert found(door, "thing", {"field": "card", "op": "is", "value": CARD}) == {ids[0]}
    assert found(door, "thing", {"field": "card", "op": "in", "value": [CARD, OTHER]}) == set(ids[:2])
    assert found(door, "thing", {"field": "card", "op": "is_not", "value": CARD}) == set(ids[1:])
    assert found(door, "thing", {"field": "card", "op": "is_empty"}) == {ids[2]}
    assert found(door, "thing", {"field": "card", "op": "is_not_empty"}) == set(ids[:2])
    for op, value in (("contains", "6222"), ("starts_with", "6222"), ("gt", "1"), ("between", ["1", "9"])):
        refused = query(door, "thing", {"field": "card", "op": op, "value": value})
        assert (refused.status_code, code_of(refused)) == (422, "validation_failed"), op
    assert query(door, "thing", None, sort="card").status_code == 422
    assert query(door, "thing", None, group=["card"]).status_code == 422
    assert (
        query(
            door, "thing", None, group=["owner"], measures=[{"op": "distinct", "field": "card"}]
        ).status_code
        == 422
    )
    shown = next(f for f in door.get("/meta/objects/thing").data["fields"] if f["key"] == "card")
    assert (shown["encrypted"], shown["sortable"], shown["groupable"], shown["measures"]) == (
        True,
        False,
        False,
        [],
    )
    assert set(shown["operators"]) == {"is", "is_not", "in", "is_empty", "is_not_empty"}


def test_nobody_finds_it_by_searching(door: Door, deliver: Deliver) -> None:
    make(door, CARD)
    assert door.get(f"/search?q={CARD}").data["data"]
    encrypt(door, deliver)
    assert door.get(f"/search?q={CARD}").data["data"] == []


def test_formulas_lookups_and_rollups_over_it_are_refused(door: Door, deliver: Deliver) -> None:
    encrypt(door, deliver)
    for kind, config in (
        ("formula", {"expression": "card & 1"}),
        ("rollup", {"object": "thing", "field": "parent", "op": "first", "measure": "card"}),
        ("lookup", {"path": "parent.card"}),
    ):
        if kind == "rollup":
            link = {"key": "parent", "type": "link", "label": "Parent", "target": "thing"}
            assert door.post("/meta/objects/thing/fields", link).status_code == 201
        body = {"key": f"by_{kind}", "type": kind, "label": kind, "config": config}
        refused = door.post("/meta/objects/thing/fields", body)
        assert refused.status_code == 422, (kind, refused.data)


def test_a_field_that_a_formula_reads_stays_as_it_is(door: Door, firm: Firm) -> None:
    body = {"key": "shout", "type": "formula", "label": "Shout", "config": {"expression": "card & 1"}}
    made = door.post("/meta/objects/thing/fields", body)
    assert made.status_code == 201, made.data
    refused = door.patch(FIELD, {"sensitive": True})
    assert (refused.status_code, code_of(refused)) == (409, "in_use")
    assert "Shout" in refused.data["detail"]


def test_unique_values_and_duplicates_are_held_by_blind_indexes(
    firm: Firm, door: Door, deliver: Deliver
) -> None:
    assert door.patch(FIELD, {"unique": True}).status_code == 200
    ids = make(door, CARD, OTHER)
    encrypt(door, deliver)
    assert holders_of(firm, CARD, OTHER) == []
    taken = door.post("/thing", {"name": "重", "card": CARD})
    assert [error["code"] for error in taken.data["errors"]] == ["not_unique"]
    assert door.patch(f"/thing/{ids[0]}", {"card": THIRD, "version": 1}).status_code == 200
    assert door.post("/thing", {"name": "空出来了", "card": CARD}).status_code == 201
    assert door.patch(FIELD, {"unique": False}).status_code == 200
    assert door.patch(FIELD, {"unique": True}).status_code == 200
    assert door.post("/thing", {"name": "重", "card": THIRD}).status_code == 422
    assert holders_of(firm, CARD, OTHER, THIRD) == []


def test_identity_rules_still_find_the_same_person(firm: Firm, deliver: Deliver) -> None:
    door = firm.door()
    made = door.post("/contact", {"name": "王小明", "mobile": MOBILE}).data
    asked = {"name": "别人", "mobile": MOBILE}
    before = door.post("/contact/duplicates", asked).data["data"]
    encrypt(door, deliver, "/meta/objects/contact/fields/mobile")
    after = door.post("/contact/duplicates", asked).data["data"]
    assert [match["id"] for match in before] == [match["id"] for match in after] == [made["id"]]
    assert holders_of(firm, MOBILE.removeprefix("+86")) == []


def test_masked_and_hidden_stay_masked_and_hidden(firm: Firm, deliver: Deliver) -> None:
    boss = firm.door()
    make_role(boss, "masks", objects={"*": ALL}, fields={"contact": {"mobile": "masked", "email": "hidden"}})
    one = make_contact(boss)
    for key in ("mobile", "email"):
        encrypt(boss, deliver, f"/meta/objects/contact/fields/{key}")
    boss.patch(f"/contact/{one}", {"mobile": NEXT, "version": 1})
    door = person_with(firm, boss, "masks")
    seen = door.get(f"/contact/{one}").data
    assert seen["mobile"] == "139****4321"
    assert "email" not in seen
    told = [door.get(f"/contact/{one}"), door.get(f"/contact/{one}/history"), door.post("/contact/query", {}),
            door.get(f"/contact/{one}/timeline")]  # fmt: skip
    for answer in told:
        text = answer.content.decode()
        assert "87654321" not in text and "zhang@" not in text and "gx1." not in text
    shown = door.post(f"/contact/{one}/reveal", {"field": "mobile"})
    assert (shown.status_code, shown.data["value"]) == (200, NEXT)
    entry = boss.get("/audit?kind=field.revealed").data
    assert "87654321" not in str(entry)
    refused = door.post("/contact/query", {"filter": {"field": "mobile", "op": "is", "value": NEXT}})
    assert refused.status_code == 422


def test_a_copied_value_does_not_open(firm: Firm, door: Door, deliver: Deliver) -> None:
    encrypt(door, deliver)
    ids = make(door, CARD, OTHER)
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute("UPDATE custom_record t SET custom = t.custom || s.custom FROM custom_record s"
                   " WHERE t.id = %s AND s.id = %s", [ids[1], ids[0]])  # fmt: skip
    answer = door.get(f"/thing/{ids[1]}")
    assert (answer.status_code, code_of(answer)) == (Undecipherable.status, "undecipherable")
    assert CARD not in answer.content.decode()


def test_it_can_be_taken_back(firm: Firm, door: Door, deliver: Deliver) -> None:
    assert door.patch(FIELD, {"unique": True}).status_code == 200
    ids = make(door, CARD, OTHER, None)
    encrypt(door, deliver)
    encrypt(door, deliver, on=False)
    assert [door.get(f"/thing/{i}").data["card"] for i in ids] == [CARD, OTHER, None]
    assert found(door, "thing", {"field": "card", "op": "contains", "value": "6222"}) == set(ids[:2])
    assert door.post("/thing", {"name": "重", "card": CARD}).status_code == 422
    assert {row["id"] for row in door.get(f"/search?q={CARD}").data["data"]} == {ids[0]}
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "SELECT count(*) FROM custom_record WHERE custom::text LIKE '%%card$%%' OR custom::text LIKE '%%gx1.%%'"
        )
        assert db.fetchone() == (0,)
    encrypt(door, deliver)
    assert holders_of(firm, CARD, OTHER) == []


def test_undo_and_merge_bring_values_back_encrypted(firm: Firm, door: Door, deliver: Deliver) -> None:
    ids = make(door, CARD, OTHER)
    encrypt(door, deliver)
    door.patch(f"/thing/{ids[0]}", {"card": THIRD, "version": 1})
    sets = door.get("/changes").data["data"]
    undone = door.post(f"/changes/{sets[0]['id']}/undo", {})
    assert undone.status_code in (200, 202), undone.data
    assert door.get(f"/thing/{ids[0]}").data["card"] == CARD
    assert holders_of(firm, CARD, OTHER, THIRD) == []


def test_export_writes_the_value(door: Door, deliver: Deliver) -> None:
    make(door, CARD)
    encrypt(door, deliver)
    listed = query(door, "thing", None).data["data"]
    assert [row["card"] for row in listed] == [CARD]


def test_the_switch_is_in_the_audit(door: Door, deliver: Deliver) -> None:
    encrypt(door, deliver)
    encrypt(door, deliver, on=False)
    changes = [row["action"] for row in door.get("/meta/objects/thing/changes").data["data"]]
    assert {"sealing_started", "sealed", "opening_started", "opened"} <= set(changes)


def test_titles_are_not_encrypted_and_say_so(door: Door) -> None:
    answer = door.patch("/meta/objects/thing/fields/name", {"sensitive": True})
    assert [(e["field"], e["code"]) for e in answer.data["errors"]] == [("sensitive", "not_possible")]
    shown = next(f for f in door.get("/meta/objects/thing/design").data["fields"] if f["key"] == "name")
    assert (shown["sensitive"], shown["encrypted"], shown["can_be_encrypted"]) == (False, False, False)
    assert shown["why_plain"]["en"] and shown["why_plain"]["zh-CN"]


def test_columns_of_fields_that_can_be_encrypted_may_be_empty(db: None) -> None:
    with connection.cursor() as cursor:
        for obj in object_registry:
            for f in obj.fields.values():
                if f.column and can_be_sealed(obj, f):
                    cursor.execute(
                        "SELECT is_nullable, data_type FROM information_schema.columns"
                        " WHERE table_name = %s AND column_name = %s", [obj.table, f.column],
                    )  # fmt: skip
                    kinds = {"timestamptz": "timestamp with time zone"}
                    kind = kinds.get(f.type.column_type, f.type.column_type)
                    assert cursor.fetchone() == ("YES", kind), (obj.key, f.key)


def test_imports_and_jobs_keep_no_plain_value(
    firm: Firm, door: Door, deliver: Deliver, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    encrypt(door, deliver)
    lines = f"Name,Card\n甲,{CARD}\n乙,{OTHER}\n,{THIRD}\n".encode()
    form = {"object": "thing", "file": SimpleUploadedFile("things.csv", lines, "text/csv")}
    made = door.client.post("/api/v1/imports", form).json()
    assert CARD in str(door.get(f"/imports/{made['id']}").data["columns"])
    assert holders_of(firm, CARD, OTHER, THIRD) == []
    previewed = door.post(f"/imports/{made['id']}/preview", {})
    assert previewed.status_code in (200, 202), previewed.data
    run = door.post(f"/imports/{made['id']}/run", {})
    assert run.status_code in (200, 202), run.data
    deliver()
    assert holders_of(firm, CARD, OTHER, THIRD) == []
    rows = query(door, "thing", None).data["data"]
    assert {row["card"] for row in rows} >= {CARD, OTHER}
    path = tmp_path / "files"
    assert all(CARD.encode() not in each.read_bytes() for each in path.rglob("*") if each.is_file())


def test_what_a_refused_row_complains_of_is_not_quoted(
    firm: Firm, deliver: Deliver, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    door = firm.door()
    encrypt(door, deliver, "/meta/objects/contact/fields/mobile")
    lines = f"姓名,手机\n王,{CARD}x\n李,{MOBILE}\n".encode()
    form = {"object": "contact", "file": SimpleUploadedFile("people.csv", lines, "text/csv")}
    made = door.client.post("/api/v1/imports", form).json()
    assert door.post(f"/imports/{made['id']}/run", {}).status_code in (200, 202)
    deliver()
    (row,) = door.get(f"/imports/{made['id']}/rows").data["data"]
    assert row["cells"][1] == f"{CARD}x" and row["errors"][0]["field"] == "mobile"
    assert CARD not in row["errors"][0]["message"] and MASK in row["errors"][0]["message"]
    assert holders_of(firm, CARD) == []


def test_rules_whose_conditions_would_break_are_named_before_a_field_is_encrypted(firm: Firm) -> None:
    door = firm.door()
    tree = {"field": "mobile", "op": "contains", "value": "138"}
    rule = {"name": {"zh-CN": "南方", "en": "South"}, "object": "contact", "filter": tree, "to_kind": "role",
            "to": "member", "level": "read"}  # fmt: skip
    shared = door.post("/sharing-rules", rule)
    assert shared.status_code == 201, shared.data
    old = {"name": "旧人", "object_key": "contact", "age_field": "created_at", "period": 12, "unit": "months",
           "action": "archive", "filter": tree}  # fmt: skip
    assert door.post("/privacy/retention", old).status_code == 201
    view = {"name": "华南", "object": "contact", "kind": "table", "definition": {"filter": tree}}
    assert door.post("/views", view).status_code == 201
    refused = door.patch("/meta/objects/contact/fields/mobile", {"sensitive": True})
    assert (refused.status_code, code_of(refused)) == (409, "in_use")
    kinds = {usage["kind"] for usage in refused.data["usages"]}
    assert kinds == {"sharing_rule", "retention_rule", "view_filter"}, refused.data
    assert door.post("/contact/query", {"filter": tree}).status_code == 200
