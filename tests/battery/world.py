"""Two firms with people of every role and a record of every object in several hands.

*How it works*: a module of tests makes its world once, inside a transaction that is rolled back after the
module; each test then runs in a savepoint of its own (pytest-django's `db`), so it may write freely.

`gadget` is an object made by an administrator, with one field of every type that can be made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Team, User
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.tenancy.context import Role, session
from tests.battery.samples import creatable_types, pair_for
from tests.battery.wall_oracle import SHARED
from tests.firms import Door, Firm, found

CUSTOM = "gadget"
SECRET = "北海机密"
"""Stands in everything of the other firm: no answer to this firm may hold it."""
HIDDEN = "外人私藏"
"""Stands in everything of a colleague whom the representative may not look at."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c489".replace(" ", "")
    + "0000000d49444154789c63f8cfc0f01f00050001ff56c7a4b30000000049454e44ae426082"
)

DERIVED: dict[str, dict[str, Any]] = {
    "formula": {"expression": "IF(f_boolean, f_number * 2, LEN(f_text)) + LEN(f_link.name)"},
    "lookup": {"path": "f_link.name"},
    "rollup": {"object": CUSTOM, "field": "above", "op": "count"},
}
"""What fields of the made object that come of other fields are made of."""


def _roles(references: dict[str, list[str]]) -> tuple[Any, Any]:
    one, two = references["contact"][:2]
    return [{"name": "甲", "contact": one}], [{"name": "乙", "contact": one}, {"name": "丙", "contact": two}]


def _splits(references: dict[str, list[str]]) -> tuple[Any, Any]:
    one, two = references["user"][:2]
    both = [{"name": "乙", "person": one, "share": 60}, {"name": "丙", "person": two, "share": 40}]
    return [{"name": "甲", "person": one, "share": 100}], both


