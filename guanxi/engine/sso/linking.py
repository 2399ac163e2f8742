"""Whose account somebody is who came back from a provider.

*How it works*: who came before is known by issuer and subject. Somebody new is looked for by their address, which
counts only when the provider has verified it and it lies in one of the connection's domains, which the firm has
proven to be its own (domains.py):

- an account in use is linked after its person has signed in to it once in this browser, by what it has now
  (password, second factor, passkey): `WAITING` remembers who came until then. A provider that a firm runs itself
  can name any address; without this it would open anybody's account.
- an account that waits for its person in this workspace (invited) is theirs now, unless it will look after
  settings: who chooses the provider does not choose who that is, so the invitation's own link is needed first;
- with `join_role` a new account is made, its address unconfirmed until its person proves it to us.

*Rules*: a membership that was disabled stays shut. Joining never makes an administrator.

*See*: entry/vouching.py (such a session reaches this workspace only), docs/adr/0059-single-sign-on.md.
"""

import time
import uuid
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone

from guanxi.engine.entry.adapter import after_sign_in
from guanxi.engine.entry.vouching import is_bound, vouch
from guanxi.engine.identity.actions.accounts import record_address
from guanxi.engine.identity.actions.members import new_placeholder, rename
from guanxi.engine.identity.actions.rights import areas_of
from guanxi.engine.identity.facade import add_member
from guanxi.engine.identity.models import Invitation, Membership, User
from guanxi.engine.identity.rules import tidy_name
from guanxi.engine.sso.domains import are_proven
from guanxi.engine.sso.models import SsoConnection, SsoIdentity
from guanxi.engine.sso.providers.base import Person, SsoFailure, providers
from guanxi.engine.sso.rules import domain_of
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record

WAITING = "guanxi_sso_waiting"
WAITING_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Known:
    """The account that somebody came with."""

    user: User
    is_new: bool = False


class SignInFirst(Exception):
    """The account that this person is has to be signed in to once; `email` names it where it is known."""

    def __init__(self, email: str) -> None:
        self.email = email
        super().__init__(email)


def settle(row: SsoConnection, person: Person, signed_in: User | None) -> Known:
    """The account of who came; raises SignInFirst, SsoFailure. Needs a session of the workspace.

    `signed_in` is who is signed in in this browser by means of their own.
    """
    identity = (
        SsoIdentity.objects.select_related("user")
        .filter(connection=row, issuer=person.issuer, subject=person.subject)
        .first()
    )
    if identity is not None:
        _check_place(row, identity.user)
        SsoIdentity.objects.filter(id=identity.id).update(last_used_at=timezone.now(), email=person.email)
        return Known(identity.user)
    person = _with_own_address(row, person)
    user = User.objects.filter(email=person.email).first() if person.email else None
    if user is not None and not user.is_fresh:
        if signed_in is None or signed_in.id != user.id:
            raise SignInFirst(user.email)
    elif not person.email and signed_in is not None:
        user = signed_in
    elif not person.email and not row.join_role:
        raise SignInFirst("")
    known = _with_place(row, user, person)
    _link(row, known.user, person)
    return known


def remember(request: HttpRequest, row: SsoConnection, person: Person, email: str) -> None:
    """Keep who came in this browser's session until they have signed in to their account."""
    request.session[WAITING] = {
        "workspace": str(row.workspace_id),
        "connection": str(row.id),
        "issuer": person.issuer,
        "subject": person.subject,
        "name": person.name,
        "email": person.email,
        "account": email,
        "until": int(time.time()) + WAITING_SECONDS,
    }


def link_waiting(request: HttpRequest, user: User) -> None:
    """Link who came from a provider a moment ago to the account that was signed in to now.

    By itself only where the provider named this very account: who came without an address may have left, and
    somebody else may have sat down (`link_asked` asks them).
    """
    if request.session.get(WAITING, {}).get("account") == user.email:
        link_asked(request, user)


