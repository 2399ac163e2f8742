"""What a package that changes records in its own way adds to "my changes": a title, and its say in undoing.

*How it works*: an import is a change set like any other, whose id is the job's; transfer registers a
source that knows its file's name, refuses to undo it while it runs, and notes on the job that it was undone.

*See*: engine/changes, which asks every source.
"""

import uuid
from collections.abc import Collection, Mapping

from guanxi.engine.records.store.batches import Undone
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry


class ChangeSource:
    """Base of a source; every method is asked of ids that may not be the source's own."""

    key: str

    def titles(self, ctx: Ctx, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
        """What its own of these change sets are called."""
        return {}

    def before_undo(self, ctx: Ctx, change_set_id: uuid.UUID) -> None:
        """Raise Conflict where the change set cannot be undone now."""

    def after_undo(self, ctx: Ctx, change_set_id: uuid.UUID, undone: Undone) -> None:
        """Note that it was undone."""


change_source_registry: Registry[ChangeSource] = Registry("change source", lambda source: source.key)
