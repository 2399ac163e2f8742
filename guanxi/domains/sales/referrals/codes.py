"""Referral codes: each customer and each contact has one from the moment somebody asks for it.

*Rules*: made by who may change the record, never changed. A code says nothing of whom it leads to; what was merged
passes its code on to what it has become (`holders`).
"""

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from guanxi.domains.sales.hooks.through import customers_of
from guanxi.domains.sales.referrals.models import ReferralCode
from guanxi.domains.sales.referrals.rules import ALPHABET, LENGTH, spell
from guanxi.engine.access import rights
from guanxi.engine.records.beside import stored_value
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.aliases import survivors_of
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.errors import NotFound

OBJECTS = ("customer", "contact")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a code leads to: a customer, and the person there where it is theirs."""

    customer: uuid.UUID
    contact: uuid.UUID | None = None


def code_of(ctx: Ctx, record_id: uuid.UUID) -> str | None:
    """The code of a customer or contact; None before somebody asked for one."""
    found = ReferralCode.objects.filter(workspace_id=ctx.workspace.id, record_id=record_id)
    return found.values_list("code", flat=True).first()


def give_code(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> str:
    """The code of a customer or contact, made if there is none; raises NotFound, Forbidden for who may not change it."""
    if object_key not in OBJECTS:
        raise NotFound
    stored_value(ctx, rights.get_object(ctx, object_key), record_id, edit=True)
    row = ReferralCode(
        workspace_id=ctx.workspace.id, object_key=object_key, record_id=record_id, created_at=ctx.now,
        created_by=ctx.actor.user_id, code=spell(secrets.randbelow(len(ALPHABET) ** LENGTH)),
    )  # fmt: skip
    # Somebody else's, a moment ago, is as good.
    ReferralCode.objects.bulk_create([row], ignore_conflicts=True)
    return code_of(ctx, record_id) or row.code


def holders(ctx: Ctx, codes: Collection[str]) -> dict[str, Holder]:
    """Whom codes lead to, as the program sees it; nobody where that is in the recycle bin."""
    rows = list(ReferralCode.objects.filter(workspace_id=ctx.workspace.id, code__in=codes))
    system = replace(ctx, actor=SYSTEM)
    now = {key: _live(system, key, [r.record_id for r in rows if r.object_key == key]) for key in OBJECTS}
    at = customers_of(system, "contact", set(now["contact"].values())) if now["contact"] else {}
    told = {}
    for row in rows:
        held = now[row.object_key].get(row.record_id)
        if held is not None and row.object_key == "customer":
            told[row.code] = Holder(held)
        elif held in at:
            told[row.code] = Holder(at[held], held)
    return told


def _live(ctx: Ctx, object_key: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each id with that of the live record that it is, or was merged into."""
    if not ids:
        return {}
    obj = get_object(ctx, object_key)
    live = visible_ids(ctx, obj, sorted(ids))
    return {i: i for i in live} | survivors_of(ctx, obj, set(ids) - live)
