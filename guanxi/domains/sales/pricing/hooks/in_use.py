"""Products that something is made of, sold in or priced by stay; who no longer sells them switches them off."""

import uuid
from collections.abc import Sequence

from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.text import Text

PRODUCT = "product"
IN_USE = Text(
    "产品还在使用（{places}），不能删除。不再销售的话，请关掉「在售」。",
    "This product is in use ({places}) and cannot be deleted. Switch “On sale” off if it is no longer sold.",
)
ITSELF = Text("套装不能包含自己。", "A bundle is not made of itself.")
_AT_ONCE = 500


class UsedProducts(RecordHooks):
    """Deals, papers, price books, bundles and whatever else links to a product keep it from being deleted."""

    object_key = PRODUCT

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse to delete what is linked to, and say from where."""
        gone = [change for change in changes if change.op == "delete"]
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            places = _places(ctx, [change.id for change in some])
            for change in some:
                if change.id in places:
                    told = Text(
                        "、".join(t.zh for t in places[change.id]), ", ".join(t.en for t in places[change.id])
                    )
                    change.refuse("is_active", "in_use", IN_USE, places=told)


def _places(ctx: Ctx, ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Text]]:
    """Where each of the products is linked to from, whoever may see it, and how often."""
    own = system_ctx(ctx.workspace)
    found: dict[uuid.UUID, list[Text]] = {}
    for obj in get_schema(own).objects.values():
        for link in obj.fields.values():
            # Its own lines go with it.
            if link.target != PRODUCT or not link.in_row or link.key == PARENT:
                continue
            tree = {"field": link.key, "op": "in", "value": [str(i) for i in ids]}
            query = RecordQuery(
                obj.key, tree, group=(Grouping(link.key),), measures=(Measure("count"),), limit=len(ids)
            )
            for row in fetch_groups(own, query, most=len(ids))["data"]:
                count = row["values"]["count"]
                place = Text(f"{obj.label.zh} {count}", f"{obj.label.en}: {count}")
                found.setdefault(uuid.UUID(str(row["keys"][link.key])), []).append(place)
    return found


class PartHooks(RecordHooks):
    """What a bundle is made of."""

    object_key = line_key(PRODUCT, "parts")

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse a bundle within itself."""
        for change in changes:
            part = change.value(PRODUCT)
            if change.op in ("create", "update") and part is not None and part == change.value(PARENT):
                change.refuse(PRODUCT, "itself", ITSELF)


hooks_registry.register(UsedProducts())
hooks_registry.register(PartHooks())
