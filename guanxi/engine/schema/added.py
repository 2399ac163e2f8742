"""Fields that packages above give to objects: computed from what they keep themselves, stored in no record.

*How it works*: a package registers a `FieldSource`. When a workspace's schema is built, every object of its own pages
that the source is for (by its key, or by having a field of a type that suits) gets the source's fields; an administrator
changes them like standard ones. Whatever the fields are made of raises the schema's version when it changes (`changes.bumped`).

*Rules*: the fields are computed (`FieldDef.computed`) and read-only. A key that an object has already stays its own.

*See*: engine/privacy/fields.py, domains/insight/customers/fields.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import FieldType
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Who adds fields: to objects with a field of a type that `suits`, or to `objects`; `fields` makes those of a workspace."""

    key: str
    suits: Callable[[FieldType], bool]
    fields: Callable[[WorkspaceInfo], Sequence[FieldDef]]
    objects: frozenset[str] = frozenset()

    def is_for(self, key: str, types: Iterable[FieldType]) -> bool:
        """Whether an object with fields of `types` gets its fields."""
        return key in self.objects if self.objects else any(map(self.suits, types))


def no_type(kind: FieldType) -> bool:
    """What a source suits that names its objects."""
    return False


field_sources: Registry[FieldSource] = Registry("field source", lambda source: source.key)
Added = Sequence[tuple[FieldSource, Sequence[FieldDef]]]


def added_in(workspace: WorkspaceInfo) -> Added:
    """What each source adds in a workspace, asked once a schema."""
    return [(source, source.fields(workspace)) for source in field_sources]


def with_added(
    key: str, fields: Mapping[str, FieldDef], types: Iterable[FieldType], added: Added
) -> dict[str, FieldDef]:
    """The fields of the object `key` that has fields of `types`, with those that are added to it."""
    known = list(types)
    more = {f.key: f for source, given in added if source.is_for(key, known) for f in given}
    return {**fields, **{key: f for key, f in more.items() if key not in fields}}
