"""What upper floors have to say when a field is declared or changed, whatever door it came through.

*How it works*: a package registers a `SchemaWatcher` at import. `saved` tells each of them, in the
transaction of the change and at its new schema version; a watcher refuses by raising (nothing is kept
then) or enqueues what must follow.

*Rules*: a watcher that changes the declaration gives back the context at the version after.
"""

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry


class SchemaWatcher:
    """One package's interest in declarations."""

    def field_saved(self, ctx: Ctx, obj: ObjectDef, field: FieldDef, before: FieldDef | None) -> Ctx:
        """A field was made (`before` None) or changed; both as they are settled. Gives the context to go on with."""
        return ctx


watchers: Registry[SchemaWatcher] = Registry("schema watcher", lambda watcher: type(watcher).__qualname__)


def saved(ctx: Ctx, object_key: str, key: str, before: FieldDef | None = None) -> Ctx:
    """Tell the watchers of a field, at the new version; gives the context to go on with."""
    for watcher in watchers:
        obj = get_schema(ctx).objects[object_key]
        ctx = watcher.field_saved(ctx, obj, obj.fields[key], before)
    return ctx
