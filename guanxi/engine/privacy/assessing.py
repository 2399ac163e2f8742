"""Impact assessments (个人信息保护影响评估, PIPL art. 55-56) and records of sharing (art. 21, 23, 38).

*How it works*: an assessment is a draft that answers the questions of art. 56 and lists risks; its level is the worst
risk's likelihood × impact. Signing it needs every answer and a conclusion; signed, it never changes and is kept
for 3 years (art. 56). A changed processing takes a new assessment, made as a copy.

*Rules*: what must be kept cannot be deleted before its day.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from guanxi.engine.privacy import rows
from guanxi.engine.privacy.models import Assessment, Purpose, Sharing
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, FieldError, Invalid
from guanxi.kit.text import Text

KEPT_YEARS = 3
QUESTIONS = {
    "lawful": Text("处理目的、处理方式是否合法、正当、必要？（第五十六条（一））", "Are purpose and manner lawful, legitimate, necessary? (art. 56(1))"),
    "minimal": Text("是否只收集实现目的所需的最小范围？保存期限是否最短？（第六、十九条）", "Is no more collected, and kept no longer, than needed? (art. 6, 19)"),
    "notice": Text("是否已充分告知本人？（第十七条）", "Have people been told? (art. 17)"),
    "consent": Text("是否取得同意或有其他合法性基础；需要单独同意的是否已取得？（第十三、二十九条）", "Is there consent or another basis, and separate consent where needed? (art. 13, 29)"),
    "rights": Text("对个人权益有什么影响？（第五十六条（二））", "What does it mean for the rights of people? (art. 56(2))"),
    "risks": Text("有哪些安全风险：泄露、篡改、丢失、滥用？（第五十六条（二））", "Which risks: leak, change, loss, misuse? (art. 56(2))"),
    "recipients": Text("接收方、受托方是谁，是否有约定和监督？（第二十一、二十三条）", "Who receives or handles it, under what terms and supervision? (art. 21, 23)"),
    "abroad": Text("是否出境，走哪条路径？（第三十八条）", "Does it go abroad, and by which way? (art. 38)"),
    "automated": Text("是否有自动化决策，结果是否透明、公平，能否拒绝？（第二十四条）", "Are decisions automated; are they clear and fair; may people refuse? (art. 24)"),
    "measures": Text("保护措施是否合法、有效，并与风险程度相适应？（第五十六条（三））", "Are the measures lawful, effective and fit for the risk? (art. 56(3))"),
}  # fmt: skip
TRIGGERS = {
    "sensitive": Text("处理敏感个人信息", "Sensitive data"),
    "automated": Text("利用个人信息进行自动化决策", "Automated decisions"),
    "sharing": Text("委托处理、向他人提供、公开", "Handing to processors, sharing, making public"),
    "abroad": Text("向境外提供", "Sending abroad"),
    "other": Text("其他对个人权益有重大影响", "Other great effect on people"),
}
MODES = {
    "processor": Text("委托处理（第二十一条）", "Processor (art. 21)"),
    "shared": Text("向他人提供（第二十三条）", "Shared (art. 23)"),
    "public": Text("公开（第二十五条）", "Made public (art. 25)"),
    "abroad": Text("向境外提供（第三十八条）", "Sent abroad (art. 38)"),
}
SIGNED = Text("已签署的评估不能再改，请复制为新的评估。", "A signed assessment never changes. Make a copy.")
INCOMPLETE = Text(
    "请回答全部问题，写明结论后再签署。", "Answer every question and write a conclusion before signing."
)
KEPT = Text("依法应保存到 {until}，此前不能删除。", "It must be kept until {until}.")

_RISK = rows.shape(
    risk=rows.text(500), likelihood=rows.number(1, 3), impact=rows.number(1, 3), measure=rows.text(1000)
)


def level_of(risks: list[dict[str, Any]]) -> str:
    """`low`, `medium` or `high`: the worst of likelihood × impact."""
    worst = max((risk["likelihood"] * risk["impact"] for risk in risks), default=1)
    return "high" if worst > 4 else "medium" if worst > 2 else "low"


def list_assessments(ctx: Ctx) -> dict[str, Any]:
    """Every assessment, newest first, with the questions and what calls for one."""
    rows.require_look(ctx)
    found = Assessment.objects.filter(workspace_id=ctx.workspace.id).order_by("-id")
    return {
        "data": [shown(row) for row in found],
        "questions": [{"key": key, "label": text.as_dict()} for key, text in QUESTIONS.items()],
        "triggers": [{"key": key, "label": text.as_dict()} for key, text in TRIGGERS.items()],
    }


def shown(row: Assessment) -> dict[str, Any]:
    """An assessment in the API."""
    return {
        "id": row.id, "title": row.title, "purpose_id": row.purpose_id, "triggers": row.triggers,
        "answers": row.answers, "risks": row.risks, "level": level_of(row.risks), "conclusion": row.conclusion,
        "state": row.state, "signed_by": row.signed_by_name, "signed_at": row.signed_at,
        "keep_until": row.keep_until, "version": row.version, "updated_at": row.updated_at,
    }  # fmt: skip


def save(
    ctx: Ctx, given: Mapping[str, Any], assessment_id: uuid.UUID | None = None, version: int = 0
) -> Assessment:
    """Make or change a draft; raises Forbidden, NotFound, Conflict, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    readers = _readers(ctx)
    if assessment_id is None:
        row, before = Assessment(workspace_id=ctx.workspace.id, created_at=ctx.now), {}
    else:
        row = rows.find(ctx, Assessment, assessment_id, lock=True)
        if row.state == "signed":
            raise Conflict(SIGNED, code="signed")
        before = rows.values_of(row, readers)
        rows.at_version(row, version)
    rows.fill(row, given, readers, needed=("title",))
    row.updated_at = ctx.now
    row.save()
    rows.told(ctx, "assessment", row, before, rows.values_of(row, readers))
    return row


