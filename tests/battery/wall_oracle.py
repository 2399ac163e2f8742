"""Who may see what, computed a second time: from what was planted, in plain Python and no SQL.

*How it works*: people, roles, teams and ways to records are stated here as they were set up through the
API; `World`-independent rules (docs/adr/0053) say which record somebody sees and which of its fields.
Each planted (record, field) holds a canary, a text that stands nowhere else: `Oracle.allowed` are those
that a person may come across, all others are forbidden in whatever they are sent.

*Rules*: nothing of guanxi is imported here; what this file says is what the product must do.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SCOPES = ("none", "own", "team", "team_below", "all")
FIELD_RIGHTS = ("hidden", "masked", "read", "edit")
PARENTS: dict[str, tuple[str, ...]] = {
    "contact": ("customer",), "opportunity": ("customer",), "quote": ("customer",), "contract": ("customer",),
    "expense": ("customer", "opportunity"),
    "sales_order": ("customer",), "delivery": ("sales_order",), "sales_return": ("sales_order",),
    "referral": ("customer", "referrer"),
    "payment_plan": ("customer", "contract", "sales_order"), "payment": ("customer",),
    "invoice": ("customer", "contract", "sales_order"),
    **dict.fromkeys(("call", "event", "note", "task"), ("customer", "contact", "lead", "opportunity")),
}  # fmt: skip
"""By object, the links that lend a record the sight of the record they lead to."""
SHARED = frozenset({"product", "price_book", "price_book_entry", "discount_band", "currency_rate", "clause"})
"""Objects that everybody sees, and those keep who look after what others have."""
ALWAYS = frozenset({"owner", "created_at", "updated_at"})
MOST_PARENTS = 2
WRITES = {"create": True, "edit": "all", "delete": "all", "export": "all", "import": True, "assign": "all",
          "bulk": "all", "merge": "all"}  # fmt: skip

CANARY = re.compile(r"(?=(kq[0-9a-z]{7}|139[0-9]{8}|917[0-9]{7}))")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def line(scope: str, **further: Any) -> dict[str, Any]:
    """What a role says of an object: everything as far as `scope`, except `further`."""
    verbs = {verb: (scope if reach == "all" else scope != "none") for verb, reach in WRITES.items()}
    return {"see": scope} | verbs | further


BUILTIN = {
    "admin": {"*": line("all")},
    "manager": {"*": line("team_below")},
    "member": {"*": line("own", export="all")},
    "read_only": {
        "*": line("all")
        | {v: ("none" if isinstance(r, str) else False) for v, r in line("all").items() if v != "see"}
    },
    "limited": {"*": line("none")},
}


@dataclass
class Planted:
    """A record: whose it is, what it links to, and the canary of each of its fields."""

    id: str
    object: str
    owner: str | None
    title_field: str
    canaries: dict[str, str] = field(default_factory=dict)
    links: dict[str, "Planted"] = field(default_factory=dict)
    name: str = ""

    @property
    def title(self) -> str:
        """The canary in its title."""
        return self.canaries[self.title_field]


@dataclass
class Who:
    """A person: base role, further roles as they were made, team, whom they look after, ways to records."""

    name: str
    base: str = "limited"
    roles: tuple[dict[str, Any], ...] = ()
    team_mates: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    stands_in_for: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    """Ids of records that a sharing rule or collaborating leads to."""
    areas: frozenset[str] = frozenset()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What each role says."""
        return [{"objects": BUILTIN[self.base], "fields": {}}, *self.roles]

    def reach(self, role: dict[str, Any], key: str, verb: str) -> int:
        """How far one role reaches, as a place in SCOPES."""
        said = role["objects"].get(key, {}).get(verb)
        usual = role["objects"].get("*", {}).get(verb, "none")
        if key in SHARED:
            return _place("all") if self._has_shared(role, said, verb) else 0
        return _place(usual if said is None else said)

    def _has_shared(self, role: dict[str, Any], said: Any, verb: str) -> bool:
        """What is nobody's own: by name, to see with anything, else by looking after what others have."""
        if said is not None:
            return _place(said) > 0
        usual = {v: _place(role["objects"].get("*", {}).get(v, "none")) for v in ("see", "edit", verb)}
        if verb == "see":
            return usual["see"] > 0
        least = usual[verb if verb in ("export", "assign") else "edit"]
        return usual[verb] > 0 and least >= _place("own" if verb == "export" else "team_below")

    def scope(self, key: str, verb: str = "see") -> str:
        """How far a verb reaches over an object's records, all roles together."""
        seeing = [role for role in self.lines if self.reach(role, key, "see")]
        return SCOPES[max((self.reach(role, key, verb) for role in seeing), default=0)]

    def right(self, key: str, name: str) -> str:
        """What may be done with a field."""
        rights = []
        for role in self.lines:
            if not self.reach(role, key, "see"):
                continue
            said = FIELD_RIGHTS.index(role.get("fields", {}).get(key, {}).get(name, "edit"))
            writes = self.reach(role, key, "edit") or self.reach(role, key, "create")
            rights.append(said if writes else min(said, FIELD_RIGHTS.index("read")))
        found = FIELD_RIGHTS[max(rights, default=0)]
        return found if name not in ALWAYS or found != "hidden" else "read"


def _place(reach: Any) -> int:
    if isinstance(reach, bool):
        return len(SCOPES) - 1 if reach else 0
    return SCOPES.index(reach)


@dataclass
class Oracle:
    """All that was planted, and what somebody may come across of it."""

    records: list[Planted] = field(default_factory=list)
    open_to_all: dict[str, str] = field(default_factory=dict)
    """Canaries that are shown through a declared field: by canary, the object whose field shows it."""

    @cached_property
    def of(self) -> dict[str, tuple[Planted, str]]:
        """By canary, where it was planted."""
        return {text: (r, name) for r in self.records for name, text in r.canaries.items()}

    def sees(self, who: Who, record: Planted, depth: int = 0) -> bool:
        """Whether somebody sees a record."""
        scope = who.scope(record.object)
        if scope == "none":
            return False
        if scope == "all" or record.owner == who.name:
            return True
        if scope in ("team", "team_below") and record.owner in who.team_mates and scope == "team":
            return True
        if scope == "team_below" and record.owner in who.below:
            return True
        if record.owner in who.stands_in_for or record.id in who.given:
            return True
        return depth < MOST_PARENTS and any(
            self.sees(who, record.links[link], depth + 1)
            for link in PARENTS.get(record.object, ())
            if link in record.links
        )

    def reads(self, who: Who, record: Planted, name: str) -> bool:
        """Whether somebody may come across a field of a record in clear."""
        return self.sees(who, record) and (
            name == record.title_field or who.right(record.object, name) in ("read", "edit")
        )

    def visible(self, who: Who, key: str) -> list[Planted]:
        """The records of an object that somebody sees."""
        return [r for r in self.records if r.object == key and self.sees(who, r)]

    def allowed(self, who: Who) -> frozenset[str]:
        """The canaries that somebody may come across."""
        found = {text for text, (r, name) in self.of.items() if self.reads(who, r, name)}
        shown = {text for text in self.open_to_all if self.sees(who, self.of[text][0])}
        return frozenset(found | shown)

    def forbidden_ids(self, who: Who) -> frozenset[str]:
        """Ids of records that somebody does not see."""
        return frozenset(r.id for r in self.records if not self.sees(who, r))


def canaries_in(text: str) -> set[str]:
    """The canaries that stand in a text."""
    return set(CANARY.findall(UUID.sub(" ", text.lower())))
