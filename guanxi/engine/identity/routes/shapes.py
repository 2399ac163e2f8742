"""Rows as answers."""

from guanxi.engine.identity import schemas
from guanxi.engine.identity.models import ApiToken
from guanxi.engine.identity.queries import COUNT_LIMIT, MemberRow, MemberRows, PersonName, TeamRow
from guanxi.engine.identity.rules import shown_email


def ref_of(person: PersonName | None) -> schemas.Ref | None:
    """A named person."""
    return schemas.Ref(id=person.id, name=person.name) if person else None


def member_of(row: MemberRow) -> schemas.Member:
    """A member."""
    member = row.member
    return schemas.Member(
        id=member.user_id,
        member_id=member.id,
        name=member.name,
        email=shown_email(member.user.email),
        role=member.role,  # type: ignore[arg-type]
        extra_roles=member.extra_roles,
        team=schemas.Ref(id=member.team.id, name=member.team.name) if member.team else None,
        manager=ref_of(row.manager),
        status=member.status,  # type: ignore[arg-type]
        last_seen_at=member.last_seen_at,
    )


def member_page_of(rows: MemberRows) -> schemas.MemberPage:
    """A page of members."""
    count = None
    if rows.count is not None:
        count = schemas.Count(value=min(rows.count, COUNT_LIMIT), exact=rows.count <= COUNT_LIMIT)
    return schemas.MemberPage(
        data=[member_of(row) for row in rows.rows], page=schemas.Page(next=rows.next, count=count)
    )


def team_of(row: TeamRow) -> schemas.Team:
    """A team."""
    return schemas.Team(
        id=row.team.id,
        name=row.team.name,
        parent=row.team.parent_id,
        manager=ref_of(row.manager),
        member_count=row.member_count,
    )


def token_of(token: ApiToken) -> schemas.Token:
    """A token without its secret."""
    return schemas.Token(
        id=token.id,
        name=token.name,
        scopes=token.scopes,
        prefix=token.prefix,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )
