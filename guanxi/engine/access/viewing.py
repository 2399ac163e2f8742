"""Seeing the product as somebody else sees it, or as a set of roles would: read only, for half an hour.

*How it works*: the session of whoever looks (never a token) remembers as whom, and until when. The gate of
the API (web/authentication.py) asks `seen_as` on every request and puts the other's rights in the context's
place; what is seen is therefore what every door shows them. Who really looks stays in `Origin.viewer`: the
audit names both. A set of roles is seen as oneself with these roles: own records are one's own.

*Rules*: nobody sees more by it than they see themselves (`covers`): whoever is to be seen as must not see a
record, a field or a part of the settings that the one who looks does not. Asked anew on every request. All
that writes is refused, and so is what has been taken out before (downloads of exports) and what is personal
to the account (sign-ins).

*See*: docs/adr/0057-leaving-and-looking-through-others-eyes.md.
"""

import re
import uuid
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.access.builtin import BUILTIN
from guanxi.engine.access.granting import grant
from guanxi.engine.access.loading import known_roles, merged
from guanxi.engine.access.models import RoleRow
from guanxi.engine.access.rules import FieldRight, Scope
from guanxi.engine.identity.actors import find_standing
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Actor, Ctx, Role
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

SESSION = "guanxi_viewing"
LASTS = timedelta(minutes=30)
MAX_ROLES = 20
ENDING = "/api/v1/view-as"
_KEPT_BACK = re.compile(
    r"/api/v1/(exports/[^/]+/download|imports/[^/]+/errors\.xlsx|jobs/[^/]+/refused\.csv|audit/export|me/sign-ins)\Z"
)
READ_ONLY = Text(
    "你正在以「{name}」的身份查看，只能看，不能改。结束查看以后再做。",
    "You are looking as {name}: nothing can be changed. End it first.",
)
KEPT_BACK = Text(
    "以「{name}」的身份查看时，不能下载文件导出和账号信息。",
    "While you are looking as {name}, exports and what belongs to their account stay with them.",
)
OVER = Text("以他人身份查看已经结束。", "Looking as somebody else is over.")
MORE = Text(
    "{name} 看得到的比你多（{what}），不能以这个身份查看。",
    "{name} sees more than you ({what}), so you cannot look as them.",
)
ONLY_SESSIONS = Text("令牌不能以他人身份查看。", "A token cannot look as somebody else.")
ONESELF = Text("这就是你自己。", "That is yourself.")
ONE = Text("请给出一个人，或者一组角色。", "Give a person, or roles.")
NO_ROLE = Text("没有「{role}」这个角色。", "There is no role “{role}”.")
NOT_VIEWING = Text("你没有在以他人身份查看。", "You are not looking as somebody else.")


class ViewingOver(Forbidden):
    """The time is up, or they may not be looked at any more: the session has forgotten it."""

    code = "viewing_over"
    text = OVER
    ctx: Ctx
    seen: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """As whom one looks: their rights, what they are called, and until when."""

    actor: Actor
    name: str
    user_id: uuid.UUID | None
    roles: tuple[str, ...]
    until: datetime

    def as_json(self) -> dict[str, Any]:
        """As `/me` tells it."""
        user = str(self.user_id) if self.user_id else None
        return {"name": self.name, "user": user, "roles": list(self.roles), "until": self.until}


def begin(
    ctx: Ctx, session: MutableMapping[str, Any], *, user: uuid.UUID | None, roles: Sequence[str]
) -> Seen:
    """Look as a person or as roles from now on; raises Forbidden, NotFound, Invalid."""
    require_viewing(ctx)
    if (user is None) == (not roles):
        raise invalid("user", "required", ONE)
    if user is not None and user == ctx.actor.user_id:
        raise invalid("user", "own_view", ONESELF)
    until = ctx.now + LASTS
    seen = _seen(ctx, user, roles, until, _name_of_roles(ctx, roles))
    if seen is None:
        raise NotFound
    covers(ctx, seen)
    session[SESSION] = {
        "viewer": str(ctx.actor.user_id), "workspace": str(ctx.workspace.id), "user": str(user) if user else None,
        "roles": list(roles), "until": until.isoformat(), "name": seen.name,
    }  # fmt: skip
    record(ctx, "view_as.begun", record_id=user, name=seen.name, roles=list(roles), until=until)
    return seen


def end(ctx: Ctx, session: MutableMapping[str, Any]) -> None:
    """See with one's own eyes again; raises NotFound when one does."""
    kept = session.pop(SESSION, None)
    if kept is None or ctx.origin.viewer is None:
        raise NotFound(NOT_VIEWING, code="not_viewing")
    record(ctx, "view_as.ended", record_id=ctx.origin.viewed, name=kept["name"], reason="ended")


