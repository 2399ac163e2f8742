"""Industry templates: a configuration with sample records, taken over in one go and removable while unused.

*How it works*: a domain registers `Template`s. `install` applies the document (additively) and adds the
sample records, marked as such. `remove` takes away the samples and then what the template made, unless
somebody has records of their own in its objects or values in its fields: then it says where.

*Rules*: nothing that was there before a template is ever touched.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.configuration.applying import apply
from guanxi.engine.configuration.models import InstalledTemplate
from guanxi.engine.records import store
from guanxi.engine.records.query import get_records
from guanxi.engine.records.store.stages_in_use import stages_in_use
from guanxi.engine.schema.bin import delete_field, delete_object, forget
from guanxi.engine.schema.changes import hold
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.pipelines import delete_pipeline
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.facade import delete_view, get_view
from guanxi.kit.errors import Conflict, NotFound
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

IN_USE = Text(
    "「{where}」里已有你自己的数据，模板不能移除。", "“{where}” holds data of your own; the template stays."
)
INSTALLED = Text("这个模板已经在用了。", "This template is in use already.")


@dataclass(frozen=True)
class Sample:
    """Sample records of one object, in both languages; `{"@": n}` is the n-th record of `refers`."""

    object: str
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    refers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """A starting point for an industry."""

    key: str
    label: Text
    about: Text
    icon: str
    document: Mapping[str, Any]
    samples: Sequence[Sample] = ()


template_registry: Registry[Template] = Registry("templates", lambda template: template.key)


def list_templates(ctx: Ctx) -> list[dict[str, Any]]:
    """All templates, and which of them are in use."""
    installed = set(InstalledTemplate.objects.values_list("key", flat=True))
    return [
        {"key": t.key, "label": t.label.as_dict(), "about": t.about.as_dict(), "icon": t.icon,
         "installed": t.key in installed,
         "objects": [row["label"] for row in t.document.get("objects", ())]}
        for t in template_registry
    ]  # fmt: skip


def find(key: str) -> Template:
    """The template; raises NotFound."""
    found = template_registry.find(key)
    if found is None:
        raise NotFound
    return found


def install(ctx: Ctx, key: str, *, samples: bool = True) -> list[dict[str, str]]:
    """Take a template over; gives what was made. Raises Conflict, Invalid, Forbidden."""
    require_admin(ctx, "templates")
    template = find(key)
    ctx = hold(ctx)  # of two who press the button, the second is told that it is there
    if InstalledTemplate.objects.filter(key=key).exists():
        raise Conflict(INSTALLED, code="installed")
    inner, made = apply(ctx, template.document)
    added = _add_samples(inner, template) if samples else {}
    InstalledTemplate.objects.create(workspace_id=ctx.workspace.id, key=key, made=made, samples=added)
    return made


def _add_samples(ctx: Ctx, template: Template) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for sample in template.samples:
        rows = sample.rows[ctx.locale if ctx.locale in sample.rows else "zh-CN"]
        filled = []
        for row in rows:
            values = {}
            for name, value in row.items():
                if name in sample.refers:
                    value = made[sample.refers[name]][value]
                values[name] = value
            filled.append(values)
        made[sample.object] = [str(i) for i in store.bulk_create(ctx, sample.object, filled, sample=True)]
    return made


def remove(ctx: Ctx, key: str) -> None:
    """Take a template away with its samples; raises NotFound, Conflict where somebody uses it."""
    require_admin(ctx, "templates")
    ctx = hold(ctx)
    row = InstalledTemplate.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NotFound
    made = [item for item in row.made if get_schema(ctx).find(item["object"]) is not None]
    objects = [item["object"] for item in made if item["kind"] == "object"]
    for item in made:
        _refuse_used(ctx, item, objects)
    for item in made:
        _drop(ctx, item)
    for object_key, ids in row.samples.items():
        obj = get_schema(ctx).find(object_key)
        if object_key in objects and obj is not None:
            store.purge_samples_of(ctx, obj)
        elif (
            obj is not None
        ):  # samples among other records: where somebody linked to one, it can be brought back
            store.bulk_delete(ctx, object_key, _live(ctx, object_key, ids))
    for item in reversed([i for i in made if i["kind"] == "field"]):
        obj = get_schema(ctx).find(item["object"])
        if obj is not None and item["key"] in obj.fields:
            ctx = delete_field(ctx, item["object"], item["key"], detach=True)
            forget(ctx, item["object"], item["key"])
    for object_key in reversed(objects):
        if get_schema(ctx).find(object_key) is not None:
            ctx = delete_object(ctx, object_key, detach=True)
            forget(ctx, object_key)
    row.delete()


def _refuse_used(ctx: Ctx, item: Mapping[str, str], objects: Sequence[str]) -> None:
    """Raise Conflict when records that are no samples depend on what the template made."""
    obj = get_schema(ctx).find(item["object"])
    if obj is None or (item["kind"] == "field" and item["object"] in objects):
        return
    if item["kind"] == "object":
        mine = store.has_own_records(ctx, obj)
        where = obj.label_plural.in_(ctx.locale)
    elif item["kind"] == "field" and item["key"] in obj.fields and obj.fields[item["key"]].in_row:
        mine = store.has_own_records(ctx, obj, obj.fields[item["key"]])
        where = f"{obj.label_plural.in_(ctx.locale)} · {obj.fields[item['key']].label.in_(ctx.locale)}"
    else:
        return
    if mine:
        raise Conflict(IN_USE, code="in_use", where=where)


def _live(ctx: Ctx, object_key: str, ids: Sequence[str]) -> list[uuid.UUID]:
    """Those of the records that are still there."""
    found = get_records(ctx, object_key, [uuid.UUID(i) for i in ids], fields=())
    return [uuid.UUID(record["id"]) for record in found]


def _drop(ctx: Ctx, item: Mapping[str, str]) -> None:
    """Remove what stands beside objects and fields: a view, a pipeline."""
    if item["kind"] == "view":
        _drop_view(ctx, item)
    elif item["kind"] == "pipeline":
        _drop_pipeline(ctx, item)


def _drop_view(ctx: Ctx, item: Mapping[str, str]) -> None:
    try:
        view = get_view(ctx, item["key"])
        delete_view(ctx, item["key"], version=view.version)
    except (NotFound, Conflict):
        return


def _drop_pipeline(ctx: Ctx, item: Mapping[str, str]) -> None:
    """Remove a pipeline of the template; raises Conflict where records stand in it, or where it is the last one."""
    try:
        delete_pipeline(ctx, uuid.UUID(item["key"]), in_use=stages_in_use(ctx, item["object"]))
    except NotFound:
        return
