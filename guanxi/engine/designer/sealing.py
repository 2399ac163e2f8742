"""Encrypting the values of a field that is marked sensitive, while people go on working; and taking that back.

*How it works*: a watcher of declarations starts the task in the change's own transaction. It walks the records
twice: first every value gets its other form beside it (the write door keeps both from the start), then one
transaction declares that form the one in force, and after that the former one is taken out of rows, journal,
search and keys. Whoever still writes under an older declaration is found by the second walk. What the journal
said before is encrypted in its place; the seal keeps covering what it covered (0003_sealed_journal).

*Rules*: nothing that reads the plain value in the database (a formula, a sort) may use the field; a broken-off
run goes on where it stood.

*See*: schema/seals.py, records/sealed.py, docs/adr/0060-encryption.md.
"""

import uuid
from datetime import timedelta

from guanxi.engine.designer.models import FormerValue, SchemaTask
from guanxi.engine.designer.sealing_rows import (
    clear_plain,
    clear_sealed,
    give_forms,
    has_plain,
    renew_aliases,
    renew_all_keys,
    renew_keys,
    seal_journal,
    unformed,
)
from guanxi.engine.designer.work import TaskKind, start, task_kind_registry
from guanxi.engine.records.indexing import request_index_work
from guanxi.engine.records.reindexing import write_entries
from guanxi.engine.records.store.telling import announce
from guanxi.engine.schema.changes import finish
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.schema.seals import CLOSING, ON, OPENING, can_be_sealed
from guanxi.engine.schema.usage import USED, usages_of
from guanxi.engine.schema.watching import SchemaWatcher, watchers
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.vault.sealing import index_versions
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

KIND = "seal"
_FORMS, _CLEAR = "forms", "clear"
_STAYS = frozenset({"identity"})
"""Uses that do not mind: identity rules compare blind indexes as well."""
WORKING = Text(
    "这个字段正在加密或解密，请等它完成。", "This field is being encrypted or decrypted. Wait for that."
)

CHANGING = Text(
    "正在更换检索加密字段用的密钥，请等它完成再打开或关闭加密。",
    "The key that encrypted fields are found by is being changed. Wait for that, then switch encryption.",
)


class Sensitive(SchemaWatcher):
    """Encrypts what is marked sensitive."""

    def field_saved(self, ctx: Ctx, obj: ObjectDef, field: FieldDef, before: FieldDef | None) -> Ctx:
        """Start the task; a new field has nothing to rewrite."""
        was = before is not None and before.sensitive
        if field.sensitive == was or not (field.sealing or can_be_sealed(obj, field)):
            return ctx
        if field.sealing in (CLOSING, OPENING):
            raise Conflict(WORKING, code="field_busy")
        if before is None:
            return _declare(ctx, obj, field.key, ON, "sealed")
        if index_versions(ctx.workspace)[1] is not None:
            raise Conflict(CHANGING, code="keys_changing")
        if field.sensitive:
            refuse_readers(ctx, obj, field)
            fresh = _declare(ctx, obj, field.key, CLOSING, "sealing_started")
        else:
            fresh = _declare(ctx, obj, field.key, OPENING, "opening_started")
        _begin(fresh, obj, field.key, to=ON if field.sensitive else "")
        return fresh


