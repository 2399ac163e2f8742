"""The connections of a workspace: making, changing, removing, and finding those of a sign-in address.

*How it works*: a connection is switched on by hand, after it was checked. What a kind of provider must be told is
declared by it (providers/base.py). Secrets go in and never come out; `_keep_secret` and `_open_secret` are the only
places that know how they lie in the database. Sessions hold the way they came by (`SsoConnection.way`): switching
a connection off, pointing it at another provider or removing it ends them.

*Rules*: for whoever looks after security; nobody joins as administrator, and joining with more than the usual role
needs the area `roles`. A provider's secret is typed anew when it would go to another place than before.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from guanxi.engine.entry import policies
from guanxi.engine.entry.rules import Policy
from guanxi.engine.entry.vouching import way_checks
from guanxi.engine.identity.actions.rights import require_admin, require_giving
from guanxi.engine.sso.domains import name_domains
from guanxi.engine.sso.models import SsoConnection
from guanxi.engine.sso.providers.base import Provider, Setup, SsoFailure, providers
from guanxi.engine.sso.providers.saml import entity_id_of
from guanxi.engine.sso.providers.saml_metadata import fetch_metadata, read_metadata, write_metadata
from guanxi.engine.sso.providers.saml_xml import BadXml
from guanxi.engine.sso.rules import JOIN_ROLES, MOST_CONNECTIONS, MOST_DOMAINS, tidy_domain
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.engine.tenancy.telling import tell_standing
from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.sealing import open_secret, seal_secret
from guanxi.kit.errors import Conflict, FieldError, Invalid, NotFound, invalid
from guanxi.kit.text import Text

_KIND = Text("没有这种登录方式。", "There is no such way to sign in.")
_REQUIRED = Text("请填写。", "Please fill this in.")
_LONG = Text("最多 {max} 个字符。", "At most {max} characters.")
_ROLE = Text("请从列出的角色中选择。", "Choose one of the roles.")
_DOMAIN = Text(
    "“{value}”不是邮箱域名，应写成 firm.com 这样。", "“{value}” is no mail domain; write it like firm.com."
)
_DOMAINS_FIRST = Text(
    "自动加入前，请先写明哪些邮箱域名是自己企业的。",
    "Say which mail domains are yours before people can join by themselves.",
)
_MANY = Text("最多 {max} 个。", "At most {max}.")
_CHOICE = Text("请从列出的选项中选择。", "Choose one of the options.")
_AGAIN = Text(
    "换了服务地址，请重新填写密钥，免得旧密钥发到新地址去。",
    "The place has changed: enter the secret again, so that the old one is not sent there.",
)
_IN_USE = Text(
    "现在只能用单点登录进来，至少要留一种。先关掉「只能用单点登录」。",
    "People come in by single sign-on only: leave one way, or switch that off first.",
)
_NO_WAY = Text("请先启用一种单点登录。", "Switch on a way of single sign-on first.")
_METADATA = Text("读不了这份元数据：{detail}", "These metadata cannot be read: {detail}")
_CHECK = Text("服务方没有按预期应答：{detail}", "The provider did not answer as expected: {detail}")


def list_connections(ctx: Ctx) -> list[SsoConnection]:
    """Every connection of the workspace, oldest first; raises Forbidden."""
    require_admin(ctx, "security")
    return list(SsoConnection.objects.filter(workspace_id=ctx.workspace.id).order_by("created_at", "id"))


def create_connection(ctx: Ctx, given: Mapping[str, Any]) -> SsoConnection:
    """A new connection, switched off; raises Forbidden, Invalid."""
    require_admin(ctx, "security")
    if given["kind"] not in providers:
        raise invalid("kind", "unknown_choice", _KIND)
    if SsoConnection.objects.filter(workspace_id=ctx.workspace.id).count() >= MOST_CONNECTIONS:
        raise invalid("kind", "too_many", _MANY, max=MOST_CONNECTIONS)
    row = SsoConnection(workspace_id=ctx.workspace.id, address=ctx.workspace.slug, kind=given["kind"])
    _apply(ctx, row, given)
    row.save(force_insert=True)
    name_domains(ctx)
    record(ctx, "settings.changed", record_id=row.id, single_sign_on=row.label, after=told(row))
    return row


def update_connection(ctx: Ctx, connection_id: uuid.UUID, changes: Mapping[str, Any]) -> SsoConnection:
    """Change a connection; what is not given stays. Raises NotFound, Forbidden, Invalid, Conflict."""
    row = get_connection(ctx, connection_id, lock=True)
    before = told(row)
    _apply(ctx, row, changes)
    guarded = [ask.key for ask in providers.get(row.kind).asks if ask.guards]
    is_elsewhere = any(before["config"].get(key) != row.config.get(key) for key in guarded)
    if before["is_on"] and (not row.is_on or is_elsewhere):
        row.era += 1
        tell_standing(workspace=ctx.workspace.id)
    row.save()
    name_domains(ctx)
    _keep_a_way(ctx)
    record_change(ctx, "settings.changed", before, told(row), record_id=row.id, single_sign_on=row.label)
    return row


def delete_connection(ctx: Ctx, connection_id: uuid.UUID) -> None:
    """Remove a connection and who came by it: their sessions end, their accounts stay."""
    row = get_connection(ctx, connection_id, lock=True)
    tell_standing(workspace=ctx.workspace.id)
    record(ctx, "settings.changed", record_id=row.id, single_sign_on=row.label, before=told(row))
    row.delete()
    name_domains(ctx)
    _keep_a_way(ctx)


def check_connection(ctx: Ctx, connection_id: uuid.UUID) -> None:
    """Ask the provider whether it is there; raises Invalid with what is wrong."""
    row = get_connection(ctx, connection_id)
    try:
        providers.get(row.kind).check(setup_of(row))
    except SsoFailure as failure:
        raise invalid("config", "no_answer", _CHECK, detail=failure.detail or failure.code) from failure


def read_provider(ctx: Ctx, *, xml: str, url: str) -> dict[str, str]:
    """The settings that a provider's SAML metadata give, from a text or an address; raises Forbidden, Invalid."""
    require_admin(ctx, "security")
    try:
        return read_metadata(xml.encode() if xml.strip() else fetch_metadata(url.strip()))
    except (BadXml, UnicodeEncodeError) as error:
        raise invalid(
            "xml" if xml.strip() else "url", "bad_metadata", _METADATA, detail=str(error)[:200]
        ) from None


