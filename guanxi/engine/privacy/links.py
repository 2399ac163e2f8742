"""Withdrawal links (PIPL art. 15: taking consent back is as easy as giving it): a page without signing in.

*How it works*: a link holds a secret of 160 random bits with the workspace in it (as invitations do); its hash alone
is stored. It opens a page that shows which consents stand for one record, within the purposes it was made for, and takes
them back. It shows nothing of the person. Whatever is wrong with a link, the answer is the same.

*Rules*: the link's row is held while it is used, so that a double click writes one withdrawal. A link cannot give
consent, only take it back.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings

from guanxi.engine.identity.rules import hash_secret, make_secret, parse_secret
from guanxi.engine.privacy import rows
from guanxi.engine.privacy.ledger import Consent, Proof, entries_of, require_record, take_back
from guanxi.engine.privacy.models import ConsentLink, Purpose
from guanxi.engine.privacy.rules import GENERAL, GIVEN
from guanxi.engine.records.store.aliases import survivors_of
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Actor, Ctx, Origin, Role, Via, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import FieldError, Invalid, NotFound
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

KIND = "consent"
DEFAULT_DAYS = 400
MAX_DAYS = 1100
THE_PERSON = Text("本人（撤回链接）", "The person (withdrawal link)")
DEAD = Text(
    "这个链接无效或已过期，请联系发送方。", "This link is not valid or has expired. Ask whoever sent it."
)
BAD_ITEMS = Text("请选择要撤回的项目。", "Choose what to withdraw.")


def create(ctx: Ctx, object_key: str, record_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new link for a record that the actor may change; its address is told once. Raises NotFound, Forbidden, Invalid."""
    require_record(ctx, object_key, record_id, edit=True)
    known = {
        str(i) for i in Purpose.objects.filter(workspace_id=ctx.workspace.id).values_list("id", flat=True)
    }
    asked = _Asked()
    readers = {"purposes": rows.items(rows.choice(sorted(known)), 200), "days": rows.number(1, MAX_DAYS)}
    rows.fill(asked, given, readers)
    secret = make_secret(KIND, ctx.workspace.id)
    row = ConsentLink.objects.create(
        workspace_id=ctx.workspace.id, object_key=object_key, record_id=record_id, token_hash=hash_secret(secret),
        purposes=asked.purposes, expires_at=ctx.now + timedelta(days=asked.days), created_by=ctx.actor.user_id,
        created_at=ctx.now,
    )  # fmt: skip
    record(
        ctx,
        "consent.link",
        object_key=object_key,
        record_id=record_id,
        link=row.id,
        expires_at=row.expires_at,
    )
    return shown(row) | {"url": f"{settings.GUANXI_PUBLIC_URL}/consent/{secret}"}


class _Asked:
    def __init__(self) -> None:
        self.purposes: list[str] = []
        self.days = DEFAULT_DAYS


