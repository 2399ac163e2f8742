"""The world of the wall: every field of some records holds a text of its own, and many kinds of people look.

*How it works*: on top of the battery's world, records of every object are planted in four hands, each field
with a canary where its type can hold one; `cross_out` and `cross_in` link records of different hands.
Roles, sharing, standing in and collaborating are set up through the API, and told to the oracle.

*Rules*: one wall a module of tests; whoever writes does it inside a savepoint.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guanxi.engine.access.models import Collaborator
from guanxi.engine.identity import facade
from guanxi.engine.tenancy.context import session
from tests.battery.wall_oracle import ALWAYS, SHARED, Oracle, Planted, Who, line
from tests.battery.world import CUSTOM, PNG, World, a_world, forget_indexing
from tests.firms import Door, run_jobs

OWNERS = ("boss", "rep", "peer", "stranger")
ORDER = ("customer", "sales_order", "product", "price_book", "contact", "lead", "opportunity")
MANY: dict[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(("text", "long_text"), lambda text, number: text),
    "rich_text": lambda text, number: f"<p>{text}</p>",
    "url": lambda text, number: f"https://wall.example/{text}",
    "email": lambda text, number: f"{text}@wall.example",
    "tags": lambda text, number: [text],
    "address": lambda text, number: f"广东省中山市小榄镇{text}路1号",
    "location": lambda text, number: {"lat": 22.5, "lng": 113.4, "text": text},
    "sub_table": lambda text, number: [{"name": text}],
    "tax_number": lambda text, number: f"{text.upper()}000000",
    "phone": lambda text, number: f"+86{number}",
    **dict.fromkeys(("decimal", "money", "number"), lambda text, number: int(number)),
}
"""How a type holds a canary: a text for those that take one, digits for the others."""
DIGITS = {"phone": ("139", 8), "decimal": ("917", 7), "money": ("917", 7), "number": ("917", 7)}
MOST, SHORT = 9_179_999_999, 40
COPY, OPEN, SUM, NAMES, OPEN_NAMES = "copied", "declared_open", "kept_sum", "kept_names", "open_names"
REVEALED = "f_text"
FORMED = {("task", "repeat_rule")}
"""Fields of text that take no text of our choice."""
OTHERS = {("referral", "referrer"), ("referral", "referrer_contact")}
"""Links that may not lead where another of the record leads."""


@dataclass
class Wall:
    """The world, what was planted in it, and who looks."""

    world: World
    oracle: Oracle
    people: dict[str, Who] = field(default_factory=dict)
    doors: dict[str, Door] = field(default_factory=dict)
    hideable: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)

    def once(self, what: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once."""
        if what not in self.kept:
            self.kept[what] = make()
        return self.kept[what]

    def planted(self, key: str, whose: str) -> Planted:
        """A record of an object: of `boss`, `rep`, `peer`, `stranger`, or `cross_out`, `cross_in`."""
        return next(r for r in self.oracle.records if (r.object, r.name) == (key, whose))


@contextmanager
def a_wall() -> Iterator[Wall]:
    """A wall, rolled back at the end."""
    with a_world() as world:
        wall = Wall(world, Oracle())
        _derive(world)
        _plant(wall, random.Random(20261122))
        _gather(wall)
        yield wall


def _derive(world: World) -> None:
    """Fields of the made object that come of others: hidden with them, declared open, kept over all records."""
    made: list[tuple[str, str, str, dict[str, Any]]] = [
        (CUSTOM, COPY, "formula", {"config": {"expression": f"UPPER({REVEALED})"}}),
        (CUSTOM, OPEN, "formula", {"config": {"expression": f"UPPER({REVEALED})"}, "reveals": True}),
        ("customer", SUM, "rollup", {"config": {"object": CUSTOM, "field": "f_link", "op": "max", "measure": "f_decimal"}}),
        ("customer", NAMES, "rollup", {"config": {"object": CUSTOM, "field": "f_link", "op": "joined", "measure": "f_url"}}),
    ]  # fmt: skip
    for key, name, kind, more in made:
        body = {"key": name, "type": kind, "label": name} | more
        answer = world.boss.post(f"/meta/objects/{key}/fields", body)
        assert answer.status_code == 201, (name, answer.data)
    forget_indexing()
    run_jobs()
    listed = world.boss.get("/meta/objects").data["data"]
    world.meta = {obj["key"]: obj for obj in listed if obj["line_of"] is None}


