"""State machines of papers, declared as data: each move is an action, hence a button, an endpoint and a flow step.

*How it works*: a `Machine` names an object's states and `Move`s; `register` makes an `Action` of every move and the
hooks that keep a locked paper as it is. A move locks the record's row first, so that of two at once the second sees
the state that the first has left and is refused; then its guards say what stands in the way, all at once.

*Rules*: the field of the state is read-only for everybody else. In a locked state neither `guarded` fields nor lines
change; take the paper back (a move) or make a new version instead.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.writing import bulk_write, refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, Option
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.errors import Conflict, FieldError, Invalid
from guanxi.kit.text import Text

WRONG_STATE = Text("「{state}」的单据不能{move}。", "{move}: not possible while it is “{state}”.")
LOCKED = Text(
    "「{state}」的单据不能改金额和明细，请先收回，或做一个新版本。",
    "Money and items cannot change while it is “{state}”. Take it back first, or make a new version.",
)
Guard = Callable[[Ctx, ObjectDef, Change], list[Reason]]
Stamp = Callable[[Ctx, ObjectDef, Change, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some states to another. `guard` says what stands in the way, `stamp` what else is written."""

    key: str
    label: Text
    start: tuple[str, ...]
    to: str
    icon: str = "zap"
    danger: bool = False
    comment: str = ""
    """`optional` or `required` where it takes a comment."""
    guard: Guard | None = None
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of an object's field, the moves between them, and what is locked in which."""

    object: str
    states: tuple[Option, ...]
    first: str
    moves: tuple[Move, ...]
    locked: frozenset[str]
    guarded: frozenset[str]
    field: str = "status"
    items: str = "items"
    kept: frozenset[str] = frozenset()
    """Read-only fields of lines that the program keeps in every state, such as what was delivered."""

    def label(self, state: str | None, locale: str) -> str:
        """What a state is called."""
        found = next((option for option in self.states if option.value == state), None)
        return found.label.in_(locale) if found else str(state or "—")

    def register(self) -> None:
        """Make the moves actions, and lock what is locked."""
        for move in self.moves:
            action_registry.register(_action(self, move))
        hooks_registry.register(_hooks(self))
        hooks_registry.register(_line_hooks(self))