def list_links(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """The links that still open, newest first, without their secrets."""
    require_record(ctx, object_key, record_id)
    found = ConsentLink.objects.filter(
        workspace_id=ctx.workspace.id, object_key=object_key, record_id=record_id, revoked_at__isnull=True,
        expires_at__gt=ctx.now,
    )  # fmt: skip
    return [shown(row) for row in found.order_by("-id")[:50]]


def revoke(ctx: Ctx, object_key: str, record_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """End a link; raises NotFound, Forbidden."""
    require_record(ctx, object_key, record_id, edit=True)
    row = rows.find(ctx, ConsentLink, link_id, lock=True)
    if row.record_id != record_id or row.object_key != object_key:
        raise NotFound
    row.revoked_at = row.revoked_at or ctx.now
    row.save(update_fields=["revoked_at"])


def shown(row: ConsentLink) -> dict[str, Any]:
    """A link in the API."""
    return {
        "id": row.id, "purposes": row.purposes, "expires_at": row.expires_at, "used_at": row.used_at,
        "created_at": row.created_at,
    }  # fmt: skip


def read_public(token: str) -> dict[str, Any]:
    """What the page of a link shows; opens its own session. Raises NotFound."""
    parsed = _parsed(token)
    with session(parsed[0]):
        ctx, row, record_id = _open(*parsed)
        return _page(ctx, row, record_id)


def withdraw_public(token: str, given: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Take back what is named (`{"all": true}` or `{"items": [{"purpose", "channel", "scope"}]}`); gives the page anew."""
    parsed = _parsed(token)
    with session(parsed[0]):
        ctx, row, record_id = _open(*parsed, lock=True)
        ctx = replace(ctx, origin=origin)
        named = _named(given)
        mine = {entry.id for entry in _standing(ctx, row, record_id)}
        proof = Proof(ip=origin.ip, agent=origin.agent, link_id=row.id)
        take_back(ctx, row.object_key, record_id, source="link", proof=proof,
                  only=lambda entry: entry.id in mine and (named is None or place_of(entry) in named))  # fmt: skip
        row.used_at = ctx.now
        row.save(update_fields=["used_at"])
        return _page(ctx, row, record_id)


def _parsed(token: str) -> tuple[uuid.UUID, str]:
    found = parse_secret(KIND, token)
    if found is None or found.workspace_id is None:
        raise NotFound(DEAD, code="link_dead")
    return found.workspace_id, found.hash


def _open(
    workspace_id: uuid.UUID, token_hash: str, *, lock: bool = False
) -> tuple[Ctx, ConsentLink, uuid.UUID]:
    """The context of the person behind a link, the link, and the record as it is called now."""
    links = ConsentLink.objects.select_for_update() if lock else ConsentLink.objects
    row = links.filter(workspace_id=workspace_id, token_hash=token_hash, revoked_at__isnull=True).first()
    if row is None:
        raise NotFound(DEAD, code="link_dead")
    system = load_system_ctx(workspace_id)
    obj = get_schema(system).find(row.object_key)
    if row.expires_at <= system.now or obj is None:
        raise NotFound(DEAD, code="link_dead")
    person = Actor(user_id=None, name=THE_PERSON.in_(system.locale), role=Role.LIMITED, can_write=False)
    ctx = replace(system, actor=person, via=Via.PUBLIC)
    record_id = survivors_of(system, obj, [row.record_id]).get(row.record_id, row.record_id)
    return ctx, row, record_id


def _standing(ctx: Ctx, row: ConsentLink, record_id: uuid.UUID) -> list[Consent]:
    return [
        entry
        for entry in entries_of(ctx, row.object_key, record_id)
        if entry.current and (not row.purposes or str(entry.purpose_id) in row.purposes)
    ]


def _page(ctx: Ctx, row: ConsentLink, record_id: uuid.UUID) -> dict[str, Any]:
    return {
        "company": ctx.workspace.name,
        "expires_at": row.expires_at,
        "items": [
            {"purpose": entry.purpose_id, "name": entry.purpose_name.as_dict(), "channel": entry.channel,
             "scope": entry.scope, "state": entry.state, "at": entry.at, "can_withdraw": entry.state == GIVEN}
            for entry in _standing(ctx, row, record_id)
        ],
    }  # fmt: skip


Place = tuple[uuid.UUID, str, str]


def place_of(entry: Consent) -> Place:
    """What an entry is about: purpose, channel, scope."""
    return entry.purpose_id, entry.channel, entry.scope


def _named(given: Mapping[str, Any]) -> set[Place] | None:
    """What is to be withdrawn; None for all of it."""
    if given.get("all") is True:
        return None
    items = given.get("items")
    if not isinstance(items, list) or not items or len(items) > 200:
        raise Invalid(errors=[FieldError("items", "required", BAD_ITEMS)])
    found = set()
    for i, item in enumerate(items):
        purpose = parse_id(item.get("purpose")) if isinstance(item, Mapping) else None
        channel, scope = (item.get("channel"), item.get("scope", GENERAL)) if purpose else (None, None)
        if purpose is None or not isinstance(channel, str) or not isinstance(scope, str):
            raise Invalid(errors=[FieldError(f"items.{i}", "wrong_type", BAD_ITEMS)])
        found.add((purpose, channel, scope))
    return found
