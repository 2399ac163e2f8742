"""The seam through which every floor says what happened, for the audit.

*How it works*: whoever does something worth knowing calls `record(ctx, kind, …)` in the transaction that does
it: both are committed or neither. What happens to a person outside any workspace (sign-in) goes through
`record_person`, what was refused and is rolled back through `record_later`, and records that were read are
counted by `count_read`. Where it goes is up to the recorder that `engine.audit` puts in; it stands above
the floors that call this, so it is not imported.

*Rules*: changes of records are in the journal already: never record them here. `detail` holds what was before
and after and no secret. Kinds are those of engine/audit/kinds.py.

*See*: engine/audit/recorder.py, docs/adr/0054-audit-and-seal.md.
"""

import threading
import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from guanxi.engine.tenancy.context import Ctx, Origin
from guanxi.engine.tenancy.telling import tell_standing

# After these somebody may no longer be let in: open streams are looked at again.
_OF_STANDING = frozenset(
    {"token.revoked", "member.changed", "role.changed", "workspace.changed", "signin.out"}
)


class Recorder(Protocol):
    """What the audit offers to the floors below it."""

    def record(
        self,
        ctx: Ctx,
        kind: str,
        *,
        object_key: str,
        record_id: uuid.UUID | None,
        count: int,
        detail: Mapping[str, Any],
    ) -> None:
        """Write one entry in the caller's transaction."""

    def record_later(self, ctx: Ctx, kind: str, detail: Mapping[str, Any]) -> None:
        """Write one entry in a transaction of its own, after the caller's was rolled back."""

    def record_person(
        self, user_id: uuid.UUID | None, kind: str, origin: Origin, detail: Mapping[str, Any]
    ) -> None:
        """Write one entry in each workspace of a person; in the installation's own for nobody known."""

    def count_read(self, ctx: Ctx, object_key: str, count: int) -> None:
        """Count records that were shown."""

    def count_call(self, ctx: Ctx) -> None:
        """Count a call that only reads."""


class _Seam:
    recorder: Recorder | None = None


class _Written(threading.local):
    """What this thread's request has done so far: whether it changed records, what it refused."""

    journal = False
    refused: tuple[tuple[Ctx, str, dict[str, Any]], ...] = ()


_seam = _Seam()
written = _Written()


def use(recorder: Recorder | None) -> Recorder | None:
    """Put a recorder in; gives the one before."""
    before, _seam.recorder = _seam.recorder, recorder
    return before


def record(
    ctx: Ctx,
    kind: str,
    *,
    object_key: str = "",
    record_id: uuid.UUID | None = None,
    count: int = 1,
    **detail: Any,
) -> None:
    """Note that the actor did something of `kind`; `detail` is what is worth knowing of it."""
    if _seam.recorder is not None:
        _seam.recorder.record(
            ctx, kind, object_key=object_key, record_id=record_id, count=count, detail=detail
        )
    if kind in _OF_STANDING:
        tell_standing(workspace=ctx.workspace.id)


def record_change(
    ctx: Ctx,
    kind: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    record_id: uuid.UUID | None = None,
    **detail: Any,
) -> None:
    """Note a change of something that is no record: what differs, `{name: [before, after]}`; nothing for none."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if names:
        changes = {name: [before.get(name), after.get(name)] for name in names}
        record(ctx, kind, record_id=record_id, changes=changes, **detail)


def record_later(ctx: Ctx, kind: str, **detail: Any) -> None:
    """Note what was refused: call it when the refused transaction is over."""
    if _seam.recorder is not None:
        _seam.recorder.record_later(ctx, kind, detail)


def record_refusal(ctx: Ctx, kind: str, **detail: Any) -> None:
    """Note why a request is refused, from within it: told once its transaction has been rolled back."""
    written.refused = (*written.refused, (ctx, kind, detail))


def tell_refusals() -> None:
    """Write down what `record_refusal` noted in this thread."""
    noted, written.refused = written.refused, ()
    for ctx, kind, detail in noted:
        record_later(ctx, kind, **detail)


def record_person(user_id: uuid.UUID | None, kind: str, origin: Origin, **detail: Any) -> None:
    """Note what happened to a person (None: nobody we know) outside any workspace."""
    if _seam.recorder is not None:
        _seam.recorder.record_person(user_id, kind, origin, detail)
    if user_id is not None and kind in _OF_STANDING:
        tell_standing(user=user_id)


def count_read(ctx: Ctx, object_key: str, count: int) -> None:
    """Count records that a request was shown (jobs tell what they do by themselves); cheap, written down later."""
    if _seam.recorder is not None and count and ctx.origin.operation:
        _seam.recorder.count_read(ctx, object_key, count)


def count_call(ctx: Ctx) -> None:
    """Count a call of a token that only reads."""
    if _seam.recorder is not None:
        _seam.recorder.count_call(ctx)