def refuse_readers(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Raise Conflict naming what reads the plain value."""
    found = [u for u in usages_of(ctx, obj.key, f.key) if not u.any_type and u.kind not in _STAYS]
    if found:
        places = Text("；", "; ").in_(ctx.locale).join(usage.label.in_(ctx.locale) for usage in found[:5])
        extra = {"usages": [usage.as_json() for usage in found]}
        raise Conflict(USED, code="in_use", extra=extra, count=len(found), places=places)


def _declare(ctx: Ctx, obj: ObjectDef, key: str, sealing: str, action: str) -> Ctx:
    row = SchemaField.objects.get(object_key=obj.key, key=key)
    before = row.definition.get("sealing") or ""
    row.definition = {k: v for k, v in row.definition.items() if k != "sealing"}
    if sealing:
        row.definition["sealing"] = sealing
    row.save()
    return finish(ctx, obj.key, action, field=key, before={"sealing": before}, after={"sealing": sealing})


def _step(ctx: Ctx, task: SchemaTask) -> bool:
    obj = get_object(ctx, task.object_key)
    f = obj.fields.get(task.field_key)
    to, stage = task.params["to"], task.params["stage"]
    working = (CLOSING if to else OPENING) if stage == _FORMS else to
    if f is None or f.sealing != working:
        return True  # put away, or dealt with by another run
    after = task.position or uuid.UUID(int=0)
    if stage == _FORMS:
        seen, last = give_forms(ctx, obj, f, after)
        if last is None:
            _switch(ctx, obj, f, to)
            task.params = {**task.params, "stage": _CLEAR}
    else:
        seen, last = _clear(ctx, obj, f, after, task)
    task.done = min(task.done + seen, task.total)
    task.position = last
    return stage == _CLEAR and last is None


def _switch(ctx: Ctx, obj: ObjectDef, f: FieldDef, to: str) -> None:
    """Put the other form in force, with the keys that compare it."""
    while (missing := unformed(ctx, obj, f)) is not None:
        give_forms(ctx, obj, f, uuid.UUID(int=0), missing)
    if to:
        refuse_readers(ctx, obj, f)
    fresh = _declare(ctx, obj, f.key, to, "sealed" if to else "opened")
    now = get_object(fresh, obj.key)
    renew_all_keys(fresh, now, now.fields[f.key])
    renew_aliases(fresh, now, now.fields[f.key])
    tasks = SchemaTask.objects.filter(object_key=obj.key, field_key=f.key).values("id")
    FormerValue.objects.filter(task_id__in=tasks).delete()
    if f.indexed:
        request_index_work(fresh)
    announce(fresh, obj.key)


def _clear(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, after: uuid.UUID, task: SchemaTask
) -> tuple[int, uuid.UUID | None]:
    """Take the former form out of the next records, and out of all that tells of them."""
    ids, last = (clear_plain if task.params["to"] else clear_sealed)(ctx, obj, f, after)
    entries = seal_journal(ctx, obj, f, ids) if task.params["to"] else 0
    renew_keys(ctx, obj, f, ids)
    write_entries(ctx, obj, ids)
    before = task.result
    task.result = {
        "records": before.get("records", 0) + len(ids),
        "entries": before.get("entries", 0) + entries,
    }
    return len(ids), last


def _failed(ctx: Ctx, task: SchemaTask) -> None:
    """Leave the field as it was; what is in force already stays."""
    obj = get_object(ctx, task.object_key)
    f = obj.fields.get(task.field_key)
    if f is None or task.params["stage"] != _FORMS:
        return
    back = "" if task.params["to"] else ON
    row = SchemaField.objects.get(object_key=obj.key, key=f.key)
    row.definition = {**row.definition, "sensitive": bool(back)}
    row.save()
    _declare(ctx, obj, f.key, back, "sealing_failed")


def encrypt_marked(ctx: Ctx) -> None:
    """Start what is left to do (an hourly chore).

    Fields that were marked before there was encryption, or before there was encryption of their kind; and plain values
    of the last day's switches that somebody wrote who had begun before. A mark that cannot mean encryption is kept as
    what it is.
    """
    if index_versions(ctx.workspace)[1] is not None:
        return  # its keys are there twice for now
    rows = SchemaField.objects.filter(definition__sensitive=True, deleted_at=None)
    for row in rows.exclude(definition__has_key="sealing"):
        obj = get_schema(ctx).find(row.object_key)
        f = obj.fields.get(row.key) if obj is not None else None
        if f is not None and f.confidential and not f.sensitive:
            row.definition = {**row.definition, "sensitive": False, "confidential": True}
            row.save()
        elif obj is not None and f is not None and not f.sealing and can_be_sealed(obj, f):
            try:
                refuse_readers(ctx, obj, f)
            except Conflict:
                continue  # the designer shows it as marked
            ctx = _declare(ctx, obj, f.key, CLOSING, "sealing_started")
            _begin(ctx, obj, f.key, to=ON)
    lately = SchemaTask.objects.filter(kind=KIND, status="done", finished_at__gte=ctx.now - timedelta(days=1))
    for task in lately.filter(params__to=ON).exclude(params__has_key="repeated"):
        obj = get_schema(ctx).find(task.object_key)
        f = obj.fields.get(task.field_key) if obj is not None else None
        if obj is not None and f is not None and f.sealing == ON and has_plain(ctx, obj, f):
            again = start(ctx, KIND, obj, f.key, {"to": ON, "stage": _CLEAR, "repeated": str(task.id)})
            again.save()


def _begin(ctx: Ctx, obj: ObjectDef, key: str, *, to: str) -> None:
    task = start(ctx, KIND, obj, key, {"to": to, "stage": _FORMS})
    task.total *= 2
    task.save()


chore_registry.register(Chore("designer.encrypt_marked", encrypt_marked))
watchers.register(Sensitive())
task_kind_registry.register(TaskKind(KIND, _step, _failed))
