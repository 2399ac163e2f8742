"""What a domain adds to the writing of its records, for one record or a hundred thousand alike.

*How it works*: the write door turns every operation into `Change`s and hands them, as a set, to the
hooks registered for the object: `prepare` before validation (derive values, refuse), `after_write` in
the same transaction once rows, journal and index are written. Hooks with `with_lines` also see a record
together with its lines: before both are written in one breath (`prepare_lines`), and after lines alone were
written by a door of their own (`lines_written`).

*Rules*: hooks are set-based: never a query per change. They write other records through the door too.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

Operation = Literal["create", "update", "delete", "restore"]


@dataclass(slots=True)
class Change:
    """One record being written: `before` are its Python values (None when new), `values` the new ones.

    `version` is the one the change was based on (0: not checked); `index` its place in the caller's
    input; `system` what the store would otherwise fill in (created_at, created_by, updated_at …);
    `custom` and `stored_version` are what the row held. `added` and `removed` amend lists (tags) by what
    the row holds when it is locked. `misread` are complaints about given values that could not be read: the
    change is checked all the same, so that they are told together with what else is wrong, and not written.
    `lines` are changes of its lines, by their object, that a hook wants written with it. `ruled` where the object's
    rules hold for it: not when something is undone, nor where the program writes what it derived itself. `action` is
    what the journal calls it where that is not the operation (`merge`, `undo`); `along` marks lines that go to the
    recycle bin or come back together with their record.
    """

    op: Operation
    id: uuid.UUID
    values: dict[str, Any]
    before: dict[str, Any] | None = None
    version: int = 0
    errors: list[FieldError] = field(default_factory=list)
    index: int = 0
    system: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    stored_version: int = 0
    added: dict[str, list[Any]] = field(default_factory=dict)
    removed: dict[str, list[Any]] = field(default_factory=dict)
    misread: list[FieldError] = field(default_factory=list)
    lines: dict[str, list["Change"]] = field(default_factory=dict)
    ruled: bool = False
    action: str = ""
    along: bool = False

    def value(self, key: str) -> Any:
        """The value the field will have."""
        if key in self.values:
            return self.values[key]
        return self.before.get(key) if self.before else None

    def changes(self, key: str) -> bool:
        """True when the field gets another value."""
        return key in self.values and (self.before is None or self.before.get(key) != self.values[key])

    def settle_errors(self) -> None:
        """Put what could not be read before everything else; of such a field nothing more is said."""
        if self.misread:
            fields = {error.field for error in self.misread}
            self.errors = [*self.misread, *(error for error in self.errors if error.field not in fields)]

    def refuse(self, key: str, code: str, text: Text, **values: object) -> None:
        """Refuse the change because of a field; all refusals are reported together."""
        self.errors.append(FieldError(key, code, text, values))


class RecordHooks:
    """Base of a domain's hooks on one object."""

    object_key: str
    """The object they are for; `*` hooks see every object."""

    comes_last: bool = False
    """Whether they are asked after the others: they look at what those make of the records."""

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Before validation: set derived values, refuse what the firm's rules forbid."""

    def check(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Once all hooks have derived their values: refuse what rules of the firm's own forbid.

        Not called where the object's rules do not hold (`Change.ruled`).
        """

    with_lines: bool = False
    """Whether `prepare_lines` and `lines_written` are to be called: that costs reading the lines."""

    def prepare_lines(
        self, ctx: Ctx, obj: ObjectDef, change: Change, lines: Mapping[str, Sequence[Change]]
    ) -> None:
        """Before a record and its lines are written in one breath: derive values of both from each other.

        `lines` are the changes by sub-table, those of lines that go (`delete`) first; what is changed has `before`.
        Called before `prepare` and before defaults are filled in; not where given values could not be read.
        """

    def lines_written(self, ctx: Ctx, obj: ObjectDef, field: str, ids: Collection[uuid.UUID]) -> None:
        """After lines of the records `ids` (which are locked) were written without them: by list, import, undo."""

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """After rows, journal and index are written, in the same transaction."""

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """False when an update of these fields alone is nothing to them.

        What nobody follows is written to many records in one statement (store/rewriting.py), past the hooks.
        """
        return True


hooks_registry: Registry[RecordHooks] = Registry("record hooks", lambda hooks: type(hooks).__qualname__)


def hooks_for(obj: ObjectDef) -> list[RecordHooks]:
    """The hooks of an object, in order of registration; those that come last after the others."""
    found = [hooks for hooks in hooks_registry if hooks.object_key in (obj.key, "*")]
    return sorted(found, key=lambda hooks: hooks.comes_last)