def link_asked(request: HttpRequest, user: User) -> bool:
    """Link who came from a provider to whoever is signed in now and says that it is them; False for nobody."""
    waiting = request.session.get(WAITING)
    if not waiting or is_bound(request):
        return False
    del request.session[WAITING]
    if waiting["until"] < time.time() or waiting["account"] not in ("", user.email):
        return False
    workspace_id = uuid.UUID(waiting["workspace"])
    person = Person(waiting["issuer"], waiting["subject"], waiting["name"], waiting["email"])
    with session(workspace_id):
        row = SsoConnection.objects.filter(id=waiting["connection"], is_on=True).first()
        if row is None:
            return False
        try:
            settle(row, person, user)
        except (SignInFirst, SsoFailure):
            return False
    vouch(request, workspace_id, row.way, bound=False, factor=False)
    return True


def _with_own_address(row: SsoConnection, person: Person) -> Person:
    """The person, with their address where it is one of the firm's; raises SsoFailure where it has to be."""
    by_address = providers.get(row.kind).by_address
    if by_address and not person.email:
        raise SsoFailure("unverified", "the provider gives no verified address")
    domain = domain_of(person.email)
    is_named = domain in row.domains
    if is_named and are_proven(row.workspace_id, row.address, [domain]):
        return person
    if is_named and by_address:
        raise SsoFailure("unproven", f"{domain} has not been proven yet")
    if by_address:
        raise SsoFailure("domain", f"{domain or '-'} is not among the domains")
    return replace(person, email="")


def _check_place(row: SsoConnection, user: User) -> None:
    place = Membership.objects.filter(workspace_id=row.workspace_id, user=user).first()
    if not user.is_active or place is None or place.status != "active":
        raise SsoFailure("disabled" if place is not None else "no_place", "not an active member")


def _with_place(row: SsoConnection, user: User | None, person: Person) -> Known:
    """The account as an active member, made or taken into use where the rules allow it."""
    place = Membership.objects.select_for_update().filter(workspace_id=row.workspace_id, user=user).first()
    if place is not None and place.status == "disabled":
        raise SsoFailure("disabled", "the membership is disabled")
    if place is not None and user is not None:
        if not user.is_active:
            raise SsoFailure("disabled", "the account is disabled")
        if place.status == "invited":
            if not person.email:
                raise SsoFailure("no_place", "invited, and the provider verifies no address")
            if areas_of(load_system_ctx(row.workspace_id), place):
                raise SsoFailure(
                    "no_place", "invited to look after settings: the invitation's own link is needed"
                )
            _activate(place, user, person)
            _tell_joined(row, place)
            return Known(user, is_new=True)
        return Known(user)
    if not row.join_role:
        raise SsoFailure("no_place", "not a member, and nobody joins by themselves")
    if user is None:
        user = new_placeholder(_name_of(person))
        user.email = person.email or user.email
        user.save(force_insert=True)
        if person.email:
            record_address(user, verified=False)
    _tell_joined(row, add_member(row.workspace_id, user, role=Role(row.join_role)))
    return Known(user, is_new=True)


def _activate(place: Membership, user: User, person: Person) -> None:
    place.status, place.joined_at = "active", timezone.now()
    if user.is_fresh and person.name:
        user.name = tidy_name(person.name)
        user.save(update_fields=["name"])
        record_address(user, verified=False)
    rename(place, user.name)
    place.save()
    Invitation.objects.filter(workspace_id=place.workspace_id, user=user, accepted_at__isnull=True).update(
        accepted_at=timezone.now()
    )


def _tell_joined(row: SsoConnection, place: Membership) -> None:
    ctx = load_system_ctx(row.workspace_id)
    record(ctx, "member.joined", record_id=place.user_id, name=place.name, role=str(place.role), by=row.label)


def _link(row: SsoConnection, user: User, person: Person) -> None:
    SsoIdentity.objects.create(
        workspace_id=row.workspace_id,
        connection=row,
        user=user,
        issuer=person.issuer,
        subject=person.subject,
        email=person.email,
        last_used_at=timezone.now(),
    )
    ctx = load_system_ctx(row.workspace_id)
    record(ctx, "account.linked", record_id=user.id, name=user.name, single_sign_on=row.label)


def _name_of(person: Person) -> str:
    return tidy_name(person.name or person.email.partition("@")[0] or person.subject)[:100]


after_sign_in.append(link_waiting)
