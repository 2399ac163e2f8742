"""Looking at a rollup that has just been declared: does it compile, whom does it depend on; then filling it.

*Rules*: what depends on who looks ("me", my team) has no single figure and is refused.
"""

import uuid
from dataclasses import replace

from guanxi.engine.records.indexing import request_indexes
from guanxi.engine.records.rollups.aggregates import groups_of, shape
from guanxi.engine.records.rollups.building import request_filling
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.watching import SchemaWatcher, watchers
from guanxi.engine.tenancy.context import Actor, Ctx, Role
from guanxi.kit.errors import Invalid, invalid
from guanxi.kit.text import Text

DEPENDS_ON_PERSON = Text(
    "汇总对所有人是同一个数，条件里不能用「我」「我的部门」。",
    "A rollup is one figure for everybody: its filter cannot say “me” or “my team”.",
)


class RollupWatcher(SchemaWatcher):
    """Checks and fills rollups as they are declared."""

    def field_saved(self, ctx: Ctx, obj: ObjectDef, field: FieldDef, before: FieldDef | None) -> Ctx:
        """Raise Invalid for a filter that does not compile; fill a rollup that is new or defined anew."""
        if field.rollup is None or (
            before is not None and before.rollup == field.rollup and before.type is field.type
        ):
            return ctx
        group = next(g for g in groups_of(get_schema(ctx), obj) if field.key in g.keys)
        try:
            one, other = (
                shape(replace(ctx, actor=_somebody()), group, field, as_actor=True) for _ in range(2)
            )
        except Invalid as complaint:
            raise Invalid(errors=[error.at("config") for error in complaint.errors]) from None
        if one != other:
            raise invalid("config.filter", "depends_on_person", DEPENDS_ON_PERSON)
        request_indexes(ctx)
        return request_filling(ctx, obj, field)


def _somebody() -> Actor:
    """A person whom nothing else refers to."""
    one, team = uuid.uuid4(), uuid.uuid4()
    people = frozenset({one})
    return Actor(user_id=one, name="", role=Role.ADMIN, team_id=team, subtree_team_ids=frozenset({team}),
                 team_user_ids=people, subtree_user_ids=people)  # fmt: skip


watchers.register(RollupWatcher())
