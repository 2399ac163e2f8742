"""Bringing a configuration into a workspace: first as a list of steps to look at, then for real.

*How it works*: `plan` compares each part with what is there: it would be created, is the same, differs (and
is left as it is), or cannot be. `apply` creates what is missing, objects before the fields that link to
them, in the caller's transaction: one refusal takes everything back.

*Rules*: additive. What the workspace has is never changed or removed by a document.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.configuration import rulings
from guanxi.engine.configuration.documents import read
from guanxi.engine.configuration.steps import (
    KEY_IN_BIN,
    NO_OBJECT,
    NO_TYPE,
    OTHER_TYPE,
    RESERVED,
    State,
    Step,
    at,
)
from guanxi.engine.records.ruling.checking_stages import guide_reader
from guanxi.engine.schema.changes import hold
from guanxi.engine.schema.facade import (
    FIELD_SETTINGS,
    OBJECT_SETTINGS,
    create_field,
    create_object,
    require_admin,
    update_object,
)
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import get_schema, refreshed
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.schema.pipelines import create_pipeline, list_pipelines
from guanxi.engine.schema.rules import (
    MAX_CUSTOM_FIELDS,
    MAX_CUSTOM_OBJECTS,
    RESERVED_FIELDS,
    RESERVED_OBJECTS,
)
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.engine.views.facade import create_view, list_views
from guanxi.kit.errors import FieldError, Invalid, TooLarge
from guanxi.kit.text import Text


def plan(ctx: Ctx, document: Any) -> list[Step]:
    """What applying the document would do; raises Invalid for what is no document, Forbidden."""
    require_admin(ctx, "templates")
    parts = read(document)
    coming = {str(row.get("key")) for row in parts["objects"]}
    return [
        *(_object_step(ctx, row) for row in parts["objects"]),
        *(_field_step(ctx, row, coming) for row in parts["fields"]),
        *(_pipeline_step(ctx, row, coming) for row in parts["pipelines"]),
        *(_view_step(ctx, row, coming) for row in parts["views"]),
        *rulings.steps(ctx, parts, coming),
    ]


def apply(ctx: Ctx, document: Any) -> tuple[Ctx, list[dict[str, str]]]:
    """Create what is missing; gives the context at the new schema and what was made, in order.

    Raises Invalid naming every part that cannot be, before anything is written.
    """
    require_admin(ctx, "templates")
    ctx = hold(ctx)
    steps = plan(ctx, document)
    errors = [FieldError(f"{s.kind}.{s.object}.{s.key}".strip("."), "impossible", s.why or KEY_IN_BIN,
                         {"object": s.object, "type": s.key}) for s in steps if s.state == "impossible"]  # fmt: skip
    if errors:
        raise Invalid(errors=errors)
    _require_room(steps)
    parts = read(document)
    todo = {(s.kind, s.object, s.key) for s in steps if s.state == "create"}
    made: list[dict[str, str]] = []
    later: list[tuple[str, list[str]]] = []
    for i, row in enumerate(parts["objects"]):
        if ("object", row["key"], row["key"]) in todo:
            given = {name: row[name] for name in OBJECT_SETTINGS & set(row) if name != "parents"}
            with at(f"objects.{i}"):
                ctx = create_object(ctx, row["key"], given)
            made.append({"kind": "object", "object": row["key"], "key": row["key"]})
            if row.get("parents"):
                later.append((row["key"], row["parents"]))
    for i, field in _in_order(parts["fields"]):
        if ("field", field["object"], field["key"]) in todo:
            given = {name: field[name] for name in FIELD_SETTINGS & set(field) if field[name] is not None}
            given.pop("position", None)
            with at(f"fields.{i}"):
                ctx = create_field(ctx, field["object"], field["key"], field["type"], given)
            made.append({"kind": "field", "object": field["object"], "key": field["key"]})
    for key, parents in later:
        ctx = update_object(ctx, key, {"parents": parents})
    for i, row in enumerate(parts["pipelines"]):
        if ("pipeline", row["object"], _name_of(row)) in todo:
            with at(f"pipelines.{i}"):
                pipeline = create_pipeline(ctx, row["object"], row.get("name"), row.get("stages"),
                                           guides=guide_reader(ctx, row["object"]))  # fmt: skip
            made.append({"kind": "pipeline", "object": row["object"], "key": str(pipeline.id)})
            ctx = refreshed(ctx)
    for i, row in enumerate(parts["views"]):
        if ("view", row["object"], _name_of(row)) in todo:
            with at(f"views.{i}"):
                view = create_view(ctx, {"object": row["object"], "name": row.get("name"), "kind": row.get("kind") or "table",
                                         "scope": "everyone", "pinned": bool(row.get("pinned")),
                                         "definition": _known_parts(row.get("definition"))})  # fmt: skip
            made.append({"kind": "view", "object": row["object"], "key": str(view.id)})
    ctx, rules = rulings.create(ctx, parts, todo)
    made += rules
    record(ctx, "configuration.applied", count=len(made), made=made)
    return ctx, made


def _require_room(steps: Sequence[Step]) -> None:
    """Raise TooLarge for more objects and fields than there may be, before the first of them is made."""
    new = Counter("" if step.kind == "object" else step.object for step in steps
                  if step.state == "create" and step.kind in ("object", "field"))  # fmt: skip
    mine = SchemaField.objects.filter(standard=False, deleted_at=None, object_key__in=list(new))
    there = Counter(mine.values_list("object_key", flat=True))
    if (
        new.pop("", 0) + SchemaObject.objects.filter(standard=False, deleted_at=None).count()
        > MAX_CUSTOM_OBJECTS
    ):
        raise TooLarge(code="too_many_objects")
    if any(count + there[key] > MAX_CUSTOM_FIELDS for key, count in new.items()):
        raise TooLarge(code="too_many_fields")


def _in_order(fields: Sequence[Mapping[str, Any]]) -> list[tuple[int, Mapping[str, Any]]]:
    """Stored fields before those that are computed from them; formulas may read rollups, not the other way."""
    rank = {"rollup": 1, "lookup": 2, "formula": 3}
    return sorted(enumerate(fields), key=lambda item: rank.get(str(item[1].get("type")), 0))


def _known_parts(definition: Any) -> dict[str, Any]:
    return (
        {key: value for key, value in definition.items() if value not in (None, [])}
        if isinstance(definition, dict)
        else {}
    )


def _object_step(ctx: Ctx, row: Mapping[str, Any]) -> Step:
    key = str(row.get("key"))[:40]
    label = _label(row)
    found = get_schema(ctx).find(key)
    if (found is not None and not found.listed) or (found is None and key in RESERVED_OBJECTS):
        return Step("object", key, key, label, "impossible", RESERVED)
    if found is not None:
        same = found.custom and found.label.as_dict() == label
        return Step("object", key, key, label, "same" if same else "differs")
    in_bin = SchemaObject.objects.filter(key=key).exists()
    return Step(
        "object", key, key, label, "impossible" if in_bin else "create", KEY_IN_BIN if in_bin else None
    )


def _field_step(ctx: Ctx, row: Mapping[str, Any], coming: set[str]) -> Step:
    object_key, key, label = str(row.get("object"))[:40], str(row.get("key"))[:40], _label(row)
    kind = field_type_registry.find(str(row.get("type")))
    obj = get_schema(ctx).find(object_key)
    if kind is None:
        return Step("field", object_key, str(row.get("type"))[:40], label, "impossible", NO_TYPE)
    if key in RESERVED_FIELDS:
        return Step("field", object_key, key, label, "impossible", RESERVED)
    if obj is None:
        missing = object_key not in coming
        return Step(
            "field",
            object_key,
            key,
            label,
            "impossible" if missing else "create",
            NO_OBJECT if missing else None,
        )
    found = obj.fields.get(key)
    if found is not None:
        if (found.declared or found.type.type) != row.get("type"):
            return Step("field", object_key, key, label, "impossible", OTHER_TYPE)
        return Step("field", object_key, key, label, "same" if found.label.as_dict() == label else "differs")
    in_bin = SchemaField.objects.filter(object_key=object_key, key=key).exists()
    return Step(
        "field", object_key, key, label, "impossible" if in_bin else "create", KEY_IN_BIN if in_bin else None
    )


def _pipeline_step(ctx: Ctx, row: Mapping[str, Any], coming: set[str]) -> Step:
    object_key, label = str(row.get("object"))[:40], _label(row, "name")
    if get_schema(ctx).find(object_key) is None and object_key not in coming:
        return Step("pipeline", object_key, _name_of(row), label, "impossible", NO_OBJECT)
    names = [Text.of(known["name"]).as_dict() for known in list_pipelines(ctx, object_key)]
    return Step("pipeline", object_key, _name_of(row), label, "same" if label in names else "create")


def _view_step(ctx: Ctx, row: Mapping[str, Any], coming: set[str]) -> Step:
    object_key, label = str(row.get("object"))[:40], _label(row, "name")
    if get_schema(ctx).find(object_key) is None:
        state: State = "create" if object_key in coming else "impossible"
        return Step("view", object_key, _name_of(row), label, state, None if state == "create" else NO_OBJECT)
    names = [Text.of(known.name).as_dict() for known in list_views(ctx, object_key) if not known.builtin]
    return Step("view", object_key, _name_of(row), label, "same" if label in names else "create")


def _label(row: Mapping[str, Any], name: str = "label") -> dict[str, str]:
    given = row.get(name)
    return Text.of(given).as_dict() if isinstance(given, (str, dict)) and given else {"zh-CN": "", "en": ""}


def _name_of(row: Mapping[str, Any]) -> str:
    return _label(row, "name")["en"]
