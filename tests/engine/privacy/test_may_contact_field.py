"""The field 「可联系」: filters, columns and exports say of everybody what `may_contact_many` says."""

import random
import uuid
from datetime import timedelta
from typing import Any

from guanxi.engine.privacy.deciding import may_contact_many
from guanxi.engine.privacy.facade import Proof, Word
from guanxi.engine.privacy.ledger import add_words
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.records import store
from guanxi.engine.tenancy.context import session
from tests.firms import Door, Firm, code_of

CALL = Proof(note="电话中同意")
KEY = "may_contact"


def purpose(door: Door, name: str, basis: str = "consent", **more: Any) -> dict[str, Any]:
    body = {"name": {"zh-CN": name, "en": name}, "basis": basis, "channels": ["sms", "email"]} | more
    made = door.post("/privacy/purposes", body)
    assert made.status_code == 201, made.data
    return dict(made.data)


def found(door: Door, op: str, *keys: str, object_key: str = "contact", path: str = KEY) -> set[str]:
    tree = {"field": path, "op": op, "value": list(keys)}
    answer = door.post(f"/{object_key}/query", {"filter": tree, "limit": 100, "fields": ["name"]})
    assert answer.status_code == 200, answer.data
    return {row["id"] for row in answer.data["data"]}


def field_of(door: Door, object_key: str = "contact") -> dict[str, Any] | None:
    fields = door.get(f"/meta/objects/{object_key}").data["fields"]
    return next((f for f in fields if f["key"] == KEY), None)


def people(firm: Firm, door: Door, purposes: list[dict[str, Any]]) -> list[uuid.UUID]:
    """Forty people who said this and that, some of them merged into others, some who object or ask to go."""
    dice = random.Random(7)
    with session(firm.workspace.id):
        ctx = firm.ctx
        ids = [uuid.UUID(str(store.create(ctx, "contact", {"name": f"人{n}"})["id"])) for n in range(40)]
        for record_id in ids:
            for _ in range(dice.randrange(7)):
                asked = dice.choice(purposes)
                scope = dice.choice(["general", *asked["separate"]])
                channel = dice.choice(asked["channels"] or ["general"]) if scope == "general" else "general"
                word = Word(
                    asked["key"], dice.choice(["given", "given", "withdrawn", "denied"]), channel, scope
                )
                at = ctx.now - timedelta(days=dice.randrange(1, 90))
                gone = dice.choice([None, None, at + timedelta(days=20)])
                add_words(
                    ctx, "contact", record_id, [word], source="call", proof=CALL, at=at, expires_at=gone
                )
        Purpose.objects.filter(key=purposes[1]["key"]).update(renewed_at=ctx.now - timedelta(days=30))
    renewed = door.patch(
        f"/privacy/purposes/{purposes[1]['id']}", {"measures": "新", "version": purposes[1]["version"]}
    )
    assert renewed.status_code == 200, renewed.data
    for survivor, other in ((0, 1), (0, 2), (3, 4), (5, 3)):
        merged = door.post(
            "/contact/merge", {"survivor": str(ids[survivor]), "ids": [str(ids[survivor]), str(ids[other])]}
        )
        assert merged.status_code == 200, merged.data
    for kind, chosen in (("object", ids[6:10]), ("erase", ids[10:14])):
        made = door.post("/privacy/requests", {"kind": kind, "name": "某人", "channel": "email"}).data
        records = [{"object": "contact", "id": str(each)} for each in chosen]
        changed = door.patch(f"/privacy/requests/{made['id']}", {"records": records, "version": 1})
        assert changed.status_code == 200, changed.data
        if kind == "object":
            path = f"/privacy/requests/{made['id']}/object"
            assert door.post(path, {"version": changed.data["version"]}).status_code == 200
    return [each for n, each in enumerate(ids) if n not in (1, 2, 3, 4)]


def test_filters_and_values_say_what_every_channel_is_told(firm: Firm) -> None:
    door = firm.door()
    assert field_of(door) is None  # nobody has a purpose yet
    purposes = [
        purpose(door, "营销"),
        purpose(door, "调研", channels=["sms"], separate=["abroad"]),
        purpose(door, "合同", "contract", channels=["email"]),
        purpose(door, "公开信息", "disclosed", channels=["sms"], separate=["sharing"]),
        purpose(door, "无渠道", channels=[]),
    ]
    ids = people(firm, door, purposes)
    options = [
        (f"{p['key']}:{channel}", p["key"], channel)
        for p in purposes
        for channel in p["channels"] or ["general"]
    ]
    shown = field_of(door)
    assert shown is not None and [o["value"] for o in shown["options"]] == [key for key, _, _ in options]
    assert (shown["readonly"], shown["operators"]) == (True, ["has_any", "has_all", "has_none"])
    allowed: dict[str, set[str]] = {}
    with session(firm.workspace.id):
        for key, purpose_key, channel in options:
            said = may_contact_many(firm.ctx, "contact", ids, purpose_key, channel)
            allowed[key] = {str(record_id) for record_id, decision in said.items() if decision.allowed}
    everybody = {str(each) for each in ids}
    assert any(allowed.values()) and all(len(each) < len(everybody) for each in allowed.values())
    for key, expected in allowed.items():
        assert found(door, "has_any", key) == expected, key
        assert found(door, "has_none", key) == everybody - expected, key
    first, last = options[0][0], options[-2][0]
    assert found(door, "has_any", first, last) == allowed[first] | allowed[last]
    assert found(door, "has_all", first, last) == allowed[first] & allowed[last]
    assert found(door, "has_all", first, "nothing:sms") == found(door, "has_any", "nothing:sms") == set()
    rows = door.post("/contact/query", {"fields": ["name", KEY], "limit": 100}).data["data"]
    held = {row["id"]: set(row[KEY] or ()) for row in rows}
    assert held == {each: {key for key in allowed if each in allowed[key]} for each in everybody}
    assert door.get(f"/contact/{rows[0]['id']}").data[KEY] == rows[0][KEY]


def test_it_follows_paths_leaves_with_its_purpose_and_cannot_be_written(firm: Firm, other_firm: Firm) -> None:
    door = firm.door()
    made = purpose(door, "营销")
    key = f"{made['key']}:sms"
    customer = door.post("/customer", {"name": "甲公司", "phone": "0760-85321180"}).data
    contact = door.post("/contact", {"name": "王", "customer": customer["id"]}).data
    with session(firm.workspace.id):
        word = [Word(made["key"], "given", "sms")]
        add_words(firm.ctx, "customer", uuid.UUID(customer["id"]), word, source="call", proof=CALL)
    assert found(door, "has_any", key, path=f"customer.{KEY}") == {contact["id"]}
    assert found(door, "has_any", key) == set()
    written = door.patch(f"/contact/{contact['id']}", {KEY: [key], "version": contact["version"]})
    assert (written.status_code, code_of(written)) == (422, "validation_failed")
    assert field_of(door, "opportunity") is None  # nobody to be reached there
    assert field_of(other_firm.door()) is None
    retired = door.patch(f"/privacy/purposes/{made['id']}", {"retired": True, "version": made["version"]})
    assert retired.status_code == 200
    assert found(door, "has_any", key, object_key="customer") == set()
    hidden = door.patch(
        f"/meta/objects/contact/fields/{KEY}", {"label": {"zh-CN": "可触达", "en": "Reachable"}}
    )
    assert hidden.status_code == 200, hidden.data
    shown = field_of(door)
    assert shown is not None and shown["label"]["en"] == "Reachable"
