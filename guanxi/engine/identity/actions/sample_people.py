"""The people and teams of a sample firm, and taking them away again.

*How it works*: their ids are derived from the workspace and a key, so that a sample team is known by its
id and a person by the mark on the membership; nobody else is ever touched.

*Rules*: they are never administrators of a workspace that is used for work; whoever still has records
or sits in somebody else's tree is kept, disabled.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.identity.rules import search_key, slug_of
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit import pinyin


@dataclass(frozen=True, slots=True)
class SampleTeam:
    """A team by its key; `parent` and `manager` are keys."""

    key: str
    name: str
    parent: str | None = None
    manager: str | None = None


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person by their key, their role, and the key of their team."""

    key: str
    name: str
    role: str
    team: str


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """How a sample person signs in."""

    user_id: uuid.UUID
    name: str
    email: str
    role: str


def add_sample_people(
    ctx: Ctx, teams: Sequence[SampleTeam], people: Sequence[SamplePerson], *, password: str, domain: str
) -> dict[str, SampleAccount]:
    """Make the people and their tree; gives their accounts by key. Parents stand before children."""
    secret = make_password(password)
    addresses = _free_addresses(ctx, people, domain)
    users = [
        User(id=_id(ctx, "user", p.key), email=addresses[p.key], name=p.name, password=secret, locale="")
        for p in people
    ]
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in users
    )
    team_ids = _add_teams(ctx, teams)
    Membership.objects.bulk_create(
        Membership(
            workspace_id=ctx.workspace.id,
            user_id=_id(ctx, "user", p.key),
            name=p.name,
            sort_key=pinyin.sort_key(p.name),
            search_key=search_key(p.name),
            role=p.role,
            team_id=team_ids[p.team],
            status="active",
            joined_at=timezone.now(),
            is_sample=True,
        )
        for p in people
    )
    return {p.key: SampleAccount(_id(ctx, "user", p.key), p.name, addresses[p.key], p.role) for p in people}


def list_sample_people(ctx: Ctx) -> list[uuid.UUID]:
    """The ids of the workspace's sample people."""
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, is_sample=True)
    return list(rows.order_by("id").values_list("user_id", flat=True))


def remove_sample_people(
    ctx: Ctx, teams: Sequence[SampleTeam], *, keep: Collection[uuid.UUID] = ()
) -> tuple[int, int]:
    """Take sample people and teams away; gives how many people went and how many were kept, disabled."""
    everybody = list_sample_people(ctx)
    kept = [user_id for user_id in everybody if user_id in set(keep)]
    gone = [user_id for user_id in everybody if user_id not in set(keep)]
    Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=kept).update(status="disabled")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            User.objects.filter(id__in=gone).delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:  # somebody took the account into use elsewhere: only this membership ends
        Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=gone).delete()
    _remove_teams(ctx, teams)
    return len(gone), len(kept)


def _id(ctx: Ctx, kind: str, key: str) -> uuid.UUID:
    return uuid.uuid5(ctx.workspace.id, f"sample {kind} {key}")


def _free_addresses(ctx: Ctx, people: Sequence[SamplePerson], domain: str) -> dict[str, str]:
    """The plain address of each person, with the workspace's slug in it where that is taken."""
    plain = {p.key: f"{slug_of(p.name).replace('-', '')}@{domain}" for p in people}
    taken = set(User.objects.filter(email__in=plain.values()).values_list("email", flat=True))
    own = ctx.workspace.slug
    return {key: email.replace("@", f".{own}@") if email in taken else email for key, email in plain.items()}


def _add_teams(ctx: Ctx, teams: Sequence[SampleTeam]) -> Mapping[str, uuid.UUID]:
    """The teams by key; one of that name in that place is taken as it is."""
    found: dict[str, uuid.UUID] = {}
    for team in teams:
        place = {"workspace_id": ctx.workspace.id, "parent_id": found[team.parent] if team.parent else None}
        manager_id = _id(ctx, "user", team.manager) if team.manager else None
        row, _ = Team.objects.get_or_create(
            **place, name=team.name, defaults={"id": _id(ctx, "team", team.key), "manager_id": manager_id}
        )
        found[team.key] = row.id
    return found


def _remove_teams(ctx: Ctx, teams: Sequence[SampleTeam]) -> None:
    """Children first; a team in which somebody is, or below which somebody made one, stays."""
    ids = [_id(ctx, "team", team.key) for team in reversed(teams)]
    for team in sorted(
        Team.objects.filter(workspace_id=ctx.workspace.id, id__in=ids), key=lambda t: ids.index(t.id)
    ):
        if not team.children.exists() and not team.memberships.exists():
            team.delete()
