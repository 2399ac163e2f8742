"""A form as strangers see it, and what they hand in: it becomes a lead, with the consent that was given.

*How it works*: opens a session of its own in the workspace that stands in the form's address. The lead is written
through the write door by the workspace's program (`Via.PUBLIC`): identity rules ask at their door `public`, then the
desk shares it out. Answers are stored as they were written, as plain text; whoever shows them escapes them.

*Rules*: whatever is wrong with a form's address, the answer is the same. Nothing tells a visitor whether the firm knows
somebody: where an identity rule refuses a second record, the value stands in the description of the new lead instead,
and nothing is lost. What the trap field catches is thanked and dropped.
"""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from guanxi.domains.sales.web_forms import drawing, questions, rules, uploads
from guanxi.domains.sales.web_forms.asking import FILES, INPUTS, LONGEST, as_control, asked
from guanxi.domains.sales.web_forms.models import FormAnswer, SpentWork, WebForm
from guanxi.domains.sales.web_forms.settings import KIND, LEAD, NAMES
from guanxi.engine.identity.rules import parse_secret
from guanxi.engine.privacy.facade import GIVEN, Offer, Proof, Word, offers, record_words
from guanxi.engine.records import store
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Origin, Via, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.errors import Conflict, FieldError, Invalid, NotFound
from guanxi.kit.text import Text

LATELY = timedelta(minutes=10)
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
LONGEST_UTM, LONGEST_PAGE, LONGEST_CODE = 200, 2000, 40
CODE = "referral_code"
"""The lead's field of the code that the form's address carried (`ref=`)."""
GONE = Text("这个表单不存在或已关闭。", "This form does not exist or is closed.")
REQUIRED = Text("请填写。", "Please fill this in.")
AGREE = Text("请勾选同意后再提交。", "Please agree before you send it.")
TOO_LONG = Text("最多 {max} 个字符。", "At most {max} characters.")
UNKNOWN = Text("表单没有这一项。", "The form does not ask for this.")
NOT_AN_OBJECT = Text("这里需要一个对象。", "An object is needed here.")
UNKNOWN_FILE = Text(
    "文件没有传好，或超过 {max} 个，请重新选择。",
    "A file is missing, or there are more than {max}. Choose again.",
)
OVER = Text("页面打开得太久，请再提交一次。", "The page was open for too long. Please send it again.")
SPENT = Text("已经提交过了。", "This was handed in already.")
KNOWN = Text("{label}：{value}（已有记录）", "{label}: {value} (already on record)")


def secret_of(workspace_id: uuid.UUID) -> bytes:
    """What the challenges of a workspace are signed with."""
    return hmac.new(settings.SECRET_KEY.encode(), b"web-form" + workspace_id.bytes, hashlib.sha256).digest()


def read_public(key: str) -> dict[str, Any]:
    """What the page of a form shows, with a task for the browser; raises NotFound."""
    workspace_id = _workspace(key)
    with session(workspace_id):
        ctx, form = _open(workspace_id, key)
        obj = get_object(ctx, LEAD)
        bits = rules.bits_for(
            FormAnswer.objects.filter(form=form, at__gte=ctx.now - LATELY)[: rules.CALM * 64].count()
        )
        task = rules.Challenge(form.id, int(ctx.now.timestamp()), secrets.token_hex(16), bits)
        return {
            "kind": form.kind, "company": ctx.workspace.name, "title": form.title, "intro": form.intro,
            "thanks": form.thanks, "questions": form.questions, "lottery": drawing.shown(ctx, form),
            "fields": [as_control(field, required) for field, required in asked(obj, form.fields)],
            "consents": [
                {"purpose": offer.purpose, "required": row["required"], "text": text.as_dict(),
                 "notice": {"title": offer.notice_title.as_dict(), "url": offer.url} if offer.notice_title else None}
                for row, offer, text in _consents(ctx, form)
            ],
            "task": {"challenge": task.signed(secret_of(workspace_id)), "bits": bits},
        }  # fmt: skip


def hosts_of(key: str) -> list[str] | None:
    """The hosts whose pages may show a form; None where there is none."""
    with suppress(NotFound):
        workspace_id = _workspace(key)
        with session(workspace_id):
            _, form = _open(workspace_id, key)
            return list(form.hosts)
    return None


