"""Reading and changing what a workspace demands.

*How it works*: every request asks for its workspace's policy, so a process keeps it for KEPT_SECONDS; a change
counts at once where it was made and that much later everywhere else.

*Rules*: administrators alone change it, and never so that they are shut out themselves: their own address stays
within the allowed networks, and they have a second factor before they demand one of their own role.
"""

import time
import uuid
from collections.abc import Mapping
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
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.text import Text

KEPT_SECONDS = 5.0
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_kept: dict[uuid.UUID, tuple[float, Policy]] = {}

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


def update_policy(ctx: Ctx, changes: Mapping[str, Any], *, address: str, roles: frozenset[str]) -> Policy:
    """Change the policy; raises Forbidden or Invalid. `address` is the asker's own, `roles` those that exist."""
    require_admin(ctx, "security")
    before = read_policy(ctx.workspace.id)
    wanted = asdict(before) | {key: value for key, value in changes.items() if value is not None}
    policy = _checked(wanted, roles)
    if not is_within(address, policy.networks):
        raise invalid("networks", "locks_out", _OUT, address=address)
    held = {str(ctx.actor.role), *getattr(ctx.actor, "extra_roles", ())}
    if held & set(policy.second_factor_roles) and not has_second_factor(ctx.actor.user_id):
        raise invalid("second_factor_roles", "locks_out", _FACTOR_FIRST)
    SignInPolicy.objects.update_or_create(
        workspace_id=ctx.workspace.id,
        defaults=asdict(policy)
        | {"networks": list(policy.networks), "second_factor_roles": list(policy.second_factor_roles)},
    )
    record_change(ctx, "workspace.changed", asdict(before), asdict(policy))
    transaction.on_commit(forget_policies)
    forget_policies()
    return policy


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
    )
