"""Ways to records that a floor above knows of: pools, territories, whatever lends sight by its own rules.

*How it works*: a `WaySource` reads what it needs of a workspace once per version of the rights (loading.py
keeps it) and makes of it, for one actor and alias, the `Way`s that ways.py adds to its own.

*Rules*: `read` is one statement; `ways` asks the database nothing. Whoever changes what was read raises the
version (`sharing.raise_version`). A source is asked in every statement over its objects: give no way where
there is none.
"""

import uuid
from typing import TYPE_CHECKING, Any

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry

if TYPE_CHECKING:
    from guanxi.engine.access.ways import Way


class WaySource:
    """Base of what brings further ways to records."""

    key: str
    always: bool = False
    """True where the rows themselves say whom they lead in: asked in a workspace that never set anything up, too."""

    def read(self, workspace_id: uuid.UUID) -> Any:
        """What the workspace has said; kept until its rights change."""
        raise NotImplementedError

    def ways(self, ctx: Ctx, obj: ObjectDef, alias: str, known: Any, *, edits: bool) -> "list[Way]":
        """The ways of the actor to records of `obj`; with `edits`, those by which they may change them."""
        raise NotImplementedError


way_source_registry: Registry[WaySource] = Registry("way source", lambda source: source.key)
