"""Whose a mail domain is: before single sign-on counts its addresses, a workspace proves that it is theirs.

*How it works*: each workspace gets a random text of its own for each domain that its connections name. It goes into
the DNS as a TXT record of `_guanxi.` and the domain, where only those who run the domain can put it; `prove` looks
there. The operator can vouch for domains instead (GUANXI_SSO_DOMAINS).

*Rules*: addresses of a domain that is not proven are nobody's: they find no account, make none and take none into
use. Whoever came before the domain was asked for is known by issuer and subject and goes on.

*See*: linking.py, docs/adr/0069-saml-and-proven-domains.md.
"""

import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.outgoing.client import OutgoingProblem
from guanxi.engine.outgoing.names import texts_of
from guanxi.engine.sso.models import SsoConnection, SsoDomain
from guanxi.engine.sso.rules import PROOF_LABEL
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

PREFIX = "guanxi-domain="
DNS, OPERATOR = "dns", "operator"

_NOT_FOUND = Text(
    "{record} 还没有内容为 {proof} 的 TXT 记录。DNS 改动可能要等几分钟到几小时才生效。",
    "{record} has no TXT record {proof} yet. Changes of DNS can take minutes to hours.",
)
_NO_ANSWER = Text("DNS 服务器没有应答，请稍后再试。", "The DNS did not answer. Try again later.")


@dataclass(frozen=True, slots=True)
class DomainState:
    """A domain that a workspace names: what proves it, and what has proven it (`how`, empty while nothing has)."""

    domain: str
    how: str
    text: str

    @property
    def record(self) -> str:
        """The name of the TXT record."""
        return f"{PROOF_LABEL}.{self.domain}"


def list_domains(ctx: Ctx) -> list[DomainState]:
    """The domains of the workspace's connections, by name; raises Forbidden."""
    require_admin(ctx, "security")
    vouched = _vouched(ctx.workspace.slug)
    rows = SsoDomain.objects.filter(workspace_id=ctx.workspace.id).order_by("domain")
    return [_state(row, vouched) for row in rows]


def name_domains(ctx: Ctx) -> None:
    """Keep a row for each domain that a connection names, and none for those that none does any more."""
    found = SsoConnection.objects.filter(workspace_id=ctx.workspace.id).values_list("domains", flat=True)
    named = {domain for domains in found for domain in domains}
    rows = SsoDomain.objects.filter(workspace_id=ctx.workspace.id)
    rows.exclude(domain__in=named).delete()
    missing = named - set(rows.values_list("domain", flat=True))
    SsoDomain.objects.bulk_create(
        [
            SsoDomain(workspace_id=ctx.workspace.id, domain=domain, token=secrets.token_urlsafe(24))
            for domain in sorted(missing)
        ],
        ignore_conflicts=True,
    )


def prove(ctx: Ctx, domain: str) -> DomainState:
    """Look for the proof; raises Forbidden, NotFound, Invalid where it is not to be found."""
    require_admin(ctx, "security")
    row = SsoDomain.objects.filter(workspace_id=ctx.workspace.id, domain=domain).first()
    if row is None:
        raise NotFound
    vouched = _vouched(ctx.workspace.slug)
    state = _state(row, vouched)
    if state.how == OPERATOR:
        return state
    try:
        found = texts_of(state.record)
    except OutgoingProblem:
        raise invalid("domain", "no_answer", _NO_ANSWER) from None
    if not any(hmac.compare_digest(text.strip().encode(), state.text.encode()) for text in found):
        raise invalid("domain", "not_proven", _NOT_FOUND, record=state.record, proof=state.text)
    if not row.how:
        record(ctx, "settings.changed", single_sign_on=domain, after={"domain": domain, "proven_by": DNS})
    SsoDomain.objects.filter(id=row.id).update(how=DNS, proven_at=timezone.now())
    return DomainState(domain, DNS, state.text)


def are_proven(workspace_id: uuid.UUID, address: str, domains: Sequence[str]) -> bool:
    """Whether the workspace at a sign-in address has proven all these domains; needs a session of it."""
    left = set(domains) - _vouched(address)
    rows = SsoDomain.objects.filter(workspace_id=workspace_id, domain__in=left).exclude(how="")
    return rows.count() == len(left)


def _state(row: SsoDomain, vouched: set[str]) -> DomainState:
    how = OPERATOR if row.domain in vouched else row.how
    return DomainState(row.domain, how, PREFIX + row.token)


def _vouched(slug: str) -> set[str]:
    pairs = (entry.partition("=") for entry in settings.GUANXI_SSO_DOMAINS)
    return {domain for workspace, _, domain in pairs if workspace == slug}
