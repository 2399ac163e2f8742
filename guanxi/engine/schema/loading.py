"""The schema of a workspace: standard objects with its own changes, and its own objects.

*How it works*: a Ctx carries the workspace's `schema_version`, read with the workspace row at the start
of every request or job. A schema is built once per (workspace, version) and process; a bumped version
is therefore seen by every process at its next request, without a restart and without messages.

A transaction that changes the schema sees its change at once and keeps it to itself until it commits.

*Rules*: read the schema through `get_schema`; never keep an ObjectDef across requests.
"""

import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.added import Added, added_in, with_added
from guanxi.engine.schema.definitions import BASIC, FieldDef, ObjectDef, Option, Section, WorkspaceSchema
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.identity_rules import rules_by_object, with_identity
from guanxi.engine.schema.lines import fixed_fields, line_object
from guanxi.engine.schema.loading_rules import rulings
from guanxi.engine.schema.models import Pipeline, SchemaField, SchemaObject, Stage
from guanxi.engine.schema.option_sources import option_source_registry
from guanxi.engine.schema.registry import field, object_registry, system_fields
from guanxi.engine.schema.seals import with_seals
from guanxi.engine.schema.settling import settled
from guanxi.engine.schema.sources import sources_of
from guanxi.engine.tenancy.context import Ctx, WorkspaceInfo, uncommitted
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

CUSTOM_TABLE = "custom_record"
_SYSTEM_SECTION = Section("system", Text("系统信息", "System"))
_CHANGEABLE = ("required", "hidden", "in_list", "in_create", "searchable", "unique", "indexed", "deprecated",
               "sensitive", "confidential", "sealing", "review_days", "busy")  # fmt: skip
_cache: OrderedDict[uuid.UUID, WorkspaceSchema] = OrderedDict()
_CACHE_SIZE = 256

UNKNOWN_OBJECT = Text("没有「{object}」这个对象。", "There is no object “{object}”.")


def get_schema(ctx: Ctx) -> WorkspaceSchema:
    """The schema of the context's workspace, at the version the context was made with or newer."""
    if ctx.workspace.id in uncommitted.schemas:
        return _uncommitted_schema(ctx)
    found = _cache.get(ctx.workspace.id)
    if found is None or found.version != ctx.workspace.schema_version:
        found = _build(ctx.workspace)
        _cache[ctx.workspace.id] = found
        while len(_cache) > _CACHE_SIZE:
            _cache.popitem(last=False)
    return found


def _uncommitted_schema(ctx: Ctx) -> WorkspaceSchema:
    """The schema as this transaction has changed it; it may be rolled back, so nobody else gets it."""
    found: WorkspaceSchema | None = uncommitted.schemas[ctx.workspace.id]
    if found is None or found.version != ctx.workspace.schema_version:
        found = _build(ctx.workspace)
        uncommitted.schemas[ctx.workspace.id] = found
    return found


def get_object(ctx: Ctx, key: str) -> ObjectDef:
    """The listed object `key`; raises NotFound naming it."""
    found = get_schema(ctx).find(key)
    if found is None or not found.listed:
        raise NotFound(UNKNOWN_OBJECT, code="unknown_object", object=key[:60])
    return found


def refreshed(ctx: Ctx) -> Ctx:
    """The context at the workspace's present schema version (after a change in this transaction)."""
    version = Workspace.objects.values_list("schema_version", flat=True).get(id=ctx.workspace.id)
    return replace(ctx, workspace=replace(ctx.workspace, schema_version=version))


def _build(workspace: WorkspaceInfo) -> WorkspaceSchema:
    fields_of: dict[str, list[SchemaField]] = defaultdict(list)
    for row in SchemaField.objects.filter(deleted_at=None).order_by("position", "id"):
        fields_of[row.object_key].append(row)
    sources, added = _option_sources(), added_in(workspace)
    declared = {row.key: row for row in SchemaObject.objects.all()}
    objects: dict[str, ObjectDef] = {}
    for standard in object_registry:
        change = declared.get(standard.key)
        objects[standard.key] = _with_changes(standard, change, fields_of[standard.key], sources, added)
    for made in declared.values():
        if not made.standard and made.deleted_at is None:
            objects[made.key] = object_from_row(made, fields_of[made.key], added)
    for obj in tuple(objects.values()):
        for f in obj.sub_tables:
            line = _lines(obj, f, fields_of)
            stored = declared.get(line.key)
            objects.setdefault(line.key, replace(line, version=stored.version) if stored else line)
    for key, ruling in rulings().items():
        if key in objects:
            objects[key] = replace(objects[key], **ruling)
    for key, rows in rules_by_object().items():
        if key in objects:
            objects[key] = with_identity(objects[key], rows)
    objects = {key: with_seals(obj, workspace) for key, obj in objects.items()}
    made_of = {key: _settled(obj, objects) for key, obj in objects.items()}
    return WorkspaceSchema(workspace.schema_version, made_of, sources_of(made_of))


