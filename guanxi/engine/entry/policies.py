"""Reading and changing what a workspace demands.

*How it works*: every request asks for its workspace's policy, so a process keeps it for KEPT_SECONDS; a change
counts at once where it was made and that much later everywhere else.

*Rules*: administrators alone change it, and never so that they are shut out themselves: their own address stays
within the allowed networks, and they have a second factor before they demand one of their own role.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from guanxi.engine.entry.models import SignInPolicy
from guanxi.engine.entry.rules import (
    LONGEST_SESSION_HOURS,
    MOST_NETWORKS,
    PASSWORD_POLICIES,
    Policy,
    is_within,
    tidy_network,
)
from guanxi.engine.identity.actions.rights import keepers, require_admin
from guanxi.engine.identity.models import Membership
from guanxi.engine.identity.rules import ROLES
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Conflict, FieldError, Invalid, invalid
from guanxi.kit.text import Text

KEPT_SECONDS = 5.0
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_kept: dict[uuid.UUID, tuple[float, Policy]] = {}
checks: list[Callable[[Ctx, Policy], None]] = []
"""Asked before a policy is kept; each raises Invalid for a demand that cannot be met."""

naming: list[Callable[[Ctx], dict[str, dict[str, str]]]] = []
"""What names the roles of a workspace, by key; `engine.access` registers it, standing above."""

_CHOICE = Text("请从列出的选项中选择。", "Choose one of the options.")
_RANGE = Text("应在 {low} 到 {high} 之间。", "Must lie between {low} and {high}.")
_NETWORK = Text("“{value}”不是 IP 地址或网段。", "“{value}” is not an IP address or network.")
_MANY = Text("最多 {max} 个。", "At most {max}.")
_OUT = Text(
    "你现在的地址 {address} 不在名单里，保存后你自己就进不来了。",
    "Your own address {address} is not on the list: you would lock yourself out.",
)
_FACTOR_FIRST = Text(
    "请先为自己启用两步验证，再要求你的角色使用。",
    "Switch on a second factor for yourself before you demand it of your own role.",
)
_RESERVE = Text(
    "请至少留一位管理员可以用密码登录，单点登录出故障时还有人能进来。",
    "Leave at least one administrator who may sign in by password, for the day the provider fails.",
)
_RESERVE_ADMINS = Text("这里只能选在职的管理员。", "Only active administrators can be chosen here.")
_RESERVE_LEFT = Text(
    "这是单点登录出故障时唯一还能进来的管理员，请先在「登录与安全」里换一位。",
    "This is the only administrator who can come in when single sign-on fails. Choose another in the sign-in rules first.",
)
_SSO_FIRST = Text(
    "请先用单点登录进来一次，或把自己列为例外，再要求所有人这样登录。",
    "Come in by single sign-on yourself, or put yourself among the exceptions, before you demand it of everybody.",
)


def policy_of(workspace_id: uuid.UUID) -> Policy:
    """The policy of the workspace that the session is in."""
    kept = _kept.get(workspace_id)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    policy = read_policy(workspace_id)
    if len(_kept) > 10_000:
        _kept.clear()
    _kept[workspace_id] = (time.monotonic() + KEPT_SECONDS, policy)
    return policy


def read_policy(workspace_id: uuid.UUID) -> Policy:
    """The policy as the database has it; needs a session of the workspace."""
    row = SignInPolicy.objects.filter(workspace_id=workspace_id).first()
    if row is None:
        return Policy()
    return Policy(
        row.password_policy,
        tuple(row.second_factor_roles),
        row.session_hours,
        row.idle_minutes,
        tuple(row.networks),
        row.sso_only,
        tuple(row.break_glass),
    )


def forget_policies() -> None:
    """Read them afresh from now on."""
    _kept.clear()


def policies_of_person(user_id: uuid.UUID) -> list[Policy]:
    """The policies of every workspace that a person is in or invited to, from wherever this is asked."""
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT current_setting('guanxi.workspace', true), current_setting('guanxi.user', true)")
        before = db.fetchone()
        db.execute("SELECT set_config('guanxi.user', %s, true)", [str(user_id)])
        db.execute(
            "SELECT workspace_id FROM membership WHERE user_id = %s AND status <> 'disabled'", [user_id]
        )
        found = []
        for (workspace_id,) in db.fetchall():
            db.execute("SELECT set_config('guanxi.workspace', %s, true)", [str(workspace_id)])
            found.append(read_policy(workspace_id))
        db.execute(
            "SELECT set_config('guanxi.workspace', %s, true), set_config('guanxi.user', %s, true)",
            [value or "" for value in before],
        )
    return found


def has_second_factor(user_id: uuid.UUID | None) -> bool:
    """Whether a person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists()


