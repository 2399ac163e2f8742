"""The processing register: purposes, their legal bases, and what has to be written down of each.

*How it works*: one row a purpose, with what PIPL art. 17, 55-56 and GDPR art. 30 ask a controller to know: legal basis,
people, data, recipients, sending abroad, retention, measures. Data are fields of the schema, by key.

*Rules*: a purpose that somebody said something to, or that a published notice covers, is retired and never
deleted. Its key never changes.

*See*: exporting.py for the register as a file.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import ConsentEntry, NoticeVersion, Purpose
from guanxi.engine.privacy.rules import BASES, CHANNELS, CONSENT, SEPARATE
from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.rules import key_from
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Conflict, invalid
from guanxi.kit.text import Text

MAX_PURPOSES = 200
IN_USE = Text(
    "已有人对它表示过同意，或告知书已发布，只能停用，不能删除。",
    "People have said something to it, or a published notice covers it: retire it instead.",
)
UNKNOWN_FIELDS = Text("没有这个对象或字段。", "There is no such object or field.")
SHOWN = ("name", "description", "basis", "basis_note", "channels", "separate", "consent_text", "people", "data",
         "data_note", "recipients", "cross_border", "retention", "measures", "retired", "position")  # fmt: skip

STARTERS: tuple[dict[str, Any], ...] = (
    {
        "key": "contract", "basis": "contract",
        "name": {"zh-CN": "订立和履行合同", "en": "Making and keeping contracts"},
        "description": {"zh-CN": "报价、签约、发货、收款、售后", "en": "Quotes, contracts, delivery, payment, after-sales"},
        "people": ["客户联系人"], "retention": "合同终止后 3 年（诉讼时效）", "data": [{"object": "contact", "fields": []}],
    },
    {
        "key": "marketing", "basis": CONSENT, "channels": ["phone", "sms", "email", "wechat"],
        "name": {"zh-CN": "营销与活动邀请", "en": "Marketing and invitations"},
        "description": {"zh-CN": "发送产品资讯、优惠和活动邀请", "en": "News on products, offers, invitations to events"},
        "consent_text": {"zh-CN": "我同意接收产品资讯和活动邀请，可以随时撤回。",
                         "en": "I agree to receive product news and invitations. I can withdraw at any time."},
        "people": ["客户联系人", "线索"], "retention": "撤回同意后停止使用", "data": [{"object": "contact", "fields": []}],
    },
    {
        "key": "service", "basis": "contract",
        "name": {"zh-CN": "客户服务与投诉处理", "en": "Service and complaints"},
        "description": {"zh-CN": "答复咨询、处理投诉、回访", "en": "Answering questions, complaints, follow-up"},
        "people": ["客户联系人"], "retention": "服务结束后 3 年", "data": [{"object": "contact", "fields": []}],
    },
)  # fmt: skip


def list_purposes(ctx: Ctx, *, live: bool = False) -> list[Purpose]:
    """Every purpose in order; with `live`, those in use."""
    found = Purpose.objects.filter(workspace_id=ctx.workspace.id).order_by("position", "id")
    return list(found.filter(retired=False) if live else found)


def shown(row: Purpose) -> dict[str, Any]:
    """A purpose in the API."""
    return {
        "id": row.id, "key": row.key, **{name: getattr(row, name) for name in SHOWN}, "renewed_at": row.renewed_at,
        "version": row.version, "updated_at": row.updated_at,
    }  # fmt: skip


def create(ctx: Ctx, given: Mapping[str, Any]) -> Purpose:
    """A new purpose; raises Forbidden, Invalid."""
    rows.require_desk(ctx)
    taken = list(Purpose.objects.filter(workspace_id=ctx.workspace.id).values_list("key", flat=True))
    if len(taken) >= MAX_PURPOSES:
        raise invalid("name", "too_many", rows.TOO_MANY, max=MAX_PURPOSES)
    row = Purpose(workspace_id=ctx.workspace.id, created_at=ctx.now, updated_at=ctx.now, position=len(taken))
    rows.fill(row, given, _readers(ctx), needed=("name", "basis"))
    row.key = key_from(Text.of(row.name).zh, taken, prefix="purpose")
    row.save(force_insert=True)
    rows.told(ctx, "purpose", row, {}, rows.values_of(row, _readers(ctx)))
    bumped(ctx)
    return row


def update(ctx: Ctx, purpose_id: uuid.UUID, given: Mapping[str, Any], version: int) -> Purpose:
    """Change a purpose; raises Forbidden, NotFound, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Purpose, purpose_id, lock=True)
    before = rows.values_of(row, _readers(ctx))
    rows.at_version(row, version)
    rows.fill(row, given, _readers(ctx), needed=("name", "basis"))
    row.updated_at = ctx.now
    row.save()
    rows.told(ctx, "purpose", row, before, rows.values_of(row, _readers(ctx)))
    bumped(ctx)
    return row


def delete(ctx: Ctx, purpose_id: uuid.UUID) -> None:
    """Delete a purpose nobody has said anything to; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Purpose, purpose_id, lock=True)
    said = ConsentEntry.objects.filter(workspace_id=ctx.workspace.id, purpose=row).exists()
    covered = NoticeVersion.objects.filter(
        workspace_id=ctx.workspace.id, purposes__contains=[str(row.id)]
    ).exists()
    if said or covered:
        raise Conflict(IN_USE, code="in_use")
    before = rows.values_of(row, _readers(ctx))
    row.delete()
    row.id = purpose_id
    rows.told(ctx, "purpose", row, before, {})
    bumped(ctx)


def add_starters(ctx: Ctx) -> list[Purpose]:
    """The three purposes nearly every firm has, where the register is empty; gives the register."""
    rows.require_desk(ctx)
    if not list_purposes(ctx):
        known = get_schema(ctx).objects
        for position, starter in enumerate(STARTERS):
            data = [part for part in starter["data"] if part["object"] in known]
            Purpose.objects.get_or_create(
                workspace_id=ctx.workspace.id, key=starter["key"],
                defaults={**starter, "data": data, "position": position, "created_at": ctx.now, "updated_at": ctx.now},
            )  # fmt: skip
        record_change(ctx, "privacy.changed", {}, {"starters": True}, what="purpose")
        bumped(ctx)
    return list_purposes(ctx)


def _readers(ctx: Ctx) -> dict[str, rows.Reader]:
    return {
        "name": rows.pair(120), "description": rows.pair(2000), "basis": rows.choice(BASES),
        "basis_note": rows.text(2000), "channels": rows.several(CHANNELS), "separate": rows.several(SEPARATE),
        "consent_text": rows.pair(2000), "people": rows.items(rows.text(60), 30), "data": _data(ctx),
        "data_note": rows.text(2000),
        "recipients": rows.items(rows.shape(name=rows.text(120), contact=rows.text(200), why=rows.text(500),
                                            place=rows.text(60)), 50),
        "cross_border": rows.text(2000), "retention": rows.text(500), "measures": rows.text(4000),
        "retired": rows.flag, "position": rows.number(0, 10_000),
    }  # fmt: skip


def _data(ctx: Ctx) -> rows.Reader:
    """A reader of `[{"object", "fields"}]`; no fields means all of them."""
    objects = {obj.key: obj for obj in get_schema(ctx).listed}
    read_all = rows.items(rows.shape(object=rows.text(40), fields=rows.items(rows.text(40), 300)), 60)

    def read(value: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = read_all(value)
        for part in found:
            obj = objects.get(part["object"])
            if obj is None or any(key not in obj.fields for key in part["fields"]):
                raise Refusal("unknown_field", UNKNOWN_FIELDS)
        return found

    return read