LINE: dict[str, dict[str, Any]] = {
    "contact": {},
    "customer": {},
    "lead": {"status": ("new", "contacted")},
    "opportunity": {"stage": ("lost", "won"), "currency": ("CNY", "CNY"), "roles": _roles, "splits": _splits,
                    "forecast_category": ("omitted", "commit")},
    "product": {},
    "price_book": {},
    "price_book_entry": {},
    "discount_band": {},
    "clause": {},
    "currency_rate": {},
    "quote": {"currency": ("CNY", "CNY")},
    "contract": {"currency": ("CNY", "CNY")},
    "expense": {"currency": ("CNY", "CNY")},
    "referral": {"referrer": lambda references: (references["customer"][2], references["customer"][2])},
    "sales_order": {"currency": ("CNY", "CNY"), "ordered_on": ("2026-03-01", "2026-03-02"), "due_on": ("2026-04-01", "2026-04-02")},
    "delivery": {"items": ([], [])},
    "sales_return": {"items": ([], [])},
    "task": {"status": ("open", "cancelled"), "repeat_rule": ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")},
    "payment_plan": {"currency": ("CNY", "CNY")},
    "payment": {"currency": ("CNY", "CNY")},
    "invoice": {"currency": ("CNY", "CNY")},
    "note": {},
    "work_report": {"starts_on": ("2026-03-02", "2026-03-09")},
    "call": {},
    "event": {"start_at": ("2026-03-05T02:00:00Z", "2026-03-06T02:00:00Z"), "end_at": ("2026-03-07T02:00:00Z", "2026-03-08T02:00:00Z")},
    CUSTOM: {},
}  # fmt: skip
"""The battery's line of objects, each with the values to try (or what makes them of the references) where those of the
type will not do."""

_FIRST = ("customer", "product", "price_book", "sales_order")
"""What others must link to."""


def object_keys() -> list[str]:
    """Every object of the battery: what is registered, and one made by an administrator."""
    return [obj.key for obj in object_registry if obj.listed] + [CUSTOM]


@dataclass
class World:
    """A firm and its people; `other` is a firm that this one must not know of."""

    firm: Firm
    other: Firm
    people: dict[str, User] = field(default_factory=dict)
    doors: dict[str, Door] = field(default_factory=dict)
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """By object, then by whose it is: `boss`, `rep`, `peer`, `stranger`, and `foreign` of the other firm."""
    references: dict[str, list[str]] = field(default_factory=dict)
    meta: dict[str, dict[str, Any]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    @property
    def boss(self) -> Door:
        return self.doors["boss"]

    def fields(self, key: str) -> list[dict[str, Any]]:
        """The fields of an object that a form may hold."""
        return [
            f
            for f in self.meta[key]["fields"]
            if not f["readonly"] and not (f["system"] and f["key"] != "owner")
        ]

    def draft(self, key: str, which: int = 0, **values: Any) -> dict[str, Any]:
        """A body that gives every field a value: the first of its pair, or the second."""
        return {f["key"]: self.pair(key, f)[which] for f in self.fields(key)} | values

    def pair(self, key: str, field: dict[str, Any]) -> tuple[Any, Any]:
        """Two values that a field of an object takes."""
        special = LINE[key].get(field["key"])
        if special is None:
            return pair_for(field, self.references)
        found: tuple[Any, Any] = special(self.references) if callable(special) else special
        return found

    def least(self, key: str, title: str) -> dict[str, Any]:
        """A body with only what an object insists on."""
        needed = {f["key"]: self.pair(key, f)[0] for f in self.meta[key]["fields"] if f["required"]}
        return needed | {self.meta[key]["title_field"]: title}

    def id(self, key: str, whose: str) -> str:
        return str(self.records[key][whose]["id"])


@contextmanager
def a_world(**settings: Any) -> Iterator[World]:
    """A world, rolled back at the end."""
    with transaction.atomic():
        world = World(found(), found("北海公司", "chief@other.example", SECRET))
        _hire(world, settings)
        for whose in ("boss", "foreign"):
            _declare(world.doors[whose])
        forget_indexing("records.")
        listed = world.boss.get("/meta/objects").data["data"]
        world.meta = {obj["key"]: obj for obj in listed if obj["line_of"] is None}
        _fill(world)
        yield world
        transaction.set_rollback(True)


def forget_indexing(tasks: str = "records.build_indexes") -> None:
    """Indexes are built beside the transaction that all of this stands in, and would wait for it."""
    ProcrastinateJob.objects.filter(task_name__startswith=tasks)._raw_delete("default")  # type: ignore[attr-defined]


def _hire(world: World, settings: dict[str, Any]) -> None:
    firm = world.firm
    roles = {
        "manager": Role.MANAGER,
        "rep": Role.MEMBER,
        "peer": Role.MEMBER,
        "stranger": Role.MEMBER,
        "reader": Role.READ_ONLY,
    }
    world.people = {"boss": firm.admin} | {
        name: firm.add(f"{name}同事", role) for name, role in roles.items()
    }
    with session(firm.workspace.id):
        south = Team.objects.create(workspace=firm.workspace, name="华南组", manager=world.people["manager"])
        north = Team.objects.create(workspace=firm.workspace, name="华北组")
        places = [
            facade.Place(user_id=world.people[name].id, team_id=south.id)
            for name in ("manager", "rep", "peer")
        ]
        places.append(facade.Place(user_id=world.people["stranger"].id, team_id=north.id))
        facade.set_memberships(firm.ctx, places)
    world.teams = {"south": south, "north": north}
    world.doors = {name: firm.door(user) for name, user in world.people.items()} | {
        "foreign": world.other.door()
    }
    world.doors["reading token"] = Door(firm.token(world.people["boss"], scopes=["read"]))
    if settings:
        assert world.boss.patch("/workspace", settings).status_code == 200


def _declare(door: Door) -> None:
    pipeline = door.get("/pipelines?object=opportunity").data["data"][0]
    pipeline["stages"][0]["guide"] = {"checklist": [{"name": name, "required": False} for name in "甲乙"]}
    listed = door.patch(f"/pipelines/{pipeline['id']}", {"stages": pipeline["stages"]})
    assert listed.status_code == 200, listed.data
    made = door.post("/meta/objects", {"key": CUSTOM, "label": {"zh-CN": "器具", "en": "Gadget"}})
    assert made.status_code == 201, made.data
    above = {"key": "above", "type": "link", "label": "Above", "target": CUSTOM}
    assert door.post(f"/meta/objects/{CUSTOM}/fields", above).status_code == 201
    for kind in creatable_types():
        body: dict[str, Any] = {
            "key": f"f_{kind}",
            "type": kind,
            "label": {"zh-CN": f"字段 {kind}", "en": f"Field {kind}"},
        }
        if kind in ("select", "multi_select"):
            body["options"] = [{"value": "high", "label": "高"}, {"value": "low", "label": "低"}]
        if kind in ("link", "links"):
            body["target"] = "customer"
        if kind in DERIVED:
            body["config"] = DERIVED[kind]
        added = door.post(f"/meta/objects/{CUSTOM}/fields", body)
        assert added.status_code == 201, (kind, added.data)


def _fill(world: World) -> None:
    world.references = {
        "user": [str(world.people["rep"].id), str(world.people["boss"].id)],
        "team": [str(world.teams["south"].id), str(world.teams["north"].id)],
        "file": [_upload(world.boss), _upload(world.boss)],
    }
    owners = {"boss": "boss", "rep": "rep", "peer": "peer", "stranger": "stranger", "foreign": "foreign"}
    for key in sorted(world.meta, key=lambda key: (_FIRST.index(key) if key in _FIRST else len(_FIRST), key)):
        kept = world.records[key] = {}
        shared = key in SHARED
        for whose, door in owners.items():
            mark = SECRET if whose == "foreign" else HIDDEN if whose == "stranger" and not shared else whose
            body = world.least(key, f"{mark} {key}")
            for f in world.meta[key]["fields"]:  # what it must link to is one's own
                if f["required"] and f["target"] in world.records:
                    body[f["key"]] = world.id(f["target"], whose)
            if key == "note":
                body["body"] = f"{mark} 内容"
            made = world.doors["boss" if shared and door != "foreign" else door].post(f"/{key}", body)
            assert made.status_code == 201, (key, whose, made.data)
            kept[whose] = made.data
        world.references[key] = [kept[whose]["id"] for whose in ("rep", "boss", "peer")]


def _upload(door: Door) -> str:
    sent = SimpleUploadedFile("a.png", PNG, content_type="image/png")
    answer: Any = door.client.post("/api/v1/files", {"file": sent})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])