def role_names(ctx: Ctx) -> dict[str, dict[str, str]]:
    """Every role that somebody can have, by key, with its name in both languages."""
    found: dict[str, dict[str, str]] = {key: {"zh-CN": key, "en": key} for key in ROLES}
    for name in naming:
        found |= name(ctx)
    return found


def update_policy(ctx: Ctx, changes: Mapping[str, Any], *, address: str, is_vouched: bool = False) -> Policy:
    """Change the policy; raises Forbidden or Invalid.

    `address` is the asker's own; `is_vouched`: the asker came by single sign-on.
    """
    require_admin(ctx, "security")
    before = read_policy(ctx.workspace.id)
    wanted = asdict(before) | {key: value for key, value in changes.items() if value is not None}
    roles = frozenset(role_names(ctx))
    if changes.get("second_factor_roles") is None:  # a role that is gone demands nothing any more
        wanted["second_factor_roles"] = [key for key in wanted["second_factor_roles"] if key in roles]
    policy = _checked(wanted, roles)
    if not is_within(address, policy.networks):
        raise invalid("networks", "locks_out", _OUT, address=address)
    held = {str(ctx.actor.role), *getattr(ctx.actor, "extra_roles", ())}
    if held & set(policy.second_factor_roles) and not has_second_factor(ctx.actor.user_id):
        raise invalid("second_factor_roles", "locks_out", _FACTOR_FIRST)
    if policy.sso_only:
        _check_break_glass(ctx, policy, is_vouched)
    for check in checks:
        check(ctx, policy)
    SignInPolicy.objects.update_or_create(
        workspace_id=ctx.workspace.id,
        defaults=asdict(policy)
        | {
            "networks": list(policy.networks),
            "second_factor_roles": list(policy.second_factor_roles),
            "break_glass": list(policy.break_glass),
        },
    )
    record_change(ctx, "workspace.changed", asdict(before), asdict(policy))
    transaction.on_commit(forget_policies)
    forget_policies()
    return policy


def _check_break_glass(ctx: Ctx, policy: Policy, is_vouched: bool) -> None:
    """Raises Invalid unless an administrator can come in without the provider, and the asker still can."""
    people = list(people_in_reserve(ctx.workspace.id, policy))
    if not people:
        raise invalid("break_glass", "required", _RESERVE)
    if {str(person) for person in people} != set(policy.break_glass):
        raise invalid("break_glass", "not_administrator", _RESERVE_ADMINS)
    if not is_vouched and str(ctx.actor.user_id) not in policy.break_glass:
        raise invalid("sso_only", "locks_out", _SSO_FIRST)


def people_in_reserve(workspace_id: uuid.UUID, policy: Policy) -> list[uuid.UUID]:
    """The active administrators who may come in without the workspace's provider."""
    rows = Membership.objects.filter(
        workspace_id=workspace_id, role=Role.ADMIN, status="active", user_id__in=policy.break_glass
    )
    return list(rows.values_list("user_id", flat=True))


def keep_reserve(ctx: Ctx) -> None:
    """Raises Conflict when nobody is left who could come in while the provider fails."""
    policy = read_policy(ctx.workspace.id)
    if policy.sso_only and not people_in_reserve(ctx.workspace.id, policy):
        raise Conflict(_RESERVE_LEFT, code="last_break_glass")


keepers.append(keep_reserve)


def _checked(wanted: Mapping[str, Any], roles: frozenset[str]) -> Policy:
    errors = []
    if wanted["password_policy"] not in PASSWORD_POLICIES:
        errors.append(FieldError("password_policy", "unknown_choice", _CHOICE))
    if set(wanted["second_factor_roles"]) - roles:
        errors.append(FieldError("second_factor_roles", "unknown_choice", _CHOICE))
    for key, low, high in (("session_hours", 1, LONGEST_SESSION_HOURS), ("idle_minutes", 0, 10_080)):
        if not low <= wanted[key] <= high or (key == "idle_minutes" and 0 < wanted[key] < 5):
            errors.append(FieldError(key, "out_of_range", _RANGE, {"low": max(low, 5 if key == "idle_minutes" else low), "high": high}))  # fmt: skip
    networks: list[str] = []
    if len(wanted["networks"]) > MOST_NETWORKS:
        errors.append(FieldError("networks", "too_many", _MANY, {"max": MOST_NETWORKS}))
    for number, text in enumerate(wanted["networks"][:MOST_NETWORKS]):
        try:
            networks.append(tidy_network(text))
        except ValueError:
            errors.append(FieldError(f"networks.{number}", "bad_network", _NETWORK, {"value": text[:60]}))
    if errors:
        raise Invalid(errors=errors)
    return Policy(
        wanted["password_policy"],
        tuple(sorted(set(wanted["second_factor_roles"]))),
        wanted["session_hours"],
        wanted["idle_minutes"],
        tuple(dict.fromkeys(networks)),
        wanted["sso_only"],
        tuple(dict.fromkeys(str(person) for person in wanted["break_glass"])),
    )
