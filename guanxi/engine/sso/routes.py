"""`/sso-connections`: the ways in by a firm's own provider; `/sign-in/{address}`: what the sign-in page offers."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from guanxi.engine.entry.policies import policy_of
from guanxi.engine.identity.models import User
from guanxi.engine.sso import schemas
from guanxi.engine.sso.connections import (
    back_of,
    check_connection,
    create_connection,
    delete_connection,
    find_at,
    list_connections,
    own_metadata,
    read_provider,
    update_connection,
)
from guanxi.engine.sso.domains import DomainState, list_domains, prove
from guanxi.engine.sso.linking import link_asked
from guanxi.engine.sso.models import SsoConnection, SsoIdentity
from guanxi.engine.sso.providers.base import Provider, providers
from guanxi.engine.sso.rules import tidy_domain
from guanxi.engine.tenancy.context import enter_workspace, session
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

router = Router(tags=["Sign-in"])
_NOBODY = Text(
    "没有等着绑定的单点登录，请重新开始。", "No single sign-on waits to be linked. Please start again."
)
_NOWHERE = Text("没有这个登录地址。", "There is no such sign-in address.")


@router.get(
    "/sign-in/{address}",
    response=schemas.SignInWays,
    operation_id="sign_in_ways",
    summary="Ways in of a workspace",
)
def get_ways(request: HttpRequest, address: str) -> schemas.SignInWays:
    """The ways of single sign-on at an address; 404 for a workspace without any, as for none."""
    rows = find_at(address)
    if not rows:
        raise NotFound(_NOWHERE, code="unknown_sign_in_address")
    with session(rows[0].workspace_id):
        name = Workspace.objects.values_list("name", flat=True).get(id=rows[0].workspace_id)
        policy = policy_of(rows[0].workspace_id)
    return schemas.SignInWays(
        workspace=name,
        sso_only=policy.sso_only,
        ways=[
            schemas.SignInWay(kind=row.kind, label=row.label, url=f"/sso/{row.address}/{row.id}")
            for row in rows
        ],
    )


@router.post(
    "/me/sso-link",
    response={204: None},
    operation_id="sso_link_mine",
    summary="Link me to who came by single sign-on",
)
def post_link(request: ApiRequest) -> Status[None]:
    """Link who came back from a provider in this browser a moment ago to the account signed in now."""
    person = request.user
    if request.api_token is not None or not isinstance(person, User):
        raise NotFound(_NOBODY, code="nobody_waits")
    linked = link_asked(request, person)
    enter_workspace(request.ctx.workspace.id)
    if not linked:
        raise NotFound(_NOBODY, code="nobody_waits")
    return Status(204, None)


@router.get(
    "/sso-connections",
    response=schemas.SsoConnections,
    operation_id="sso_connections_list",
    summary="Ways of single sign-on",
)
def get_connections(request: ApiRequest) -> schemas.SsoConnections:
    """Every way in, and the kinds there are; for whoever looks after security."""
    rows = list_connections(request.ctx)
    return schemas.SsoConnections(
        data=_shown(request, rows),
        kinds=[_kind(provider, request.ctx.locale) for provider in providers],
        domains=[_domain(state) for state in list_domains(request.ctx)],
        sign_in_page=f"{settings.GUANXI_PUBLIC_URL}/sign-in?firm={request.ctx.workspace.slug}",
    )


@router.post(
    "/sso-connections",
    response={201: schemas.SsoConnection},
    operation_id="sso_connections_create",
    summary="Add a way of single sign-on",
)
def post_connection(request: ApiRequest, body: schemas.SsoConnectionCreate) -> Status[schemas.SsoConnection]:
    """Add a way in, switched off; its secret is never shown again."""
    return Status(201, _shown(request, [create_connection(request.ctx, body.dict(exclude_unset=True))])[0])


@router.patch(
    "/sso-connections/{connection_id}",
    response=schemas.SsoConnection,
    operation_id="sso_connections_update",
    summary="Change a way of single sign-on",
)
def patch_connection(
    request: ApiRequest, connection_id: uuid.UUID, body: schemas.SsoConnectionUpdate
) -> schemas.SsoConnection:
    """Change a way in, or switch it on and off."""
    row = update_connection(request.ctx, connection_id, body.dict(exclude_unset=True))
    return _shown(request, [row])[0]


@router.delete(
    "/sso-connections/{connection_id}",
    response={204: None},
    operation_id="sso_connections_delete",
    summary="Remove a way of single sign-on",
)
def remove_connection(request: ApiRequest, connection_id: uuid.UUID) -> Status[None]:
    """Remove a way in; people keep their accounts."""
    delete_connection(request.ctx, connection_id)
    return Status(204, None)


@router.post(
    "/sso-connections/{connection_id}/check",
    response={204: None},
    operation_id="sso_connections_check",
    summary="Try a way of single sign-on",
)
def post_check(request: ApiRequest, connection_id: uuid.UUID) -> Status[None]:
    """Ask the provider whether it is there and answers as it should; 422 says what is wrong."""
    check_connection(request.ctx, connection_id)
    return Status(204, None)


@router.post(
    "/sso-metadata",
    response=schemas.SsoFound,
    operation_id="sso_metadata_read",
    summary="Read a SAML provider's metadata",
)
def post_metadata(request: ApiRequest, body: schemas.SsoMetadata) -> schemas.SsoFound:
    """The settings that a provider's metadata give; nothing is kept of them."""
    return schemas.SsoFound(config=read_provider(request.ctx, xml=body.xml, url=body.url))


