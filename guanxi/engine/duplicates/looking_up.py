"""查重: is this firm, person, number already with us? One question over every object with identity rules.

*How it works*: the text is what it looks like: a phone number, an address of mail, a tax number, a name.
For each rule of one field that compares such a thing, its normal form is looked up in the identity keys:
what equals it is told, masked where the actor may not see it. Besides, the search finds what is like it
among what the actor sees.

*Rules*: only equal keys reveal a record one may not see; hidden fields are not asked. The routes count
these questions, so that nobody tries numbers by the thousand.
"""

import re
import unicodedata
import uuid
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.duplicates import LAST_CONTACT, Match, describe_matches, holding
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.search import search
from guanxi.engine.records.store.keys import Rule, normal_value, rules_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

LONGEST = 200
MOST_SIMILAR = 20
BAD_QUERY = Text("请输入 2 到 {max} 个字。", "Enter 2 to {max} characters.")
_PHONE = re.compile(r"[+()（）\-—\s.0-9]{7,30}")
_TAX_NUMBER = re.compile(r"(?=.*[0-9])[0-9A-Z\s-]{15,24}")


def look_up(ctx: Ctx, text: str) -> dict[str, Any]:
    """`{"data": equal ones, "similar": what the search finds besides}`; raises Invalid."""
    wanted = read_text(text)
    found: list[dict[str, Any]] = []
    for obj in objects_asked(ctx):
        found += describe_matches(ctx, obj, equal(ctx, obj, wanted))
    return {"data": found, "similar": _similar(ctx, wanted, {match["id"] for match in found})}


def read_text(text: Any) -> str:
    """The text to look for; raises Invalid."""
    wanted = text.strip() if isinstance(text, str) else ""
    if not 2 <= len(wanted) <= LONGEST or "\x00" in wanted:
        raise invalid("q", "wrong_type", BAD_QUERY, max=LONGEST)
    return wanted


def objects_asked(ctx: Ctx) -> list[ObjectDef]:
    """The objects that have identity rules, in menu order."""
    return [obj for obj in get_schema(ctx).listed if obj.identity and rights.can(ctx, obj, "read")]


def equal(ctx: Ctx, obj: ObjectDef, text: str) -> list[Match]:
    """The records of an object that hold the text under one of its rules."""
    readable = rights.readable(ctx, obj)
    wanted: dict[Rule, set[str]] = {}
    for rule in rules_of(obj):
        if not rule.asked or len(rule.parts) > 1 or rule.field not in readable:
            continue
        normal = normal_value(rule, obj, text) if _looks_like(rule.kind, text) else None
        if normal is not None:
            wanted[rule] = {normal}
    return holding(ctx, obj, wanted)


def _looks_like(kind: str, text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    if kind == "phone":
        return _PHONE.fullmatch(plain) is not None
    if kind == "email":
        return "@" in plain
    if kind == "tax_number":
        return _TAX_NUMBER.fullmatch(plain.upper()) is not None
    return True


def _similar(ctx: Ctx, text: str, known: set[str | None]) -> list[dict[str, Any]]:
    """What the search finds of these objects among what the actor sees, without what is known."""
    objects = {obj.key: obj for obj in objects_asked(ctx)}
    if not objects:
        return []
    hits = [
        hit for hit in search(ctx, text, objects=list(objects), limit=MOST_SIMILAR) if hit["id"] not in known
    ]
    details: dict[str, dict[str, Any]] = {}
    for key, obj in objects.items():
        ids = [uuid.UUID(hit["id"]) for hit in hits if hit["object"] == key]
        fields = ["owner", *([LAST_CONTACT] if LAST_CONTACT in rights.readable(ctx, obj) else [])]
        if ids:
            details |= {record["id"]: record for record in get_records(ctx, key, ids, fields=fields)}
    return [
        {
            "id": hit["id"],
            "title": hit["title"],
            "subtitle": hit["subtitle"],
            "object": hit["object"],
            "owner": details[hit["id"]]["owner"],
            "in_pool": details[hit["id"]]["owner"] is None and not objects[hit["object"]].shared,
            "last_contact_at": details[hit["id"]].get(LAST_CONTACT),
        }
        for hit in hits
        if hit["id"] in details
    ]
