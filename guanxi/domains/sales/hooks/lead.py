"""A lead's status: only conversion makes it converted, and a converted lead stays so."""

from collections.abc import Collection, Sequence

from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.text import Text

CONVERTED = "converted"
USE_CONVERT = Text(
    "请用「转化」把线索变成客户，不能直接改状态。",
    "Convert the lead to a customer instead of setting its status.",
)
STAYS_CONVERTED = Text("已转化的线索不能再改状态。", "The status of a converted lead cannot be changed.")


class LeadHooks(RecordHooks):
    """Guards the status; clears the reason of a lead that is taken up again."""

    object_key = "lead"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """The status."""
        return "status" in keys

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse what only conversion may do."""
        by_people = ctx.via in (Via.WEB, Via.API, Via.FLOW)
        for change in changes:
            if change.op not in ("create", "update") or not change.changes("status"):
                continue
            status = change.values["status"]
            if by_people and status == CONVERTED and change.value("converted_at") is None:
                change.refuse("status", "use_convert", USE_CONVERT)
            elif by_people and change.before is not None and change.before.get("converted_at") is not None:
                change.refuse("status", "converted", STAYS_CONVERTED)
            if (
                status != "disqualified"
                and change.before is not None
                and change.before.get("disqualify_reason")
            ):
                change.values.setdefault("disqualify_reason", None)


hooks_registry.register(LeadHooks())
