"""Setting up web forms: what they ask, consent, and whose pages may show them.

*Rules*: changed by who holds the area `sales`; every change is in the audit. A form always asks for a name of some kind,
since a lead needs one.
"""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from guanxi.domains.sales.web_forms import drawing, questions
from guanxi.domains.sales.web_forms.asking import as_control, askable, may_ask
from guanxi.domains.sales.web_forms.models import FormAnswer, FormDraw, WebForm
from guanxi.domains.sales.web_forms.rules import tidy_host
from guanxi.engine.identity.rules import make_secret
from guanxi.engine.privacy.facade import offers
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    StaleVersion,
    VersionRequired,
    invalid,
)
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

AREA = "sales"
LEAD = "lead"
KIND = "form"
MAX_FORMS = 100
NAMES = ("name", "contact_name", "company")
"""By what a lead can be called, best first."""
SURVEY = "survey"
SHOWN = ("name", "enabled", "kind", "title", "intro", "thanks", "fields", "questions", "consents", "source", "campaign",
         "hosts", "prizes", "closes_at")  # fmt: skip
PROMISED = ("kind", "prizes", "closes_at")
"""What of a lottery stays as it is once somebody has entered."""
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
NEEDS_WHO = Text(
    "至少要问线索名称、联系人或公司中的一项，并设为必填。",
    "Ask for the name, the contact or the company at least, and make it required.",
)
UNKNOWN_FIELD = Text("表单不能问这个字段。", "A form cannot ask for this field.")
TWICE = Text("这个字段已经有了。", "This field is there already.")
UNKNOWN_PURPOSE = Text(
    "没有这个处理目的，或它已停用。", "There is no such purpose, or it is no longer in use."
)
NEEDS_TEXT = Text("请写明同意的内容。", "Say what people agree to.")
UNKNOWN_SOURCE = Text("没有这个来源。", "There is no such source.")
NEEDS_QUESTION = Text("问卷至少要有一个问题。", "A survey needs a question.")
NEEDS_PRIZE = Text("抽奖至少要有一个奖项。", "A lottery needs a prize.")
NEEDS_CONTACT = Text(
    "抽奖要把手机、电话或邮箱中的一项设为必填：每个号码只能参加一次。",
    "A lottery requires a mobile number, a telephone number or an e-mail address: each can enter once.",
)
FIXED = Text(
    "已经有人参加，类型、奖项和截止时间不能再改。",
    "People have entered: its kind, its prizes and its closing time stay as they are.",
)
KEPT = Text(
    "已经开奖的抽奖不能删除，可以关闭。", "A lottery that was drawn cannot be deleted. Close it instead."
)
BAD_HOST = Text("网站域名的写法不对，例如 www.example.com。", "Hosts are written like www.example.com.")


def url_of(row: WebForm) -> str:
    """The hosted page of a form."""
    return f"{settings.GUANXI_PUBLIC_URL}/form/{row.public_key}"


def overview(ctx: Ctx) -> dict[str, Any]:
    """Every form with how often it was answered, and what can be asked; raises Forbidden for who may not look."""
    if not ctx.actor.may(AREA):
        raise Forbidden
    obj = get_object(ctx, LEAD)
    return {
        "forms": _forms_json(list(WebForm.objects.filter(workspace_id=ctx.workspace.id).order_by("-id"))),
        "fields": [as_control(field, field.required) for field in askable(obj)],
        "purposes": [
            {"id": offer.purpose, "name": offer.name.as_dict(), "text": offer.text.as_dict()}
            for offer in offers(ctx).values()
        ],
    }


def _forms_json(rows: list[WebForm]) -> list[dict[str, Any]]:
    """Forms in the API, each with how often it was answered and when last."""
    answers = FormAnswer.objects.filter(form__in=rows).values("form_id")
    told = {row["form_id"]: row for row in answers.annotate(count=Count("id"), last=Max("at"))}
    none = {"count": 0, "last": None}
    return [
        {"id": row.id, **_told(row), "url": url_of(row), "answers": told.get(row.id, none)["count"],
         "last_answer_at": told.get(row.id, none)["last"], "version": row.version}
        for row in rows
    ]  # fmt: skip


