"""Which layout a screen uses for a record, and what rules hide and lock on it: one statement."""

import uuid
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.access.loading import known_roles
from guanxi.engine.records.ruling.choosing import (
    KINDS,
    candidates,
    conditions_of,
    first_fitting,
    shown_layout,
)
from guanxi.engine.records.ruling.deciding import Draft, decide, decide_stored
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.schema.form_rules import states_of
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

BAD_KIND = Text("布局分 form（表单）和 page（页面）两种。", "A layout is of a form or of a page.")
BAD_ROLE = Text("没有这个角色。", "There is no such role.")


def layout_for(
    ctx: Ctx, object_key: str, kind: str, *, record: uuid.UUID | None = None, role: str | None = None
) -> dict[str, Any]:
    """The layout of `kind` for a record (None: a new one), and what rules hide and lock there.

    Raises NotFound, Invalid, Forbidden.

    `role` asks for another role's: administrators only.
    """
    obj = rights.get_object(ctx, object_key)
    if kind not in KINDS:
        raise invalid("kind", "wrong_type", BAD_KIND)
    if role is not None:
        require_admin(ctx, "rules")
        if role not in known_roles(ctx):
            raise invalid("role", "wrong_type", BAD_ROLE)
    layouts = candidates(ctx, obj, kind, role=role)
    asked = conditions_of(layouts)
    if record is None:
        blank = Draft(new_id(), {}, is_new=True)
        held = decide(ctx, obj, [blank], asked)[blank.id].held
        return {**shown_layout(ctx, obj, kind, first_fitting(layouts, held)), "hidden": [], "locked": []}
    rules = {rule.id: rule.condition for rule in obj.field_rules}
    stored = decide_stored(ctx, obj, [record], asked | rules)
    if record not in stored:
        raise NotFound
    held = stored[record]
    readable = rights.readable(ctx, obj)
    states = {key: s for key, s in states_of(obj.field_rules, held, _nothing).items() if key in readable}
    return {
        **shown_layout(ctx, obj, kind, first_fitting(layouts, held)),
        "hidden": sorted(key for key, state in states.items() if not state.visible),
        "locked": sorted(key for key, state in states.items() if state.readonly),
    }


def _nothing(key: str) -> None:
    """Options by another field's value are the form's business: no value is asked for."""
