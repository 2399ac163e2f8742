"""The actions every object has: take out of the recycle bin, and merge."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from guanxi.engine.records import store
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

NOT_IDS = Text("这里需要一组记录的 id。", "A list of record ids is needed here.")


class RestoreRecord(Action):
    """Out of the recycle bin."""

    key = "restore"
    label = Text("恢复", "Restore")
    icon = "rotate-ccw"
    verb = "delete"
    bulk = True
    deleted = True

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"restored": n}`."""
        return {"restored": store.bulk_restore(ctx, obj.key, ids).restored}


class MergeRecords(Action):
    """Several records into one."""

    key = "merge"
    label = Text("合并", "Merge")
    icon = "merge"
    verb = "merge"
    danger = True
    raw_input: ClassVar[bool] = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """The others, and the values to keep."""
        return (
            field(
                "others", "links", Text("要并入的记录", "Records to merge in"), target=obj.key, required=True
            ),
            field("values", "json", Text("保留的值", "Values to keep")),
        )

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The surviving record."""
        others = (
            [parse_id(i) for i in data.get("others") or ()]
            if isinstance(data.get("others"), list)
            else [None]
        )
        values = data.get("values") or {}
        if None in others or not isinstance(values, Mapping):
            raise invalid("others", "wrong_type", NOT_IDS)
        return store.merge(ctx, obj.key, ids[0], [i for i in others if i], values)


action_registry.register(RestoreRecord())
action_registry.register(MergeRecords())
