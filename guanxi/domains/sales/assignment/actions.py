"""Verbs on leads: sharing them out by the rules, and taking up what one was given."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.assignment import giving
from guanxi.domains.sales.assignment.models import Assignment
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

OFF = Text(
    "还没有启用线索分配，请先在设置里启用。", "Leads are not shared out yet: switch it on in the settings."
)


class AssignByRules(Action):
    """Share leads out again, by the rules of now."""

    key = "assign_by_rules"
    label = Text("按规则分配", "Assign by rules")
    icon = "shuffle"
    objects = ("lead",)
    verb = "assign"
    bulk = True

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"assigned", "left", "why"}`: open ones go to whom the rules say; `why` is told of a single one."""
        decisions = giving.share_out_stored(ctx, ids)
        if not decisions and not giving.is_on(ctx):
            raise Conflict(OFF, code="assignment_off")
        said = next(iter(decisions.values())).why.in_(ctx.locale) if len(decisions) == 1 else None
        return {"assigned": len(decisions), "left": len(ids) - len(decisions), "why": said}


class AcceptLead(Action):
    """Say that one works on a lead one was given."""

    key = "accept"
    label = Text("接手", "Take it up")
    icon = "hand"
    objects = ("lead",)
    bulk = True

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"accepted"}`: how many of the leads were waiting for the actor."""
        mine = Assignment.objects.filter(
            workspace_id=ctx.workspace.id, lead_id__in=ids, person_id=ctx.actor.user_id,
            accepted_at__isnull=True, ended_at__isnull=True,
        )  # fmt: skip
        return {"accepted": mine.update(accepted_at=ctx.now)}


for _action in (AssignByRules(), AcceptLead()):
    action_registry.register(_action)