class MoveAction(Action):
    """A move as an action; made by `Machine.register`."""

    machine: Machine
    move: Move

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """A comment, where the move takes one."""
        if not self.move.comment:
            return ()
        needed = self.move.comment == "required"
        return (field("comment", "text", Text("说明", "Comment"), required=needed, config={"max": 500}),)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"status": the new state}`; raises Conflict in a state that it does not start from, Invalid with reasons."""
        machine, move = self.machine, self.move
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, machine, held, move.start, move.label)
        reasons = move.guard(ctx, obj, held) if move.guard else []
        if reasons:
            errors = [FieldError(machine.field, r.code, r.text, r.values) for r in reasons]
            raise Invalid(errors=errors)
        values = {machine.field: move.to} | (move.stamp(ctx, obj, held, data) if move.stamp else {})
        bulk_write(ctx, obj.key, [Change("update", ids[0], values)], partial=False, trusted=True, ruled=True)
        return {"status": move.to}


def locked_row(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> Change:
    """The record with its values (`before`), locked until the transaction ends; raises what the write door would."""
    held = Change("update", record_id, {})
    Keeper(ctx, obj).lock([held], whatever=True)
    lock_rows(ctx, obj, [held], deleted=False, trusted=False)
    if held.errors:
        raise refusal({0: held.errors}, single=True)
    return held


def check_state(ctx: Ctx, machine: Machine, held: Change, start: Sequence[str], what: Text) -> None:
    """Raise Conflict unless the record is in one of the states."""
    state = held.value(machine.field) or machine.first
    if state not in start:
        raise Conflict(
            WRONG_STATE, code="wrong_state", extra={"state": state}, state=machine.label(state, ctx.locale),
            move=what.in_(ctx.locale),
        )  # fmt: skip


def _action(machine: Machine, move: Move) -> Action:
    details = {"key": f"{move.key}_{machine.object}", "label": move.label, "icon": move.icon, "danger": move.danger,
               "objects": (machine.object,), "machine": machine, "move": move, "when": (machine.field, move.start),
               "__doc__": MoveAction.__doc__}  # fmt: skip
    made: Action = type(f"{move.key.title()}{machine.object.title()}", (MoveAction,), details)()
    return made


class LockingHooks(RecordHooks):
    """Keeps money and lines of a locked paper; made by `Machine.register`."""

    machine: Machine
    with_lines = True

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse what a locked paper does not let change."""
        for change in changes:
            state = (change.before or {}).get(self.machine.field)
            if (
                change.op != "update"
                or state not in self.machine.locked
                or change.changes(self.machine.field)
            ):
                continue  # a move writes what belongs to it
            for key in sorted(self.machine.guarded):
                if change.changes(key) and not _is_merged(obj, change, key):
                    self._refuse(ctx, change, key, state)

    def prepare_lines(
        self, ctx: Ctx, obj: ObjectDef, change: Change, lines: Mapping[str, Sequence[Change]]
    ) -> None:
        """Refuse other lines than there are."""
        state = (change.before or {}).get(self.machine.field)
        if state in self.machine.locked and any(map(_alters, lines.get(self.machine.items, ()))):
            self._refuse(ctx, change, self.machine.items, state)

    def _refuse(self, ctx: Ctx, change: Change, key: str, state: Any) -> None:
        change.refuse(key, "locked", LOCKED, state=self.machine.label(state, ctx.locale))


class LineLockingHooks(RecordHooks):
    """Keeps the lines of locked papers from being written by doors of their own."""

    machine: Machine

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse to write lines of a locked paper."""
        changes = [c for c in changes if not c.along and not self._is_kept(c)]
        papers = {i for c in changes for i in (c.value(PARENT), (c.before or {}).get(PARENT)) if i}
        if not papers:
            return
        system, name = replace(ctx, actor=SYSTEM), self.machine.field
        found = get_records(system, self.machine.object, sorted(papers), fields=[name])
        states = {uuid.UUID(r["id"]): r[name] for r in found}
        for change in changes:
            for paper in {change.value(PARENT), (change.before or {}).get(PARENT)}:
                state = states.get(paper)
                if state in self.machine.locked:
                    change.refuse(PARENT, "locked", LOCKED, state=self.machine.label(state, ctx.locale))

    def _is_kept(self, change: Change) -> bool:
        return change.op == "update" and self.machine.kept.issuperset(change.values)


def _is_merged(obj: ObjectDef, change: Change, key: str) -> bool:
    """Whether what it links to has become one with another, or has been taken apart again."""
    return change.action in ("merge", "unmerge") and obj.fields[key].type.is_record_link


def _hooks(machine: Machine) -> RecordHooks:
    details = {"object_key": machine.object, "machine": machine, "__doc__": LockingHooks.__doc__}
    made: RecordHooks = type(f"{machine.object.title()}Locking", (LockingHooks,), details)()
    return made


def _line_hooks(machine: Machine) -> RecordHooks:
    key = line_key(machine.object, machine.items)
    details = {"object_key": key, "machine": machine, "__doc__": LineLockingHooks.__doc__}
    made: RecordHooks = type(f"{machine.object.title()}LineLocking", (LineLockingHooks,), details)()
    return made


def _alters(line: Change) -> bool:
    return line.op != "update" or any(line.changes(key) for key in line.values if key != POSITION)


def may_decide(ctx: Ctx, obj: ObjectDef) -> bool:
    """Whether the actor looks after the work of others on this object, as managers and administrators do."""
    return rights.keeps_ownerless(ctx, obj)
