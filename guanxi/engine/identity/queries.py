"""Reading people, teams, tokens and workspaces.

*Rules*: every query names its workspace, although the wall would keep the others out: a session of a
person who chooses a workspace sees their own memberships of all.
"""

import base64
import binascii
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guanxi.engine.identity.actors import teams_below
from guanxi.engine.identity.models import ApiToken, Membership, Team, User
from guanxi.engine.identity.rules import shown_email, tidy_name
from guanxi.engine.tenancy.context import Ctx, enter_workspace, session
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.prepared import Prepared, fetch_prepared
from guanxi.kit import jsons
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

COUNT_LIMIT = 10_000

_LIVE_KEY = Prepared(
    """
SELECT id, user_id, scopes, expires_at, last_used_at FROM api_token
WHERE workspace_id = $1 AND token_hash = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
""",
    ("uuid", "text", "timestamptz"),
)

_BAD_CURSOR = Text(
    "翻页标记不对，请从第一页重新开始。", "The page cursor is not valid. Start from the first page."
)

_NO_SUCH_PERSON = Text("没有 {email} 这个账号。", "There is no account {email}.")
_NOT_IN_WORKSPACE = Text("{email} 不在工作区 {slug} 里。", "{email} is not active in the workspace {slug}.")
_WHICH_WORKSPACE = Text("请指明工作区：{slugs}。", "Say which workspace: {slugs}.")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as lists show them."""

    member: Membership
    manager: "PersonName | None"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's id and what the workspace calls them."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class MemberRows:
    """One page of members; `count` is None on later pages."""

    rows: list[MemberRow]
    next: str | None
    count: int | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team with its manager and its number of people."""

    team: Team
    manager: PersonName | None
    member_count: int


def list_members(ctx: Ctx, *, q: str, team: uuid.UUID | None, limit: int, cursor: str | None) -> MemberRows:
    """Members by name; `q` is looked for in name, pinyin, initials and address, `team` with those below."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id).select_related("user", "team")
    if team is not None:
        rows = rows.filter(team_id__in=teams_below(ctx.workspace.id, team))
    for word in q.casefold().split()[:8]:
        rows = rows.filter(Q(search_key__contains=word) | Q(user__email__contains=word))
    count = None if cursor else rows[: COUNT_LIMIT + 1].count()
    found = list(_after(rows, cursor).order_by("sort_key", "id")[: limit + 1])
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    return MemberRows(rows=_with_managers(ctx, page), next=following, count=count)


def get_member_row(ctx: Ctx, user_id: uuid.UUID) -> MemberRow:
    """One member as lists show them; raises NotFound."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=user_id)
    member = rows.select_related("user", "team").first()
    if member is None:
        raise NotFound
    return _with_managers(ctx, [member])[0]


def _after(rows: QuerySet[Membership], cursor: str | None) -> QuerySet[Membership]:
    if not cursor:
        return rows
    try:
        key, last = jsons.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError, binascii.Error) as error:
        raise invalid("cursor", "bad_cursor", _BAD_CURSOR) from error
    last_id = parse_id(last)
    if not isinstance(key, str) or last_id is None or "\0" in key:
        raise invalid("cursor", "bad_cursor", _BAD_CURSOR)
    return rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, id__gt=last_id))


def _cursor(last: Membership) -> str:
    return base64.urlsafe_b64encode(jsons.dumps([last.sort_key, str(last.id)])).decode()


def _with_managers(ctx: Ctx, members: list[Membership]) -> list[MemberRow]:
    names = people(ctx, {member.manager_id for member in members if member.manager_id})
    return [MemberRow(member, _named(names, member.manager_id)) for member in members]


def _named(names: dict[uuid.UUID, str], user_id: uuid.UUID | None) -> PersonName | None:
    return PersonName(user_id, names[user_id]) if user_id in names else None


def people(ctx: Ctx, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of people of this workspace by id, in one query; ids of others are left out."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=wanted)
    return dict(rows.values_list("user_id", "name"))


def address_of(ctx: Ctx, user_id: uuid.UUID) -> str | None:
    """The mail address of somebody of this workspace; None for who has none, or is not of it."""
    found = User.objects.filter(
        id=user_id,
        id__in=Membership.objects.filter(workspace_id=ctx.workspace.id).values("user_id"),
    )
    return shown_email(found.values_list("email", flat=True).first() or "") or None


def find_people(ctx: Ctx, texts: Iterable[str]) -> dict[str, uuid.UUID]:
    """People by address or by name (upper and lower case alike), in one query; unknown ones are left out.

    Of two people with one name the one who came first is meant.
    """
    return {text: ids[0] for text, ids in find_namesakes(ctx, texts).items()}


def find_namesakes(ctx: Ctx, texts: Iterable[str]) -> dict[str, list[uuid.UUID]]:
    """Everybody of an address or a name, who came first before others; an address is one person's alone."""
    wanted = {text: tidy_name(text).casefold() for text in texts}
    if not wanted:
        return {}
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id).order_by("created_at", "id")
    by_name: dict[str, list[uuid.UUID]] = defaultdict(list)
    by_email: dict[str, list[uuid.UUID]] = {}
    for name, email, user_id in rows.values_list("name", "user__email", "user_id"):
        by_name[name.casefold()].append(user_id)
        by_email[email] = [user_id]
    known = by_name | by_email
    return {text: known[folded] for text, folded in wanted.items() if folded in known}