def own_metadata(ctx: Ctx, connection_id: uuid.UUID) -> bytes:
    """What the provider of a connection is to be told about us, as SAML metadata; raises Forbidden, NotFound."""
    row = get_connection(ctx, connection_id)
    if not providers.get(row.kind).has_metadata:
        raise NotFound
    return write_metadata(entity_id_of(back_of(row.id)), back_of(row.id), row.config)


def get_connection(ctx: Ctx, connection_id: uuid.UUID, *, lock: bool = False) -> SsoConnection:
    """One connection of the workspace; raises Forbidden, NotFound."""
    require_admin(ctx, "security")
    rows = SsoConnection.objects.select_for_update() if lock else SsoConnection.objects
    row = rows.filter(workspace_id=ctx.workspace.id, id=connection_id).first()
    if row is None:
        raise NotFound
    return row


def find_at(address: str) -> list[SsoConnection]:
    """The ways in that are switched on at a sign-in address, for anybody; opens its own transaction."""
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT set_config('guanxi.sign_in', %s, true)", [address])
        rows = SsoConnection.objects.filter(address=address, is_on=True)
        found = list(rows.order_by("created_at", "id"))
        db.execute("SELECT set_config('guanxi.sign_in', '', true)")
    return found


def setup_of(row: SsoConnection) -> Setup:
    """What the provider needs to know, the secret in the clear; needs a session of the workspace."""
    return Setup(row.config, _open_secret(row), back_of(row.id), row.trusts_addresses)


def back_of(connection_id: uuid.UUID) -> str:
    """Where the provider sends the browser back to; to be registered there."""
    return f"{settings.GUANXI_PUBLIC_URL}/sso/back/{connection_id}"


def told(row: SsoConnection) -> dict[str, Any]:
    """What the audit tells of a connection: no secret, only whether there is one."""
    kept = ("kind", "label", "is_on", "config", "domains", "join_role", "trusts_addresses", "trusts_factor")
    return {key: getattr(row, key) for key in kept} | {"secret": bool(row.secret)}


