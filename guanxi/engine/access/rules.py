"""What a role gives, and what several roles give together, in pure Python.

*How it works*: everything is a scope: nothing, one's own, one's team's, the teams below, all. Switches
(create, import) are nothing or all. A role says per object what each verb reaches; what it does not say of
an object is taken from its line `*`. Fields have rights of their own (`hidden` < `masked` < `read` < `edit`).
Roles add up cell by cell: the widest wins, and each cell names the roles that give it.
An object that everyone sees (`ObjectDef.seen_by`) widens the line `*`, and never what a role says by name.

*Rules*: a role whose `see` of an object is nothing says nothing of its fields; one that changes no record
of it lends no right to write a field. Otherwise a role that was silent would take away another's mask.

*See*: docs/adr/0053-roles-and-record-rights.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from guanxi.engine.schema.definitions import SeenBy


class Scope(IntEnum):
    """Whose records a verb reaches, narrowest first."""

    NONE = 0
    OWN = 1
    TEAM = 2
    TEAM_BELOW = 3
    ALL = 4

    @property
    def key(self) -> str:
        """As it is written in a role."""
        return self.name.lower()


class FieldRight(IntEnum):
    """What one may do with a field, least first."""

    HIDDEN = 0
    MASKED = 1
    READ = 2
    EDIT = 3

    @property
    def key(self) -> str:
        """As it is written in a role."""
        return self.name.lower()


ANY = "*"
SCOPED = ("see", "edit", "delete", "export", "assign", "bulk", "merge")
SWITCHED = ("create", "import")
VERBS = ("see", "create", "edit", "delete", "export", "import", "assign", "bulk", "merge")
WIDENED: Mapping[SeenBy, frozenset[str]] = {
    "owner": frozenset(), "everyone": frozenset({"see"}), "everyone_edits": frozenset({"see", "edit", "bulk"}),
}  # fmt: skip
"""The verbs that reach every record of an object by who sees it, in a role that does not name the object."""
SCOPES = {scope.key: scope for scope in Scope}
FIELD_RIGHTS = {right.key: right for right in FieldRight}


@dataclass(frozen=True, slots=True)
class Rights:
    """What one role gives: verbs per object, rights per field, actions, areas of the settings."""

    objects: Mapping[str, Mapping[str, Scope]] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, FieldRight]] = field(default_factory=dict)
    actions: Mapping[str, bool] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()

    def reaches(self, kind: "Kind", verb: str) -> Scope:
        """What `verb` reaches of the records of an object."""
        said = self.objects.get(kind.key, {}).get(verb)
        if kind.shared:
            # Nobody's records in particular: a role that is told of the object by name, or that looks
            # after others' records anyway, has them all; to see them takes no more than seeing anything.
            if said is not None:
                return Scope.ALL if said else Scope.NONE
            if verb == "see":
                return Scope.ALL if self._usual("see") else Scope.NONE
            least = self._usual(verb if verb in ("export", "assign") else "edit")
            wide = Scope.OWN if verb == "export" else Scope.TEAM_BELOW
            return Scope.ALL if least >= wide and self._usual(verb) else Scope.NONE
        if said is not None:
            return said
        usual = self._usual(verb)
        return Scope.ALL if usual and verb in WIDENED[kind.seen_by] else usual

    def _usual(self, verb: str) -> Scope:
        return self.objects.get(ANY, {}).get(verb, Scope.NONE)

    def field_right(self, kind: "Kind", key: str) -> FieldRight | None:
        """The right to a field; None where the role has nothing to say because it does not see the object."""
        if not self.reaches(kind, "see"):
            return None
        said = self.fields.get(kind.own_key, {}).get(key, FieldRight.EDIT)
        writes = self.reaches(kind, "edit") or self.reaches(kind, "create")
        return said if writes else min(said, FieldRight.READ)

    def acts(self, kind: "Kind", action: str, verb: str) -> bool:
        """True when the role allows an action that needs `verb`."""
        seen = bool(self.reaches(kind, "see"))
        return seen and self.actions.get(action, True) and bool(self.reaches(kind, verb))


@dataclass(frozen=True, slots=True)
class Kind:
    """What rights depend on of an object: lines are under the verbs of the object they stand in, and under the right
    to the field of it (`table`) that holds them.
    """

    key: str
    own_key: str
    shared: bool = False
    seen_by: SeenBy = "owner"
    table: str = ""

    @property
    def record(self) -> "Kind":
        """The object that lines stand in."""
        return Kind(self.key, self.key, self.shared, self.seen_by)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the merged matrix, and the keys of the roles that give it."""

    scope: Scope
    sources: tuple[str, ...]