def take_in(key: str, given: Mapping[str, Any], origin: Origin, locale: str) -> dict[str, Any]:
    """Make a lead of what a visitor handed in; `{"thanks"}`. Raises NotFound, Invalid, Conflict."""
    workspace_id = _workspace(key)
    with session(workspace_id):
        ctx, form = _open(workspace_id, key)
        ctx = replace(ctx, origin=origin, locale=locale or ctx.locale)
        if rules.is_trapped(given.get("website")):
            return {"thanks": form.thanks}
        _spend(ctx, form, given)
        obj = get_object(ctx, LEAD)
        consents = _agreed(ctx, form, given)
        said, complaints = questions.read(form.questions, given.get("questions"))
        values = _origin_of(obj, form, given) | _answers(ctx, obj, form, given, complaints)
        number = None
        if form.kind == drawing.LOTTERY:
            number, fresh = drawing.enter(ctx, form, values, secret_of(workspace_id))
            if not fresh:
                return {"thanks": form.thanks, "number": number}
        lead_id = _make(ctx, obj, values)
        _note(ctx, form, lead_id, said)
        for offer, text in consents:
            proof = Proof(offer.notice, text.in_(ctx.locale), ip=origin.ip, agent=origin.agent,
                          note="" if offer.notice else form.name)  # fmt: skip
            words = [Word(str(offer.purpose), GIVEN, channel) for channel in offer.channels]
            record_words(ctx, LEAD, lead_id, words, source="form", proof=proof)
        FormAnswer.objects.create(
            workspace_id=ctx.workspace.id, form=form, lead_id=lead_id, at=ctx.now, number=number,
            answers=questions.counted(form.questions, said),
        )  # fmt: skip
        return {"thanks": form.thanks} | ({"number": number} if number else {})