def _lines(obj: ObjectDef, f: FieldDef, fields_of: Mapping[str, list[SchemaField]]) -> ObjectDef:
    """The object of a sub-table's lines."""
    fixed = {item.key: item for item in fixed_fields(obj, f)}
    rows = fields_of[line_key(obj.key, f.key)]
    made = [field_from_row(row) for row in rows if not row.standard]
    changed = {
        row.key: _changed_field(fixed[row.key], row.definition)
        for row in rows
        if row.standard and row.key in fixed
    }
    return line_object(obj, f, made, changed)


def _settled(obj: ObjectDef, objects: dict[str, ObjectDef]) -> ObjectDef:
    """The object with its computed fields as what they result in, now that all objects are known."""
    fields = {key: settled(f, obj, objects) for key, f in obj.fields.items()}
    return replace(obj, fields=fields) if any(fields[key] is not f for key, f in obj.fields.items()) else obj


def _option_sources() -> dict[tuple[str, str], tuple[Option, ...]]:
    """Options that are rows of their own: pipelines, stages and what others keep, by (source, object)."""
    pipelines: dict[str, list[Option]] = defaultdict(list)
    stages: dict[str, list[Option]] = defaultdict(list)
    items: dict[str, list[Option]] = defaultdict(list)
    for pipeline in Pipeline.objects.order_by("position", "id"):
        option = Option(pipeline.key, Text.of(pipeline.name), meta={"is_default": pipeline.is_default})
        pipelines[pipeline.object_key].append(option)
    for stage in Stage.objects.select_related("pipeline").order_by("pipeline__position", "position", "id"):
        meta: dict[str, Any] = {
            "kind": stage.kind,
            "probability": float(stage.probability),
            "expected_days": stage.expected_days,
            "pipeline": stage.pipeline.key,
        }
        option = Option(stage.key, Text.of(stage.name), stage.color, meta, stage.guide)
        stages[stage.object_key].append(option)
        for item in stage.guide.get("checklist") or ():
            items[stage.object_key].append(
                Option(item["key"], Text.of(item["name"]), meta={"stage": stage.key})
            )
    found = {("pipelines", key): tuple(options) for key, options in pipelines.items()}
    found |= {("checklists", key): tuple(options) for key, options in items.items()}
    for source in option_source_registry:
        found |= {(source.key, key): options for key, options in source.read().items()}
    return found | {("stages", key): tuple(options) for key, options in stages.items()}


def _with_changes(
    standard: ObjectDef,
    change: SchemaObject | None,
    rows: Iterable[SchemaField],
    sources: dict[tuple[str, str], tuple[Option, ...]],
    added: Added,
) -> ObjectDef:
    fields = dict(standard.fields)
    for key, declared in fields.items():
        if declared.options_source:
            fields[key] = replace(declared, options=sources.get((declared.options_source, standard.key), ()))
    own = list(rows)
    fields |= {row.key: field_from_row(row) for row in own if not row.standard}
    if standard.record and standard.listed:
        fields = with_added(standard.key, fields, (f.type for f in fields.values()), added)
    for row in own:
        if row.standard and row.key in fields:
            fields[row.key] = _changed_field(fields[row.key], row.definition)
    details: dict[str, Any] = {"fields": {key: _as_it_stands(f) for key, f in fields.items()}}
    if standard.record and standard.listed:
        arranged = change.config.get("sections") if change else None
        details["sections"] = _sections(fields, standard.sections, arranged)
    if change is not None:
        details["version"] = change.version
        details |= {name: bool(change.config.get(name)) for name in ("hidden", "deprecated")}
        details["position"] = change.config.get("order") or standard.position
        if not standard.shared:
            details["seen_by"] = change.config.get("seen_by") or "owner"
        for name in ("label", "label_plural"):
            if getattr(change, name):
                details[name] = Text.of(getattr(change, name))
    return replace(standard, **details)


def _sections(
    fields: dict[str, FieldDef], declared: tuple[Section, ...], arranged: list[dict[str, Any]] | None
) -> tuple[Section, ...]:
    """The sections in the administrator's order, those they have not placed after them."""
    chosen = tuple(Section(row["key"], Text.of(row["label"])) for row in arranged or ())
    have = {section.key for section in chosen}
    rest = [section for section in declared if section.key not in have]
    have |= {section.key for section in rest}
    if "custom" not in have and any(f.section == "custom" for f in fields.values()):
        rest.append(Section("custom", Text("自定义信息", "More")))
    if "system" not in have:
        rest.append(_SYSTEM_SECTION)
    return (*chosen, *rest)