def list_teams(ctx: Ctx) -> list[TeamRow]:
    """Every team with its manager and how many people are directly in it (the disabled not counted)."""
    counted = Count("memberships", filter=~Q(memberships__status="disabled"))
    teams = list(
        Team.objects.filter(workspace_id=ctx.workspace.id).annotate(members=counted).order_by("name", "id")
    )
    names = people(ctx, {team.manager_id for team in teams if team.manager_id})
    return [TeamRow(team, _named(names, team.manager_id), getattr(team, "members", 0)) for team in teams]


def get_team_row(ctx: Ctx, team_id: uuid.UUID) -> TeamRow:
    """One team as lists show it; raises NotFound."""
    row = next((row for row in list_teams(ctx) if row.team.id == team_id), None)
    if row is None:
        raise NotFound
    return row


def team_name(ctx: Ctx, team_id: uuid.UUID | None) -> str | None:
    """What a team is called."""
    if team_id is None:
        return None
    return (
        Team.objects.filter(workspace_id=ctx.workspace.id, id=team_id).values_list("name", flat=True).first()
    )


def list_tokens(ctx: Ctx, user_id: uuid.UUID | None) -> list[ApiToken]:
    """The tokens of a person (of everybody, for None) that are not revoked, newest first."""
    rows = ApiToken.objects.filter(workspace_id=ctx.workspace.id, revoked_at__isnull=True).order_by("-id")
    return list(rows if user_id is None else rows.filter(user_id=user_id))


def find_live_token(workspace_id: uuid.UUID, token_hash: str) -> ApiToken | None:
    """The token of a hash, if it may be used now."""
    row = fetch_prepared(_LIVE_KEY, [workspace_id, token_hash, timezone.now()])
    if row is None:
        return None
    token_id, user_id, scopes, expires_at, last_used_at = row
    return ApiToken(
        id=token_id,
        workspace_id=workspace_id,
        user_id=user_id,
        token_hash=token_hash,
        scopes=jsons.loads(scopes) if isinstance(scopes, str) else scopes,
        expires_at=expires_at,
        last_used_at=last_used_at,
    )


def get_workspace(ctx: Ctx) -> Workspace:
    """The current workspace's row."""
    return Workspace.objects.get(id=ctx.workspace.id)


def list_own_workspaces(user_id: uuid.UUID, current_id: uuid.UUID) -> list[tuple[Workspace, str]]:
    """The workspaces a person is active in, with their role; the session then goes back to `current_id`."""
    enter_workspace(current_id, user_id)
    rows = Membership.objects.filter(user_id=user_id, status="active").select_related("workspace")
    found = [(row.workspace, row.role) for row in rows.order_by("created_at", "id")]
    enter_workspace(current_id)
    return found


def works_elsewhere(user_id: uuid.UUID, current_id: uuid.UUID) -> bool:
    """Whether a person is active in another workspace too; the session then goes back to `current_id`."""
    return any(workspace.id != current_id for workspace, _ in list_own_workspaces(user_id, current_id))


def first_workspace_id(user_id: uuid.UUID) -> uuid.UUID | None:
    """The workspace that a person works in unless they choose; needs a session of that person."""
    rows = Membership.objects.filter(user_id=user_id, status="active").order_by("created_at", "id")
    return rows.values_list("workspace_id", flat=True).first()


def find_place(email: str, slug: str | None) -> tuple[uuid.UUID, uuid.UUID]:
    """Workspace and user of an active member by address; opens its own session.

    Raises NotFound for an unknown person or workspace, Invalid when the workspace must be named.
    """
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise NotFound(_NO_SUCH_PERSON, email=email)
    with session(None, user.id):
        rows = Membership.objects.filter(user_id=user.id, status="active").order_by("created_at", "id")
        places = dict(rows.values_list("workspace__slug", "workspace_id"))
    if slug is None and len(places) > 1:
        raise invalid("workspace", "required", _WHICH_WORKSPACE, slugs=", ".join(places))
    chosen = slug or next(iter(places), None)
    if chosen not in places:
        raise NotFound(_NOT_IN_WORKSPACE, email=email, slug=chosen or "-")
    return places[chosen], user.id


def get_user(user_id: uuid.UUID) -> User:
    """The person's own row; raises NotFound."""
    user = User.objects.filter(id=user_id).first()
    if user is None:
        raise NotFound
    return user