def _plant(wall: Wall, rng: random.Random) -> None:
    keys = sorted(wall.world.meta, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER))
    for key in keys:
        for whose in OWNERS if key not in SHARED else ("boss",):
            _record(wall, rng, key, whose, whose, {})
        if any(f["key"] == "customer" for f in wall.world.fields(key)):
            _record(wall, rng, key, "cross_out", "rep", {"customer": wall.planted("customer", "stranger")})
            _record(wall, rng, key, "cross_in", "stranger", {"customer": wall.planted("customer", "rep")})
    run_jobs()


def _record(
    wall: Wall, rng: random.Random, key: str, name: str, owner: str, links: dict[str, Planted]
) -> None:
    world, meta = wall.world, wall.world.meta[key]
    body = {f["key"]: world.pair(key, f)[0] for f in meta["fields"] if f["required"]}
    canaries: dict[str, str] = {}
    for f in world.fields(key):
        is_free = f["type"] == "link" and (key, f["key"]) not in OTHERS
        if f["target"] in world.meta and is_free and not name.startswith("cross"):
            target = next(
                (r for r in wall.oracle.records if (r.object, r.name) == (f["target"], owner)), None
            )
            links |= {f["key"]: target} if target else {}
        if f["type"] in ("file", "files", "image"):
            canaries[f["key"]], body[f["key"]] = _file(world, rng, f["type"])
        start, digits = DIGITS.get(f["type"], ("kq", 0))
        if (key, f["key"]) in FORMED:
            continue
        if f["type"] not in MANY or f["config"].get("max", MOST) < (MOST if digits else SHORT):
            continue
        text = _text(rng, start, digits)
        canaries[f["key"]], body[f["key"]] = text, MANY[f["type"]](text, text)
        if f["type"] == "sub_table":  # what its lines insist on; none where they cannot be made of nothing
            first = world.pair(key, f)[0][:1]
            body[f["key"]] = [line | {"name": text} for line in first]
            if not first:
                del canaries[f["key"]]
    body |= {k: r.id for k, r in links.items()}
    if key not in SHARED:
        body["owner"] = str(world.people[owner].id)
    made = world.boss.post(f"/{key}", body)
    assert made.status_code == 201, (key, name, made.data)
    wall.oracle.records.append(
        Planted(made.data["id"], key, owner, meta["title_field"], canaries, dict(links), name)
    )
    if key == CUSTOM:
        wall.oracle.open_to_all[canaries[REVEALED]] = OPEN


def _text(rng: random.Random, start: str, digits: int) -> str:
    if digits:
        return start + "".join(rng.choice("0123456789") for _ in range(digits))
    return start + "".join(rng.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(7))


def _file(world: World, rng: random.Random, kind: str) -> tuple[str, Any]:
    text = _text(rng, "kq", 0)
    image = kind == "image"
    sent = SimpleUploadedFile(f"{text}.{'png' if image else 'txt'}", PNG if image else text.encode(),
                              content_type="image/png" if image else "text/plain")  # fmt: skip
    answer: Any = world.boss.client.post("/api/v1/files", {"file": sent})
    assert answer.status_code == 201, answer.content
    return text, [answer.json()["id"]] if kind != "file" else answer.json()["id"]