def take_file(key: str, field: str, upload: Any, given: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Keep a file for an answer to come; its receipt. Raises NotFound, Invalid, Conflict, TooLarge, TooMany."""
    workspace_id = _workspace(key)
    with session(workspace_id):
        ctx, form = _open(workspace_id, key)
        ctx = replace(ctx, origin=origin)
        fields = [each for each, _ in asked(get_object(ctx, LEAD), form.fields)]
        if not any(each.key == field and INPUTS[each.type.type] in FILES for each in fields):
            raise Invalid(errors=[FieldError(f"answers.{field[:60]}", "unknown_field", UNKNOWN)])
        _spend(ctx, form, given)
        return uploads.take_file(ctx, form, field, upload, secret_of(workspace_id))


def _workspace(key: str) -> uuid.UUID:
    parsed = parse_secret(KIND, key)
    if parsed is None or parsed.workspace_id is None:
        raise NotFound(GONE, code="form_gone")
    return parsed.workspace_id


def _open(workspace_id: uuid.UUID, key: str) -> tuple[Ctx, WebForm]:
    form = WebForm.objects.filter(workspace_id=workspace_id, public_key=key, enabled=True).first()
    if form is None:
        raise NotFound(GONE, code="form_gone")
    return replace(load_system_ctx(workspace_id), via=Via.PUBLIC), form


def _consents(ctx: Ctx, form: WebForm) -> list[tuple[dict[str, Any], Offer, Text]]:
    """What the form asks to agree to, as far as the register still has it; with the text shown."""
    ids = [uuid.UUID(row["purpose"]) for row in form.consents]
    known = offers(ctx, ids) if ids else {}
    found = []
    for row, purpose in zip(form.consents, ids, strict=True):
        offer = known.get(purpose)
        if offer is not None:
            own = Text.of(row["text"])
            found.append((row, offer, own if own.zh.strip() else offer.text))
    return found


def _spend(ctx: Ctx, form: WebForm, given: Mapping[str, Any]) -> None:
    """Take the proof of work, once; raises Invalid, Conflict."""
    signed, solution = given.get("challenge"), given.get("solution")
    signed = signed if isinstance(signed, str) else ""
    task = rules.read_challenge(signed, secret_of(ctx.workspace.id), form.id, ctx.now)
    if task is None or not isinstance(solution, str) or not rules.solves(signed, solution, task.bits):
        raise Invalid(errors=[FieldError("challenge", "work_needed", OVER)])
    row = SpentWork(workspace_id=ctx.workspace.id, mark=rules.mark(signed), ends_at=task.ends_at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(SPENT, code="spent") from None


def _agreed(ctx: Ctx, form: WebForm, given: Mapping[str, Any]) -> list[tuple[Offer, Text]]:
    """What the visitor agreed to; raises Invalid where something is needed."""
    said = given.get("consents")
    said = {str(each) for each in said} if isinstance(said, list) else set()
    found, errors = [], []
    for row, offer, text in _consents(ctx, form):
        if str(offer.purpose) in said:
            found.append((offer, text))
        elif row["required"]:
            errors.append(FieldError(f"consents.{offer.purpose}", "required", AGREE))
    if errors:
        raise Invalid(errors=errors)
    return found


def _answers(
    ctx: Ctx, obj: ObjectDef, form: WebForm, given: Mapping[str, Any], complaints: list[FieldError]
) -> dict[str, Any]:
    """The lead's values as they were written; raises Invalid at `answers.…`, with complaints there are already."""
    answers = given.get("answers")
    if not isinstance(answers, Mapping):
        raise Invalid(errors=[FieldError("answers", "wrong_type", NOT_AN_OBJECT)])
    fields = {field.key: (field, required) for field, required in asked(obj, form.fields)}
    errors = [
        FieldError(f"answers.{str(key)[:100]}", "unknown_field", UNKNOWN)
        for key in answers
        if key not in fields
    ][:20] + complaints
    values: dict[str, Any] = {}
    for key, (field, required) in fields.items():
        value = answers.get(key)
        if INPUTS[field.type.type] in FILES:
            value, complaint = _files(ctx, form, field, value)
            errors += complaint
        value = value.strip() if isinstance(value, str) else value
        if value in (None, "", [], False):
            if required:
                errors.append(FieldError(f"answers.{key}", "required", REQUIRED))
        elif isinstance(value, str) and len(value) > LONGEST:
            errors.append(FieldError(f"answers.{key}", "too_long", TOO_LONG, {"max": LONGEST}))
        else:
            values[key] = value
    if errors:
        raise Invalid(errors=errors)
    if not values.get("name"):
        called = next((values[key] for key in NAMES if isinstance(values.get(key), str)), form.name)
        values["name"] = called[:200]
    return values


def _files(ctx: Ctx, form: WebForm, field: FieldDef, value: Any) -> tuple[Any, list[FieldError]]:
    """The ids of files by their receipts, as the field takes them."""
    receipts = value if isinstance(value, list) else [value] if value else []
    secret = secret_of(ctx.workspace.id)
    found = [
        uploads.file_of(form, field.key, receipt, secret) for receipt in receipts[: uploads.MAX_FILES + 1]
    ]
    if None in found or len(found) > uploads.MAX_FILES:
        return None, [
            FieldError(f"answers.{field.key}", "unknown_file", UNKNOWN_FILE, {"max": uploads.MAX_FILES})
        ]
    ids = [str(each) for each in found]
    return (ids if field.type.refers_to_many else next(iter(ids), None)), []


def _note(ctx: Ctx, form: WebForm, lead_id: uuid.UUID, said: Mapping[str, Any]) -> None:
    """What was answered to the form's own questions, on the timeline of the lead."""
    text = questions.told(form.questions, said, ctx.workspace.locale)
    if text:
        store.create(ctx, "note", {"subject": form.name, "body": text, "lead": str(lead_id)})


def _origin_of(obj: ObjectDef, form: WebForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """Where the visitor came from, as far as the page knew; what is no such thing is left out."""
    came = given.get("from")
    came = came if isinstance(came, Mapping) else {}
    values: dict[str, Any] = {}
    said = [(key, came.get(key), LONGEST_UTM) for key in UTM] + [(CODE, came.get("ref"), LONGEST_CODE)]
    for key, value, longest in said:
        if isinstance(value, str) and (plain := " ".join(value.replace("\x00", "").split())):
            values[key] = plain[:longest]
    page = came.get("page")
    if isinstance(page, str) and len(page) <= LONGEST_PAGE and _is_web(page):
        values["landing_page"] = page
    values |= {key: value for key, value in (("source", form.source), ("campaign", form.campaign)) if value}
    return {key: value for key, value in values.items() if key in obj.fields}


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable()


def _make(ctx: Ctx, obj: ObjectDef, values: dict[str, Any]) -> uuid.UUID:
    """The new lead; values that another record alone may have go into the description."""
    try:
        with transaction.atomic():
            return uuid.UUID(store.create(ctx, LEAD, values)["id"])
    except Invalid as problem:
        taken = {error.field for error in problem.errors if error.code == "not_unique"}
        if not taken or len(taken) < len(problem.errors) or not taken <= values.keys():
            raise Invalid(errors=[error.at("answers") for error in problem.errors]) from None
    noted = [_noted(obj.fields[key], values[key]) for key in sorted(taken)]
    said = values.get("description")
    kept = {key: value for key, value in values.items() if key not in taken}
    text = "\n".join([*([said] if isinstance(said, str) else []), *(note.in_(ctx.locale) for note in noted)])
    return uuid.UUID(store.create(ctx, LEAD, kept | {"description": text})["id"])


def _noted(field: FieldDef, value: Any) -> Text:
    return Text(*(KNOWN.in_(locale, label=field.label, value=value) for locale in ("zh-CN", "en")))
