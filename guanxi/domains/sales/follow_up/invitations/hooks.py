"""What guests of an event are told when it changes, is deleted, or comes back.

*Rules*: set-based until a guest is found: the events of a pass are looked up at once. Another time asks anew;
another subject or place is told, and the answer stands. What is over interests nobody.
"""

from collections.abc import Collection, Sequence

from guanxi.domains.sales.follow_up.invitations.names import names_of
from guanxi.domains.sales.follow_up.invitations.sending import ASK, CANCEL, CHANGE, Happening, send
from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, system_ctx

TIMES = ("start_at", "end_at")
TOLD = frozenset({*TIMES, "subject", "place"})


class GuestHooks(RecordHooks):
    """Keeps the guests of events informed."""

    object_key = "event"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Only what guests are told."""
        return not TOLD.isdisjoint(keys)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Tell the guests of what is still to come, or was."""
        told = {change.id: change for change in changes if _matters(change) and _is_ahead(ctx, change)}
        if not told:
            return
        rows = EventGuest.objects.filter(workspace_id=ctx.workspace.id, event_id__in=list(told))
        guests = list(rows.exclude(state="withdrawn").order_by("id"))
        names = names_of(system_ctx(ctx.workspace), guests)  # whoever changes it: the mail goes to themselves
        for row in guests:
            _tell(ctx, row, told[row.event_id], names.get(row.record_id, ""))
        kept = ["state", "sequence", "answered_at", "proposed_start", "proposed_end"]
        EventGuest.objects.bulk_update(guests, kept)


def _matters(change: Change) -> bool:
    return change.op in ("delete", "restore") or (
        change.op == "update" and any(change.changes(key) for key in TOLD)
    )


def _is_ahead(ctx: Ctx, change: Change) -> bool:
    starts = [change.value("start_at"), (change.before or {}).get("start_at")]
    return any(start is not None and start > ctx.now for start in starts)


def _tell(ctx: Ctx, row: EventGuest, change: Change, name: str) -> None:
    row.sequence += 1
    moved = change.op == "update" and any(change.changes(key) for key in TIMES)
    if moved:
        row.state, row.answered_at = "asked", None
        row.proposed_start = row.proposed_end = None
    values = {key: change.value(key) for key in TOLD}
    telling = {"delete": CANCEL, "update": CHANGE}.get(change.op, ASK)
    send(ctx, row, Happening.of(values, change.id), name=name, telling=telling)


hooks_registry.register(GuestHooks())