def _gather(wall: Wall) -> None:
    """Everybody who looks: the built-in roles, and people of roles made for the wall."""
    world, boss = wall.world, wall.world.boss
    for key, meta in world.meta.items():
        title = {meta["title_field"]}
        wall.hideable[key] = [f["key"] for f in meta["fields"] if f["key"] not in ALWAYS | title]
    south = frozenset({"rep", "peer", "manager"})
    people = wall.people
    people["boss"] = Who("boss", "admin")
    people["manager"] = Who("manager", "manager", team_mates=south, below=south)
    people["rep"] = Who("rep", "member", team_mates=south)
    people["stranger"] = Who("stranger", "member")
    people["reader"] = Who("reader", "read_only")
    for name in people:
        wall.doors[name] = world.doors[name]
    every = {right: {k: dict.fromkeys(names, right) for k, names in wall.hideable.items()}
             for right in ("hidden", "masked", "read")}  # fmt: skip
    half = {k: dict.fromkeys(names[::2], "hidden") | dict.fromkeys(names[1::4], "masked")
            for k, names in wall.hideable.items()}  # fmt: skip
    made: dict[str, dict[str, Any]] = {
        "hides": {"objects": {"*": line("all")}, "fields": every["hidden"]},
        "masks": {"objects": {"*": line("all")}, "fields": every["masked"]},
        "reads": {"objects": {"*": line("all")}, "fields": every["read"]},
        "half": {"objects": {"*": line("team")}, "fields": half},
        "team": {"objects": {"*": line("team")}},
        "below": {"objects": {"*": line("team_below")}},
        "one_object": {"objects": {"contact": line("all")}},
        "no_export": {"objects": {"*": line("own", export="none")}},
        "no_merge": {"objects": {"*": line("own", merge="none", bulk="none")}},
        "helper": {"objects": {"*": line("own")}, "areas": ["changes", "quality"], "fields": half},
    }  # fmt: skip
    for key, rights in made.items():
        rights.setdefault("fields", {})
        answer = boss.post("/roles", {"key": key, "name": {"zh-CN": key, "en": key}, "rights": rights})
        assert answer.status_code == 201, (key, answer.data)
        _join(wall, key, Who(key, roles=(rights,), areas=frozenset(rights.get("areas", ()))), "south", (key,))
    for name in ("half", "team", "below"):
        people[name].team_mates = people[name].below = south | set(made)
    people["manager"].below = people["manager"].team_mates = south | set(made)
    _ways(wall)


def _join(wall: Wall, name: str, who: Who, team: str | None, roles: tuple[str, ...] = ()) -> None:
    world = wall.world
    person = world.people[name] = world.firm.add(f"{name}同事")
    if roles:
        given = world.boss.patch(f"/members/{person.id}", {"role": "limited", "extra_roles": list(roles)})
        assert given.status_code == 200, given.data
    if team:
        with session(world.firm.workspace.id):
            place = facade.Place(user_id=person.id, team_id=world.teams[team].id)
            facade.set_memberships(world.firm.ctx, [place])
    wall.people[name] = who
    wall.doors[name] = world.doors[name] = world.firm.door(person)


def _ways(wall: Wall) -> None:
    """Sharing by a rule, standing in, collaborating, and collaborating up to yesterday."""
    world, boss = wall.world, wall.world.boss
    for name in ("shared", "delegate", "collaborator", "late"):
        _join(wall, name, Who(name, "member"), None)
    keys = [key for key in world.meta if key not in SHARED]
    strangers = {key: wall.planted(key, "stranger").id for key in keys}
    for key in keys:
        tree = {"field": "owner", "op": "is", "value": str(world.people["stranger"].id)}
        rule = {"name": {"zh-CN": key, "en": key}, "object": key, "filter": tree, "to_kind": "user",
                "to": str(world.people["shared"].id), "level": "read"}  # fmt: skip
        made = boss.post("/sharing-rules", rule)
        assert made.status_code == 201, made.data
        soon = (timezone.now() + timedelta(hours=1)).isoformat()
        working = [
            {"user": str(world.people["collaborator"].id)},
            {"user": str(world.people["late"].id), "until": soon},
        ]
        path = f"/{key}/{strangers[key]}/collaborators"
        assert boss.call("PUT", path, {"collaborators": working}).status_code == 200
    over = Collaborator.objects.filter(user_id=world.people["late"].id)
    over.update(until=timezone.now() - timedelta(seconds=1))
    now = timezone.now()
    span = {
        "starts_at": (now - timedelta(hours=1)).isoformat(),
        "until": (now + timedelta(days=3)).isoformat(),
    }
    stands = boss.post("/delegations", {"from": str(world.people["stranger"].id), "to": str(world.people["delegate"].id),
                                        "level": "read"} | span)  # fmt: skip
    assert stands.status_code == 201, stands.data
    people = wall.people
    people["shared"].given = frozenset(
        r.id for r in wall.oracle.records if r.owner == "stranger" and r.object not in SHARED
    )
    people["delegate"].stands_in_for = frozenset({"stranger"})
    people["collaborator"].given = frozenset(strangers.values())