def sign(ctx: Ctx, assessment_id: uuid.UUID, version: int) -> Assessment:
    """Sign a whole draft; raises Forbidden, NotFound, Conflict, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Assessment, assessment_id, lock=True)
    if row.state == "signed":
        raise Conflict(SIGNED, code="signed")
    rows.at_version(row, version)
    missing = [key for key in QUESTIONS if not row.answers.get(key)]
    if missing or not row.conclusion:
        names = [f"answers.{key}" for key in missing] + ([] if row.conclusion else ["conclusion"])
        raise Invalid(errors=[FieldError(name, "required", INCOMPLETE) for name in names])
    row.state, row.signed_at, row.updated_at = "signed", ctx.now, ctx.now
    row.signed_by, row.signed_by_name = ctx.actor.user_id, ctx.actor.name[:120]
    row.keep_until = ctx.today.date() + relativedelta(years=KEPT_YEARS)
    row.save()
    rows.told(ctx, "assessment", row, {"state": "draft"}, {"state": "signed", "title": row.title})
    return row


def delete(ctx: Ctx, assessment_id: uuid.UUID) -> None:
    """Delete a draft, or what has been kept long enough; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Assessment, assessment_id, lock=True)
    if row.keep_until is not None and row.keep_until > ctx.today.date():
        raise Conflict(KEPT, code="kept", until=row.keep_until.isoformat())
    row.delete()
    row.id = assessment_id
    rows.told(ctx, "assessment", row, {"title": row.title}, {})


def list_sharing(ctx: Ctx) -> dict[str, Any]:
    """Every record of sharing, newest first."""
    rows.require_look(ctx)
    found = Sharing.objects.filter(workspace_id=ctx.workspace.id).order_by("-shared_on", "-id")
    modes = [{"key": key, "label": text.as_dict()} for key, text in MODES.items()]
    return {"data": [sharing_json(row) for row in found], "modes": modes}


def sharing_json(row: Sharing) -> dict[str, Any]:
    """A record of sharing in the API."""
    return {
        "id": row.id, "recipient": row.recipient, "contact": row.contact, "mode": row.mode,
        "purpose_id": row.purpose_id, "data": row.data, "basis": row.basis, "shared_on": row.shared_on,
        "ended_on": row.ended_on, "note": row.note, "keep_until": kept_until(row), "version": row.version,
    }  # fmt: skip


def kept_until(row: Sharing) -> date:
    """Three years from the end of the sharing."""
    return (row.ended_on or row.shared_on) + relativedelta(years=KEPT_YEARS)


def save_sharing(
    ctx: Ctx, given: Mapping[str, Any], sharing_id: uuid.UUID | None = None, version: int = 0
) -> Sharing:
    """Make or change a record of sharing; raises Forbidden, NotFound, Invalid, StaleVersion."""
    rows.require_desk(ctx)
    readers = {
        "recipient": rows.text(200), "contact": rows.text(200), "mode": rows.choice(MODES),
        "purpose_id": _purpose(ctx), "data": rows.text(2000), "basis": rows.text(2000), "shared_on": rows.day,
        "ended_on": rows.day, "note": rows.text(2000),
    }  # fmt: skip
    if sharing_id is None:
        row, before = Sharing(workspace_id=ctx.workspace.id, created_at=ctx.now), {}
        row.shared_on = ctx.today.date()
    else:
        row = rows.find(ctx, Sharing, sharing_id, lock=True)
        before = rows.values_of(row, readers)
        rows.at_version(row, version)
    rows.fill(row, given, readers, needed=("recipient", "mode", "shared_on"))
    row.updated_at = ctx.now
    row.save()
    rows.told(ctx, "sharing", row, before, rows.values_of(row, readers))
    return row


def delete_sharing(ctx: Ctx, sharing_id: uuid.UUID) -> None:
    """Delete what has been kept long enough; raises Forbidden, NotFound, Conflict."""
    rows.require_desk(ctx)
    row = rows.find(ctx, Sharing, sharing_id, lock=True)
    until = kept_until(row)
    if until > ctx.today.date():
        raise Conflict(KEPT, code="kept", until=until.isoformat())
    row.delete()
    row.id = sharing_id
    rows.told(ctx, "sharing", row, {"recipient": row.recipient}, {})


def _purpose(ctx: Ctx) -> rows.Reader:
    known = Purpose.objects.filter(workspace_id=ctx.workspace.id)
    return rows.id_of(lambda found: known.filter(id=found).exists())


def _readers(ctx: Ctx) -> dict[str, rows.Reader]:
    answer = rows.text(4000)

    def answers(value: Any) -> dict[str, str]:
        read: dict[str, str] = rows.shape(**dict.fromkeys(QUESTIONS, answer))(value)
        return {key: text for key, text in read.items() if text}

    return {
        "title": rows.text(200), "purpose_id": _purpose(ctx), "triggers": rows.several(TRIGGERS), "answers": answers,
        "risks": rows.items(_RISK, 50), "conclusion": rows.text(4000),
    }  # fmt: skip
