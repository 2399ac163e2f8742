"""What requests mean for consents: erased people leave no trace in the ledger, those who object are not contacted.

*How it works*: the ledger is append-only and proves that the firm was allowed what it did; of an erased person the
entries stay under the id of a record that is gone, without note, address, program and file.
"""

import uuid
from collections.abc import Collection, Mapping

from django.db import connection

from guanxi.engine.privacy.facade import ContactCheck, contact_checks
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.subjects.models import Objection, SubjectRequest
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, declare_place, eraser_registry
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

OBJECTED = Text("本人已拒绝营销和自动化处理", "The person has objected to marketing and automation")
ERASING = Text("本人已申请删除", "The person has asked to be erased")


def erase_consents(ctx: Ctx, erasure: Erasure) -> int:
    """Empty the entries of erased records; gives their number."""
    with connection.cursor() as db:
        db.execute("SELECT subject_erase_consents(%s)", [erasure.ids])
        row = db.fetchone()
    return int(row[0]) if row else 0


def _restricted(ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Text]:
    objected = Objection.objects.filter(workspace_id=ctx.workspace.id, record_id__in=ids)
    found = dict.fromkeys(objected.values_list("record_id", flat=True), OBJECTED)
    asked = SubjectRequest.objects.filter(
        workspace_id=ctx.workspace.id, kind="erase", status__in=("open", "working", "failed")
    ).values_list("records", flat=True)
    wanted = set(ids)
    for records in asked:
        chosen = {uuid.UUID(each["id"]) for each in records if each.get("object") == obj.key}
        found |= dict.fromkeys(chosen & wanted, ERASING)
    return found


def _condition(workspace_id: uuid.UUID, record_id: Sql) -> Sql:
    objected = sql("SELECT o.record_id FROM subject_objection o WHERE o.workspace_id = {}", workspace_id)
    asked = sql(
        "SELECT (c.record ->> 'id')::uuid FROM subject_request q, jsonb_array_elements(q.records) AS c(record)"
        " WHERE q.workspace_id = {} AND q.kind = 'erase' AND q.status IN ('open', 'working', 'failed')"
        " AND c.record ->> 'id' IS NOT NULL",
        workspace_id,
    )
    return sql("{} IN ({}) OR {} IN ({})", record_id, objected, record_id, asked)


contact_checks.register(ContactCheck("subjects.requests", _restricted, _condition))
eraser_registry.register(
    Eraser("consent_entry", Text("同意记录的凭证", "Proof of consents"), ("consent_entry",), erase_consents)
)
declare_place("consent_link", "撤回同意的链接", "Links to withdraw consent", record=("record_id",))
declare_place(
    "privacy_breach", "泄露事件", "Breaches",
    texts=("title", "what", "cause", "harm", "data", "measures", "advice", "contact", "filter", "texts", "authority_reason",
           "persons_reason", "closing"),
)  # fmt: skip
declare_place("privacy_breach_event", "泄露事件的经过", "Steps of breaches", texts=("text",))
declare_place("retention_rule", "保留期限规则", "Retention rules", texts=("name", "filter"))
declare_place("retention_run", "保留期限的执行", "Runs of retention rules", texts=("name", "tree"))
