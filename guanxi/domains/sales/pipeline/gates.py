"""What stages ask before a deal may enter or leave them, held at every door.

*How it works*: the write door calls `check` once all hooks have derived their values. Of each deal that changes its
stage it is worked out which entries and which exit it passes (rules.py); their conditions are decided for all deals
together in one statement, by the compiler that filters use. What is missing is said at the fields where it can be
put right, so that whoever asks (the board, a form, an import's list of refused rows) can ask for it in place.

*Rules*: undoing, and what the program writes by itself, is not held (`Change.ruled`). What somebody's roles keep them
from filling in is not asked of them. A gate whose condition no longer compiles lets everything pass: nobody could ever
meet it. See docs/adr/0072.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guanxi.domains.sales.pipeline.rules import Move, Place, may_go_back, move, unticked
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.ruling.deciding import Draft, decide
from guanxi.engine.records.ruling.enforcing import reach_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

NEEDED = Text("进入「{stage}」前要填这一项。", "Needed before it enters “{stage}”.")
NOT_YET = Text("还不符合进入「{stage}」的条件。", "It does not yet meet what “{stage}” asks at the entry.")
NOT_DONE = Text("还不符合离开「{stage}」的条件。", "It does not yet meet what “{stage}” asks at the exit.")
NOT_TICKED = Text("离开「{stage}」前还要完成：{items}", "To be done before it leaves “{stage}”: {items}")
NO_WAY_BACK = Text(
    "「{stage}」里的商机不能退回到更早的阶段。", "A deal in “{stage}” does not go back to an earlier stage."
)
ONE_BACK = Text("「{stage}」里的商机只能退回一个阶段。", "A deal in “{stage}” goes back by one stage only.")


def places_of(obj: ObjectDef) -> dict[str, Place]:
    """The stages of an object by key, in order."""
    return {
        option.value: Place(
            option.value, str(option.meta.get("kind") or "open"), str(option.meta.get("pipeline") or ""), option.guide
        )
        for option in obj.fields["stage"].options
    }  # fmt: skip


def moves_of(obj: ObjectDef, changes: Sequence[Change]) -> list[tuple[Change, Move]]:
    """The changes by which a deal comes to stand in another stage, each with what it passes."""
    entering = [
        c for c in changes if c.op in ("create", "update") and c.changes("stage") and c.value("stage")
    ]
    if not entering:
        return []
    places = places_of(obj)
    order = list(places.values())
    return [
        (change, move(order, places.get((change.before or {}).get("stage") or ""), target))
        for change in entering
        if (target := places.get(change.value("stage"))) is not None
    ]


class StageGates(RecordHooks):
    """Refuses what a stage does not let in or out."""

    object_key = "opportunity"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Another stage only."""
        return "stage" in keys

    def check(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse at the fields that say what is missing."""
        moves = moves_of(obj, changes)
        asked = [(change, found) for change, found in moves if _asks(found)]
        if not asked:
            return
        unmet = _unmet(ctx, obj, asked)
        names = {option.value: option.label for option in obj.fields["stage"].options}
        unasked = _unasked(ctx, obj, asked)
        for change, found in asked:
            if found.is_back and not may_go_back(found) and found.origin is not None:
                text = ONE_BACK if found.origin.guide.get("back") == "previous" else NO_WAY_BACK
                change.refuse("stage", "no_way_back", text, stage=names[found.origin.key])
                continue
            errors = _complaints(obj, change, found, unmet.get(change.id, set()), names, unasked)
            said = {error.field for error in change.errors}
            change.errors += [error for error in errors if error.field not in said]


def _unasked(ctx: Ctx, obj: ObjectDef, moves: Sequence[tuple[Change, Move]]) -> frozenset[str]:
    """The fields that the actor's roles keep them from filling in: they are asked of somebody else."""
    asks = any(place.guide.get("required") for _, found in moves for place in found.entered)
    return reach_of(ctx, obj).unasked if asks else frozenset()


def _asks(found: Move) -> bool:
    """Whether any stage on the way asks for anything at all."""
    of_origin = found.origin.guide if found.origin is not None else {}
    return (
        any(place.guide.get("required") or place.guide.get("entry") for place in found.entered)
        or (found.leaves and bool(of_origin.get("exit") or of_origin.get("checklist")))
        or (found.is_back and bool(of_origin.get("back")))
    )


def _gates(found: Move) -> list[tuple[Place, str]]:
    """The stages and which of their conditions (`entry`, `exit`) the move has to meet."""
    leaving = [(found.origin, "exit")] if found.leaves and found.origin is not None else []
    gates = [*leaving, *((place, "entry") for place in found.entered)]
    return [(place, name) for place, name in gates if place.guide.get(name)]


def _unmet(
    ctx: Ctx, obj: ObjectDef, moves: Sequence[tuple[Change, Move]]
) -> dict[uuid.UUID, set[tuple[str, str]]]:
    """By deal: the gates (stage, which) whose condition it does not meet; one statement for all."""
    gates = {
        (place.key, name): place.guide[name]["filter"] for _, found in moves for place, name in _gates(found)
    }
    if not gates:
        return {}
    keys = {new_id(): gate for gate in gates}
    conditions = {key: {"not": gates[gate]} for key, gate in keys.items()}
    drafts = [
        Draft(c.id, {**(c.before or {}), **c.values}, is_new=c.before is None) for c, found in moves if _gates(found)
    ]  # fmt: skip
    verdicts = decide(ctx, obj, drafts, conditions)
    return {i: {keys[key] for key in verdict.held} for i, verdict in verdicts.items()}


def _complaints(
    obj: ObjectDef,
    change: Change,
    found: Move,
    unmet: set[tuple[str, str]],
    names: Mapping[str, Text],
    unasked: frozenset[str],
) -> list[FieldError]:
    """What is missing, one complaint a field: the first that asks for it says so."""
    errors: dict[str, FieldError] = {}
    if found.leaves and found.origin is not None:
        left = unticked(found.origin, change.value("checklist"))
        if left:
            values = {"stage": names[found.origin.key], "items": _listed(left)}
            errors["checklist"] = FieldError("checklist", "checklist", NOT_TICKED, values)
    for place in found.entered:
        for key in place.guide.get("required", ()):
            f = obj.fields.get(key)
            if (
                f is None
                or f.hidden
                or f.deprecated
                or f.computed is not None
                or key in errors.keys() | unasked
            ):
                continue
            if change.value(key) in (None, "", []):
                errors[key] = FieldError(key, "required", NEEDED, {"stage": names[place.key]})
    for place, name in _gates(found):
        if (place.key, name) in unmet:
            gate = place.guide[name]
            text = (
                Text.of(gate["message"]) if gate.get("message") else NOT_YET if name == "entry" else NOT_DONE
            )
            values = {} if gate.get("message") else {"stage": names[place.key]}
            for key in _where(obj, gate["filter"]):
                errors.setdefault(key, FieldError(key, "gate", text, values))
    return list(errors.values())


def _where(obj: ObjectDef, tree: Any) -> list[str]:
    """The fields of the deal itself that a condition looks at and people fill in; the stage where there is none."""
    found = []
    for path in paths_in(tree):
        f = obj.fields.get(path)
        if f is not None and not (
            f.readonly or f.system or f.type.always_readonly or f.computed or f.key == "stage"
        ):
            found.append(path)
    return list(dict.fromkeys(found)) or ["stage"]


def _listed(items: Sequence[Mapping[str, Any]]) -> Text:
    texts = [Text.of(item["name"]) for item in items]
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


hooks_registry.register(StageGates())
