"""What a record knows of public pools 公海: columns and fields of every object that pools are for.

*How it works*: a record is in a pool when `pool` holds the pool's key (its owner is empty then). The fields are
readonly: `sales.pool` writes them, through the write door, so that the history tells every owner with the reason.
`pool_due_at` alone is no change of anybody's: the nightly job says by it when the record is going to be recycled.

*Rules*: customers know the columns and nothing of pools; the options of `pool` are a source (option_sources.py).

*See*: docs/adr/0066-public-pools.md.
"""

from django.db import models

from guanxi.engine.schema.definitions import FieldDef, Section
from guanxi.engine.schema.registry import field, options
from guanxi.kit.text import Text

POOL = Section("pool", Text("公海", "Public pool"))
REASONS = options(
    ("no_follow_up", "久未跟进", "Not followed up"),
    ("no_deal", "久未成交", "No deal"),
    ("refused", "客户拒绝", "Refused"),
    ("contract_end", "合同到期", "Contract ended"),
    ("returned", "主动退回", "Returned"),
    ("invalid", "信息无效", "Wrong data"),
    ("not_my_field", "不归我负责", "Not my field"),
    ("left", "人员离职", "Owner left"),
    ("other", "其他", "Other"),
)
"""Why a record is in a pool."""
RULED = frozenset({"no_follow_up", "no_deal", "refused", "contract_end"})
"""The reasons that rules give; the others are people's."""


class Pooled(models.Model):
    """The columns of an object that pools are for."""

    pool = models.TextField(null=True)
    pooled_at = models.DateTimeField(null=True)
    pool_reason = models.TextField(null=True)
    pool_note = models.TextField(null=True)
    previous_owner = models.UUIDField(null=True)
    owned_since = models.DateTimeField(null=True)
    protected_until = models.DateTimeField(null=True)
    pool_due_at = models.DateTimeField(null=True)

    class Meta:
        """Abstract: the table is the subclass's."""

        abstract = True


def pool_fields() -> tuple[FieldDef, ...]:
    """The fields over the columns of `Pooled`; all are kept by the program."""
    kept = {"readonly": True, "in_create": False, "section": POOL.key}
    return (
        field("pool", "select", Text("所在公海", "Pool"), options_source="pools", **kept),
        field("pooled_at", "datetime", Text("进入公海时间", "In the pool since"), **kept),
        field("pool_reason", "select", Text("进入公海原因", "Reason"), options=REASONS, **kept),
        field("pool_note", "text", Text("原因说明", "Why exactly"), **kept),
        field("previous_owner", "user", Text("前负责人", "Previous owner"), **kept),
        field("owned_since", "datetime", Text("负责开始时间", "Owned since"), **kept),
        field("protected_until", "datetime", Text("保护期至", "Protected until"), **kept),
        field("pool_due_at", "datetime", Text("将回收时间", "Falls into the pool"), **kept),
    )
