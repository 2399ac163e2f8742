"""Keeping by law: what must stay when a person goes, in storage alone, without the person.

*How it works*: a rule says for an object how many years and on what ground. An erasure moves such records into
the recycle bin, where no list, search or figure reaches them, takes the person out of them, and notes until
when they stay. Until then they are neither purged nor restored; afterwards the recycle bin lets them go.

*See*: 《个人信息保护法》 art. 47 (storage and security measures only, while a legal period lasts); 《电子商务法》 art. 31
(three years for orders); 《会计档案管理办法》 (ten or thirty years for vouchers).
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guanxi.engine.records.holds import HoldCheck, hold_checks
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects.finding import as_program
from guanxi.engine.subjects.models import KeepRule, KeptRecord
from guanxi.engine.subjects.reading import text_in
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

MOST_YEARS = 50
BAD_YEARS = Text("应是 1 到 {max} 的整数。", "A whole number from 1 to {max}.")
LOCKED = Text(
    "这条记录依法封存，只保存、不使用，期满前不能恢复。",
    "This record is kept in storage by law and cannot be restored before its time is over.",
)


def list_rules(ctx: Ctx) -> list[dict[str, Any]]:
    """The rules, by object."""
    rows = KeepRule.objects.filter(workspace_id=ctx.workspace.id).order_by("object_key")
    return [{"object": row.object_key, "years": row.years, "ground": row.ground} for row in rows]


def save_rule(ctx: Ctx, object_key: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Set the rule of an object (`years`, `ground`; years null: none); raises Invalid, NotFound."""
    obj = get_schema(as_program(ctx)).find(object_key)
    if obj is None or not obj.record or obj.line_of is not None:
        raise NotFound
    years = body.get("years")
    rows = KeepRule.objects.filter(workspace_id=ctx.workspace.id, object_key=object_key)
    before = {row.object_key: [row.years, row.ground] for row in rows}
    if years is None:
        rows.delete()
        after: dict[str, Any] = {}
    else:
        if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= MOST_YEARS:
            raise invalid("years", "out_of_range", BAD_YEARS, max=MOST_YEARS)
        ground = text_in(body, "ground", most=300, required=True)
        KeepRule.objects.update_or_create(
            workspace_id=ctx.workspace.id, object_key=object_key, defaults={"years": years, "ground": ground}
        )
        after = {object_key: [years, ground]}
    record_change(ctx, "settings.changed", before, after, area="privacy")
    return list_rules(ctx)


class KeptHooks(RecordHooks):
    """Refuses to bring a kept record back."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """No update at all."""
        return False

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Only restoring is looked at."""
        restored = [change for change in changes if change.op == "restore"]
        if not restored:
            return
        kept = set(
            KeptRecord.objects.filter(
                workspace_id=ctx.workspace.id, record_id__in=[change.id for change in restored]
            ).values_list("record_id", flat=True)
        )
        for change in restored:
            if change.id in kept:
                change.refuse("id", "kept_by_law", LOCKED)


def _kept(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
    rows = KeptRecord.objects.filter(workspace_id=ctx.workspace.id, record_id__in=ids, until__gt=ctx.now)
    return rows.values_list("record_id", flat=True)


hooks_registry.register(KeptHooks())
hold_checks.register(HoldCheck("subjects.kept_by_law", _kept))