@router.get(
    "/sso-connections/{connection_id}/metadata",
    operation_id="sso_connections_metadata",
    summary="Our SAML metadata",
    response={200: None},
)
def get_metadata(request: ApiRequest, connection_id: uuid.UUID) -> HttpResponse:
    """What the provider of a connection is to be told about us, as a file."""
    response = HttpResponse(
        own_metadata(request.ctx, connection_id), content_type="application/samlmetadata+xml"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="guanxi-saml.xml"'
    return response


@router.post(
    "/sso-domains/check",
    response=schemas.SsoDomain,
    operation_id="sso_domains_check",
    summary="Prove a mail domain",
)
def post_domain_check(request: ApiRequest, body: schemas.SsoDomainCheck) -> schemas.SsoDomain:
    """Look for the proof that a domain is the firm's; 422 where it is not to be found."""
    return _domain(prove(request.ctx, tidy_domain(body.domain) or ""))


def _domain(state: DomainState) -> schemas.SsoDomain:
    return schemas.SsoDomain(
        domain=state.domain,
        how=state.how,  # type: ignore[arg-type]
        text=state.text,
        record=state.record,
    )


def _shown(request: ApiRequest, rows: Sequence[SsoConnection]) -> list[schemas.SsoConnection]:
    people = SsoIdentity.objects.filter(connection__in=rows).values("connection").annotate(count=Count("id"))
    counts = dict(people.values_list("connection", "count"))
    return [
        schemas.SsoConnection(
            id=row.id,
            kind=row.kind,
            label=row.label,
            is_on=row.is_on,
            config=row.config,
            has_secret=bool(row.secret),
            domains=row.domains,
            join_role=row.join_role,  # type: ignore[arg-type]
            trusts_addresses=row.trusts_addresses,
            trusts_factor=row.trusts_factor,
            back=back_of(row.id),
            people=counts.get(row.id, 0),
            certificates=[
                schemas.SsoCertificate(
                    subject=one.subject, since=one.since, until=one.until, fingerprint=one.fingerprint
                )
                for one in providers.get(row.kind).certificates(row.config)
            ],
            created_at=row.created_at,
        )
        for row in rows
    ]


def _kind(provider: Provider, locale: str) -> schemas.SsoKind:
    return schemas.SsoKind(
        kind=provider.kind,
        label=provider.label.in_(locale),
        secret_label=provider.secret_label.in_(locale),
        by_address=provider.by_address,
        has_metadata=provider.has_metadata,
        asks=[
            schemas.SsoAsk(
                key=ask.key,
                label=ask.label.in_(locale),
                hint=ask.hint.in_(locale),
                is_required=ask.is_required,
                most=ask.most,
                choices=[schemas.SsoChoice(value=key, label=label.in_(locale)) for key, label in ask.choices],
            )
            for ask in provider.asks
        ],
    )