def create(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new form with an address of its own; raises Forbidden, Invalid."""
    _require(ctx)
    if WebForm.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_FORMS:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_FORMS)
    row = WebForm(
        workspace_id=ctx.workspace.id, created_at=ctx.now, public_key=make_secret(KIND, ctx.workspace.id)
    )
    _fill(ctx, row, given)
    row.save(force_insert=True)
    _changed(ctx, row, {})
    return _forms_json([row])[0]


def update(ctx: Ctx, form_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a form; raises Forbidden, NotFound, Invalid, StaleVersion."""
    _require(ctx)
    row = _find(ctx, form_id)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    _fill(ctx, row, given)
    row.version += 1
    row.save()
    _changed(ctx, row, before)
    return _forms_json([row])[0]


def delete(ctx: Ctx, form_id: uuid.UUID) -> None:
    """Delete a form: its page is gone, its leads stay. Raises Forbidden, NotFound, Conflict."""
    _require(ctx)
    row = _find(ctx, form_id)
    if FormDraw.objects.filter(form=row).exists():
        raise Conflict(KEPT, code="drawn")
    before = _told(row)
    row.delete()
    record_change(ctx, "settings.changed", before, {}, record_id=form_id, area="web_forms")


def results(ctx: Ctx, form_id: uuid.UUID) -> dict[str, Any]:
    """What was answered to a form's own questions, counted; raises Forbidden, NotFound."""
    row = _look(ctx, form_id)
    count = FormAnswer.objects.filter(form=row).count()
    return {"answers": count, "questions": questions.results(row.id, row.questions)}


def read_draw(ctx: Ctx, form_id: uuid.UUID) -> dict[str, Any]:
    """How a lottery stands, and its log once it was drawn; raises Forbidden, NotFound."""
    return drawing.log(ctx, _look(ctx, form_id))


def draw(ctx: Ctx, form_id: uuid.UUID) -> dict[str, Any]:
    """Draw a lottery, once; raises Forbidden, NotFound, Conflict, Invalid."""
    _require(ctx)
    return drawing.draw(ctx, _find(ctx, form_id))


def _look(ctx: Ctx, form_id: uuid.UUID) -> WebForm:
    if not ctx.actor.may(AREA):
        raise Forbidden
    row = WebForm.objects.filter(workspace_id=ctx.workspace.id, id=form_id).first()
    if row is None:
        raise NotFound
    return row


def _require(ctx: Ctx) -> None:
    if not ctx.actor.manages(AREA):
        raise Forbidden


def _find(ctx: Ctx, form_id: uuid.UUID) -> WebForm:
    row = WebForm.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=form_id).first()
    if row is None:
        raise NotFound
    return row


def _fill(ctx: Ctx, row: WebForm, given: Mapping[str, Any]) -> None:
    """Put what is given on a form and check the whole; raises Invalid with every complaint."""
    before = {name: getattr(row, name) for name in PROMISED}
    for name in SHOWN:
        if given.get(name) is not None:
            setattr(row, name, given[name] if name == "closes_at" else loads(dumps(given[name])))
    if "closes_at" in given:
        row.closes_at = given["closes_at"]
    row.name = row.name.strip()
    errors = [*_check_fields(ctx, row), *questions.check(row.questions), *_check_consents(ctx, row),
              *_check_hosts(row), *_check_kind(row, before)]  # fmt: skip
    if not row.name:
        errors.append(FieldError("name", "required", NEEDS_NAME))
    source = get_object(ctx, LEAD).fields.get("source")
    live = source.option_values - source.retired_options if source is not None else frozenset()
    if row.source and row.source not in live:
        errors.append(FieldError("source", "not_an_option", UNKNOWN_SOURCE))
    if errors:
        raise Invalid(errors=errors)
    if row.kind == drawing.LOTTERY and not row.seed:
        row.seed = secrets.token_hex(32)


def _check_kind(row: WebForm, before: Mapping[str, Any]) -> list[FieldError]:
    """What a survey and a lottery need besides; a lottery that somebody has entered is a promise."""
    errors = []
    if row.kind == SURVEY and not row.questions:
        errors.append(FieldError("questions", "required", NEEDS_QUESTION))
    if drawing.LOTTERY in (row.kind, before["kind"]):
        if row.kind == drawing.LOTTERY and not row.prizes:
            errors.append(FieldError("prizes", "required", NEEDS_PRIZE))
        if row.kind == drawing.LOTTERY and drawing.key_field(row.fields) is None:
            errors.append(FieldError("fields", "needs_contact", NEEDS_CONTACT))
        changed = [name for name in PROMISED if getattr(row, name) != before[name]]
        if changed and FormAnswer.objects.filter(form_id=row.id, number__isnull=False).exists():
            errors.append(FieldError(changed[0], "fixed", FIXED))
    return errors


def _check_fields(ctx: Ctx, row: WebForm) -> list[FieldError]:
    fields = get_object(ctx, LEAD).fields
    errors, seen = [], set[str]()
    for n, each in enumerate(row.fields):
        field = fields.get(each["key"])
        if field is None or not may_ask(field):
            errors.append(FieldError(f"fields.{n}.key", "unknown_field", UNKNOWN_FIELD))
        elif each["key"] in seen:
            errors.append(FieldError(f"fields.{n}.key", "twice", TWICE))
        seen.add(each["key"])
    if not any(each["key"] in NAMES and each["required"] for each in row.fields):
        errors.append(FieldError("fields", "required", NEEDS_WHO))
    return errors


def _check_consents(ctx: Ctx, row: WebForm) -> list[FieldError]:
    known = offers(ctx)
    errors = []
    for n, each in enumerate(row.consents):
        offer = known.get(uuid.UUID(each["purpose"]))
        if offer is None:
            errors.append(FieldError(f"consents.{n}.purpose", "unknown_purpose", UNKNOWN_PURPOSE))
        elif not (Text.of(each["text"]).zh.strip() or offer.text.zh.strip()):
            errors.append(FieldError(f"consents.{n}.text", "required", NEEDS_TEXT))
    return errors


def _check_hosts(row: WebForm) -> list[FieldError]:
    tidy = [tidy_host(host) for host in row.hosts]
    errors = [FieldError(f"hosts.{n}", "bad_host", BAD_HOST) for n, host in enumerate(tidy) if host is None]
    row.hosts = list(dict.fromkeys(host for host in tidy if host is not None))
    return errors


def _told(row: WebForm) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in SHOWN}
    return told | {"closes_at": row.closes_at and row.closes_at.isoformat()}


def _changed(ctx: Ctx, row: WebForm, before: Mapping[str, Any]) -> None:
    record_change(ctx, "settings.changed", before, _told(row), record_id=row.id, area="web_forms")