def _as_it_stands(declared: FieldDef) -> FieldDef:
    """The field with what follows from its state: none that is deprecated or being rewritten takes values."""
    if declared.deprecated:
        return replace(declared, required=False, default=None, in_create=False, readonly=True)
    return replace(declared, readonly=True, in_create=False) if declared.busy else declared


def _changed_field(declared: FieldDef, definition: dict[str, Any]) -> FieldDef:
    details: dict[str, Any] = {}
    for name in ("label", "help"):
        if definition.get(name):
            details[name] = Text.of(definition[name])
    for name in _CHANGEABLE:
        if name in definition:
            details[name] = definition[name]
    if definition.get("section"):
        details["section"] = definition["section"]
    if "order" in definition:
        details["position"] = definition["order"]
    if definition.get("options") is not None:
        details["options"] = options_from_json(definition["options"])
    changed = replace(declared, **details)
    return _with_default(changed, definition["default"]) if "default" in definition else changed


def _with_default(declared: FieldDef, stored: Any) -> FieldDef:
    """The field with a default in its JSON form; one that is no option any more is none."""
    value = None if stored is None else declared.type.load(stored, declared)
    if value is not None and declared.type.has_options:
        chosen = value if isinstance(value, list) else [value]
        open_to_all = declared.option_values - declared.retired_options
        value = value if open_to_all.issuperset(chosen) else None
    return replace(declared, default=value)


def options_from_json(rows: Iterable[dict[str, Any]]) -> tuple[Option, ...]:
    """Options from their stored form `{value, label, color, …}`."""
    found = []
    for row in rows:
        meta = {key: value for key, value in row.items() if key not in ("value", "label", "color")}
        found.append(Option(row["value"], Text.of(row["label"]), row.get("color", ""), meta))
    return tuple(found)


def field_from_row(row: SchemaField) -> FieldDef:
    """The declaration of a custom field."""
    given, kind = row.definition, get_field_type(row.type)
    declared = FieldDef(
        key=row.key,
        type=kind,
        label=Text.of(given.get("label") or row.key),
        help=Text.of(given["help"]) if given.get("help") else None,
        required=bool(given.get("required")),
        unique=bool(given.get("unique")),
        indexed=bool(given.get("indexed")),
        searchable=bool(given.get("searchable")),
        readonly=kind.always_readonly,
        hidden=bool(given.get("hidden")),
        deprecated=bool(given.get("deprecated")),
        sensitive=bool(given.get("sensitive")),
        confidential=bool(given.get("confidential")),
        sealing=given.get("sealing") or "",
        review_days=given.get("review_days") or 0,
        reveals=bool(given.get("reveals")) and kind.derived,
        busy=given.get("busy") or "",
        custom=True,
        section=given.get("section") or "custom",
        in_list=bool(given.get("in_list", False)),
        in_create=bool(given.get("in_create", True)) and not kind.always_readonly,
        position=given.get("order", 500 + row.position),
        options=options_from_json(given.get("options") or ()),
        target=given.get("target"),
        config=given.get("config") or {},
    )
    return _with_default(declared, given["default"]) if given.get("default") is not None else declared


def object_from_row(row: SchemaObject, fields: Iterable[SchemaField], added: Added = ()) -> ObjectDef:
    """The declaration of a custom object; `added` is what other packages give it."""
    title_label = Text.of(row.config.get("title_label") or {"zh-CN": "名称", "en": "Name"})
    title = field(
        "name", "text", title_label, column=None, required=True, in_list=True, searchable=True, position=1
    )
    rows = list(fields)
    made = [field_from_row(item) for item in rows if not item.standard]
    declared = {f.key: f for f in (title, *made, *system_fields())}
    declared = with_added(row.key, declared, (f.type for f in made), added)
    for item in rows:
        if item.standard and item.key in declared:
            declared[item.key] = _changed_field(declared[item.key], item.definition)
    declared = {key: _as_it_stands(f) for key, f in declared.items()}
    return ObjectDef(
        key=row.key,
        label=Text.of(row.label),
        label_plural=Text.of(row.label_plural or row.label),
        table=CUSTOM_TABLE,
        discriminator=row.key,
        fields=declared,
        icon=row.icon,
        color=row.color,
        group=row.group,
        position=row.position,
        sections=_sections(declared, (BASIC,), row.config.get("sections")),
        version=row.version,
        parents=tuple(key for key in row.config.get("parents") or () if key in declared),
        seen_by=row.config.get("seen_by") or "owner",
        hidden=bool(row.config.get("hidden")),
        deprecated=bool(row.config.get("deprecated")),
        custom=True,
        board_fields=tuple(f.key for f in declared.values() if f.type.has_options and f.type.groupable),
    )
