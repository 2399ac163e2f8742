"""The ten-second log: what happened, what came of it, and what comes next, in one request and one transaction.

*How it works*: a kind says which object the activity is (a telephone call, a visit, else a note) and what it has
from the start. The next step is a task when it is named, else the date of the next contact. Tasks that were done
with it are ticked off. All goes through the write door, so rights, hooks (dates of contact, the clock of a lead's first
response, timelines) and rules of the workspace are those of every other door.

*Rules*: complaints name the fields of this request, whatever object they come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.domains.sales.follow_up.checking_in import check_in
from guanxi.domains.sales.rules import SUMMARY_LENGTH, summary
from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.text import Text

NOT_ABOUT = Text("这种记录上不能写跟进。", "Nothing can be written down about such a record.")
SAY_SOMETHING = Text("写一句话，或者选一个结果。", "Write a word, or choose an outcome.")
NOT_PAST = Text("下一步要在以后。", "The next step lies in the future.")
ONLY_VISITS = Text("只有拜访能签到。", "Only a visit can be checked in.")
MAX_PHOTOS = 9
TITLE = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of being in touch: the object that keeps it, and what it has from the start."""

    object: str
    values: Mapping[str, Any] = field(default_factory=dict)


KINDS = {
    "call": Kind("call", {"direction": "outbound"}),
    "visit": Kind("event", {"kind": "visit"}),
    **{key: Kind("note", {"method": key}) for key in ("wecom", "wechat", "email", "sms", "other")},
    "note": Kind("note"),
}
# Where a complaint about the activity, or about the next task, stands in the request.
_TOLD = {
    "body": "text",
    "subject": "text",
    "next_contact_at": "next.at",
    "photos": "photos",
    "outcome": "outcome",
}
_TOLD_NEXT = {"subject": "next.subject", "due_at": "next.at"}


def write_down(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """Log a follow-up; `{"activity", "task", "completed"}`. Raises NotFound, Forbidden, Invalid."""
    about = rights.get_object(ctx, given["object"])
    record = get_record(ctx, about.key, given["record"], fields=["id"])
    kind = KINDS[given["kind"]]
    if given.get("place") is not None and given["kind"] != "visit":
        raise invalid("place", "not_possible", ONLY_VISITS)
    activity = rights.get_object(ctx, kind.object)
    link = link_to(activity, about)
    values: dict[str, Any] = {**kind.values, **_words(ctx, activity, given), link: record["id"]}
    if given.get("photos"):
        values["photos"] = [str(photo) for photo in given["photos"]]
    step = given.get("next") or {}
    at, subject = step.get("at"), (step.get("subject") or "").strip()
    if at is not None and at <= ctx.now:
        raise invalid("next.at", "in_the_past", NOT_PAST)
    if at is not None and not subject:
        values["next_contact_at"] = at.isoformat()
    made = _create(ctx, activity.key, values, {**_TOLD, link: "record"})
    place = given.get("place")
    if place is not None:
        check_in(ctx, made["id"], place, about, given["record"])
    task = _next_task(ctx, about, record["id"], subject, at) if subject else None
    done = list(dict.fromkeys(given.get("done") or ()))
    completed = store.bulk_update(ctx, "task", done, {"status": "done"}).updated if done else 0
    return {"activity": _brief(made), "task": _brief(task) if task else None, "completed": completed}


def link_to(activity: ObjectDef, about: ObjectDef) -> str:
    """The field of an activity that leads to what it is about; raises Invalid where there is none."""
    found = next((f.key for f in activity.fields.values() if f.target == about.key and f.in_row), None)
    if found is None:
        raise invalid("object", "not_possible", NOT_ABOUT)
    return found


def _words(ctx: Ctx, activity: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The text and the outcome; what is said in one of them is enough."""
    text, outcome = (given.get("text") or "").strip(), given.get("outcome")
    values: dict[str, Any] = {"outcome": outcome} if outcome else {}
    option = activity.fields["outcome"].option(outcome) if outcome and "outcome" in activity.fields else None
    if not text and option is None and not given.get("photos"):
        raise invalid("text", "required", SAY_SOMETHING)
    words = text or (option.label.in_(ctx.workspace.locale) if option else "")
    if activity.key == "event":
        values |= {
            "start_at": ctx.now.isoformat(),
            "subject": summary(words)[:TITLE] or _kind_label(ctx, activity),
        }
    elif activity.key == "note" and not words:
        words = activity.fields["photos"].label.in_(ctx.workspace.locale)
    return values | ({"body": words} if text or activity.key == "note" else {})


def _kind_label(ctx: Ctx, activity: ObjectDef) -> str:
    option = activity.fields["kind"].option("visit")
    return (option.label if option else activity.label).in_(ctx.workspace.locale)[:SUMMARY_LENGTH]


def _next_task(ctx: Ctx, about: ObjectDef, record_id: str, subject: str, at: Any) -> dict[str, Any]:
    task = rights.get_object(ctx, "task")
    values = {"subject": subject, "due_at": at.isoformat() if at else None, link_to(task, about): record_id}
    return _create(ctx, "task", values, _TOLD_NEXT)


def _create(ctx: Ctx, key: str, values: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    try:
        return store.create(ctx, key, values)
    except Invalid as refused:
        moved = [FieldError(told.get(e.field, e.field), e.code, e.text, e.values) for e in refused.errors]
        raise Invalid(errors=moved) from None


def _brief(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"object": record["object"], "id": record["id"], "title": record["title"]}