def seen_as(ctx: Ctx, session: MutableMapping[str, Any]) -> Seen | None:
    """As whom the caller looks (`ctx` is their own); raises ViewingOver once when that is over."""
    kept = session.get(SESSION)
    if kept is None:
        return None
    until, user = moment(kept["until"]), parse_id(kept["user"]) if kept["user"] else None
    own = (kept["viewer"], kept["workspace"]) == (str(ctx.actor.user_id), str(ctx.workspace.id))
    reason = "time" if until is None or until <= ctx.now else "" if own else "elsewhere"
    seen = None if reason or until is None else _seen(ctx, user, kept["roles"], until, kept["name"])
    if seen is not None:
        try:
            require_viewing(ctx)
            covers(ctx, seen)
        except Forbidden:
            seen, reason = None, "rights"
    if seen is None:
        del session[SESSION]
        over = ViewingOver()
        over.ctx, over.seen = ctx, {"name": kept["name"], "person": kept["user"], "reason": reason or "gone"}
        raise over
    return seen


def check_request(seen: Seen, method: str, path: str, *, reads: bool) -> None:
    """Raise Forbidden for all that is not looking."""
    if not reads and (method, path.rstrip("/")) != ("DELETE", ENDING):
        raise Forbidden(READ_ONLY, code="viewing_as", name=seen.name)
    if _KEPT_BACK.match(path):
        raise Forbidden(KEPT_BACK, code="viewing_as", name=seen.name)


def is_viewing(session: MutableMapping[str, Any], now: datetime) -> bool:
    """True when a session looks as somebody else."""
    kept = session.get(SESSION)
    until = moment(kept["until"]) if kept else None
    return until is not None and until > now


def require_viewing(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor looks after people or security."""
    if not (ctx.actor.manages("members") or ctx.actor.manages("security")):
        raise Forbidden
    if ctx.origin.token_id is not None or ctx.actor.user_id is None:
        raise Forbidden(ONLY_SESSIONS, code="no_token")


def covers(ctx: Ctx, seen: Seen) -> None:
    """Raise Forbidden when `seen` sees something that the actor does not."""
    areas = (seen.actor.areas or frozenset()) - (ctx.actor.areas or frozenset())
    if areas:
        raise _more(ctx, seen, Text("设置分区", "parts of the settings"))
    theirs, mine = merged(replace(ctx, actor=seen.actor)), merged(ctx)
    for obj in get_schema(ctx).objects.values():
        if not obj.record or not obj.listed:
            continue
        kind = rights.kind_of(obj)
        for verb in ("see", "export"):
            reach, own = theirs.cell(kind, verb).scope, mine.cell(kind, verb).scope
            # Their own records are not mine: only who sees all sees theirs. Roles are tried on by oneself.
            enough = own is Scope.ALL or not reach or (seen.user_id is None and own >= reach)
            if not enough:
                raise _more(ctx, seen, obj.label_plural)
        if not mine.says_of_fields or not theirs.cell(kind, "see").scope:
            continue
        for key, field in obj.fields.items():
            right = min(theirs.field_right(kind, key)[0], FieldRight.READ)
            if key not in rights.ALWAYS and mine.field_right(kind, key)[0] < right:
                raise _more(ctx, seen, field.label)


def _more(ctx: Ctx, seen: Seen, what: Text) -> Forbidden:
    return Forbidden(MORE, code="sees_more", name=seen.name, what=what.in_(ctx.locale))


def _name_of_roles(ctx: Ctx, roles: Sequence[str]) -> str:
    rows = RoleRow.objects.filter(workspace_id=ctx.workspace.id, key__in=list(roles)) if roles else ()
    names = {row.key: Text.of(row.name) for row in rows}
    said = [names.get(key) or (BUILTIN[key].name if key in BUILTIN else Text(key, key)) for key in roles]
    return " + ".join(name.in_(ctx.locale) for name in said)


def _seen(
    ctx: Ctx, user: uuid.UUID | None, roles: Sequence[str], until: datetime, called: str
) -> Seen | None:
    if user is not None:
        standing = find_standing(ctx.workspace.id, user)
        if standing is None:
            return None
        return Seen(replace(standing.actor, can_write=False), standing.actor.name, user, (), until)
    known = known_roles(ctx)
    keys = list(dict.fromkeys(roles))[:MAX_ROLES]
    for key in keys:
        if key not in known:
            raise invalid("roles", "unknown_role", NO_ROLE, role=str(key)[:40])
    base = next((key for key in keys if key in BUILTIN), Role.LIMITED.value)
    extra = tuple(key for key in keys if key != base)
    actor = grant(ctx.workspace, replace(ctx.actor, role=Role(base), extra_roles=extra))
    return Seen(replace(actor, can_write=False), called, None, tuple(keys), until)