def _keep_secret(row: SsoConnection, secret: str) -> None:
    row.secret = seal_secret(row.workspace_id, f"sso.{row.id}", secret)


def _open_secret(row: SsoConnection) -> str:
    try:
        return open_secret(row.workspace_id, f"sso.{row.id}", row.secret)
    except Undecipherable as error:
        raise SsoFailure("provider", "the stored secret cannot be opened") from error


def _apply(ctx: Ctx, row: SsoConnection, given: Mapping[str, Any]) -> None:
    provider = providers.get(row.kind)
    before = dict(row.config)
    errors = [*_take_config(row, provider, given), *_take_rest(row, given)]
    guarded = [
        ask.key for ask in provider.asks if ask.guards and before.get(ask.key) != row.config.get(ask.key)
    ]
    if given.get("secret") is not None:
        _keep_secret(row, given["secret"])
    elif row.secret and guarded:
        errors.append(FieldError("secret", "enter_again", _AGAIN))
    if row.join_role and provider.by_address and not row.domains:
        errors.append(FieldError("domains", "required", _DOMAINS_FIRST))
    if errors:
        raise Invalid(errors=errors)
    if given.get("join_role"):
        require_giving(ctx, row.join_role)


def _take_config(row: SsoConnection, provider: Provider, given: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    wanted = dict(row.config) | {key: value.strip() for key, value in (given.get("config") or {}).items()}
    row.config = {ask.key: wanted.get(ask.key, "") for ask in provider.asks}
    for ask in provider.asks:
        value, keys = row.config[ask.key], [key for key, _ in ask.choices]
        if keys and not value:
            row.config[ask.key] = keys[0]
        elif not value and ask.is_required:
            errors.append(FieldError(f"config.{ask.key}", "required", _REQUIRED))
        elif len(value) > ask.most:
            errors.append(FieldError(f"config.{ask.key}", "too_long", _LONG, {"max": ask.most}))
        elif keys and value not in keys:
            errors.append(FieldError(f"config.{ask.key}", "unknown_choice", _CHOICE))
    if not errors:
        errors = [FieldError(f"config.{one.key}", one.code, one.text) for one in provider.tidy(row.config)]
    return errors


def _take_rest(row: SsoConnection, given: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    for key in ("label", "is_on", "trusts_addresses", "trusts_factor", "join_role"):
        if given.get(key) is not None:
            setattr(row, key, given[key])
    if row.join_role not in ("", *JOIN_ROLES):
        errors.append(FieldError("join_role", "unknown_choice", _ROLE))
    if given.get("domains") is not None:
        found, wrong = _domains(given["domains"])
        row.domains = found
        errors += wrong
    return errors


def _domains(given: Sequence[str]) -> tuple[list[str], list[FieldError]]:
    found: list[str] = []
    errors = []
    if len(given) > MOST_DOMAINS:
        return [], [FieldError("domains", "too_many", _MANY, {"max": MOST_DOMAINS})]
    for number, text in enumerate(given):
        domain = tidy_domain(text)
        if domain is None:
            errors.append(FieldError(f"domains.{number}", "bad_domain", _DOMAIN, {"value": text[:60]}))
        elif domain not in found:
            found.append(domain)
    return found, errors


def _has_way(workspace_id: uuid.UUID) -> bool:
    return SsoConnection.objects.filter(workspace_id=workspace_id, is_on=True).exists()


def _keep_a_way(ctx: Ctx) -> None:
    if policies.read_policy(ctx.workspace.id).sso_only and not _has_way(ctx.workspace.id):
        raise Conflict(_IN_USE, code="single_sign_on_required")


def _check_policy(ctx: Ctx, policy: Policy) -> None:
    if policy.sso_only and not _has_way(ctx.workspace.id):
        raise invalid("sso_only", "no_way", _NO_WAY)


def _is_in_use(workspace_id: uuid.UUID, way: str) -> bool:
    connection_id, _, era = way.partition(":")
    rows = SsoConnection.objects.filter(workspace_id=workspace_id, id=connection_id, is_on=True, era=int(era))
    return rows.exists()


policies.checks.append(_check_policy)
way_checks.append(_is_in_use)