class Merged:
    """What several roles give together; computed cell by cell, each once."""

    def __init__(self, roles: Iterable[tuple[str, Rights]]) -> None:
        self.roles = tuple(roles)
        self.areas = frozenset(area for _, rights in self.roles for area in rights.areas)
        self.says_of_fields = any(rights.fields for _, rights in self.roles)
        self.cached_fields: dict[int, tuple[Any, Any]] = {}
        self._cells: dict[tuple[Kind, str], Cell] = {}
        self._fields: dict[tuple[Kind, str], tuple[FieldRight, tuple[str, ...]]] = {}

    def cell(self, kind: Kind, verb: str) -> Cell:
        """What `verb` reaches of an object's records; nothing where they are not seen at all."""
        found = self._cells.get((kind, verb))
        if found is None:
            found = self._cells[kind, verb] = self._cell(kind, verb)
        return found

    def _cell(self, kind: Kind, verb: str) -> Cell:
        if kind.table:
            right, _ = self.field_right(kind.record, kind.table)
            if right < (FieldRight.READ if verb in ("see", "export") else FieldRight.EDIT):
                return Cell(Scope.NONE, ())
        given = [
            (key, rights.reaches(kind, verb)) for key, rights in self.roles if rights.reaches(kind, "see")
        ]
        widest = max((scope for _, scope in given), default=Scope.NONE)
        return Cell(widest, tuple(key for key, scope in given if scope is widest and widest))

    def field_right(self, kind: Kind, key: str) -> tuple[FieldRight, tuple[str, ...]]:
        """The right to a field, and the roles that give it."""
        found = self._fields.get((kind, key))
        if found is None:
            found = self._fields[kind, key] = self._field_right(kind, key)
        return found

    def _field_right(self, kind: Kind, key: str) -> tuple[FieldRight, tuple[str, ...]]:
        given = [(role, right) for role, r in self.roles if (right := r.field_right(kind, key)) is not None]
        widest = max((right for _, right in given), default=FieldRight.HIDDEN)
        return widest, tuple(role for role, right in given if right is widest)

    def acts(self, kind: Kind, action: str, verb: str) -> tuple[str, ...]:
        """The roles that allow an action."""
        return tuple(role for role, rights in self.roles if rights.acts(kind, action, verb))

    def area_sources(self, area: str) -> tuple[str, ...]:
        """The roles that open a part of the settings."""
        return tuple(role for role, rights in self.roles if area in rights.areas)

    def speaks_of_fields(self, kind: Kind) -> bool:
        """True when a role limits fields of the object."""
        return any(kind.own_key in rights.fields for _, rights in self.roles)


def is_wider(one: Rights, other: Rights) -> bool:
    """True when `one` gives anything that `other` does not."""
    if one.areas - other.areas:
        return True
    for key in {ANY, *one.objects, *other.objects, *one.fields, *other.fields}:
        kind = Kind(key, key)
        if any(one.reaches(kind, verb) > other.reaches(kind, verb) for verb in VERBS):
            return True
        for name in {**one.fields.get(key, {}), **other.fields.get(key, {})}:
            right, before = one.field_right(kind, name), other.field_right(kind, name)
            if right is not None and (before is None or right > before):
                return True
    names = {*one.actions, *other.actions}
    return any(one.actions.get(name, True) and not other.actions.get(name, True) for name in names)


def read_rights(stored: Mapping[str, Any]) -> Rights:
    """Rights from their JSON, which has been checked (checking.py); what is no longer known is passed over."""
    objects: dict[str, dict[str, Scope]] = {}
    for key, verbs in stored.get("objects", {}).items():
        objects[key] = {
            verb: _scope(value) for verb, value in verbs.items() if verb in VERBS and value is not None
        }
    fields = {
        key: {name: FIELD_RIGHTS[right] for name, right in given.items() if right in FIELD_RIGHTS}
        for key, given in stored.get("fields", {}).items()
    }
    actions = {key: bool(value) for key, value in stored.get("actions", {}).items()}
    return Rights(objects, fields, actions, frozenset(stored.get("areas", ())))


def _scope(value: Any) -> Scope:
    if isinstance(value, bool):
        return Scope.ALL if value else Scope.NONE
    return SCOPES.get(value, Scope.NONE)
