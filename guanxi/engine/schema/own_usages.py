"""What the schema itself uses of a field or an object: links, titles, parents, identity rules, formulas.

*How it works*: one provider over the workspace's declarations, computed fields and rollups by what they read (sources.py).

*See*: usage.py.
"""

from collections.abc import Iterable

from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.models import SchemaObject
from guanxi.engine.schema.sources import reads_of
from guanxi.engine.schema.usage import Usage, UsageProvider, names, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

LINKS = Text("「{object}」的关联字段「{field}」", "The link “{field}” of “{object}”")
COMPUTED = Text("「{object}」的计算字段「{field}」", "The computed field “{field}” of “{object}”")
TITLE = Text("「{object}」的标题", "The title of “{object}”")
SUBTITLE = Text("「{object}」搜索结果的副标题", "The line under titles of “{object}” in search results")
PARENT = Text("「{object}」按它沿用上级记录的可见范围", "“{object}” takes its visibility from it")
IDENTITY = Text("「{object}」的查重规则", "A duplicate rule of “{object}”")


class SchemaUsages(UsageProvider):
    """Uses that stand in declarations."""

    key = "schema"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """Links to the object; or titles, parents, identity rules and computed fields over the field."""
        schema = get_schema(ctx)
        if field_key is None:
            yield from self._links(ctx, object_key)
        own = schema.find(object_key)
        if own is not None and field_key is not None:
            yield from self._of_own_object(own, field_key)
        lines = _lines_of(own, field_key)
        for obj in schema.listed:
            for f in obj.fields.values():
                if (obj.key == object_key and f.key == field_key) or obj.key == lines:
                    continue
                read = reads_of(f, obj, schema.objects) if f.computed or f.rollup else frozenset()
                used = (object_key, field_key) in read or any(
                    other in (lines, object_key if field_key is None else None) and other != obj.key
                    for other, _ in read
                )
                if used:
                    label = _said(COMPUTED, obj, f.label)
                    yield Usage(object_key, field_key or "", "computed", label, page(obj.key, f.key))

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """Rollups that count by them."""
        for obj in get_schema(ctx).listed:
            for f in obj.fields.values():
                counted = f.rollup
                if counted and names(ctx, counted.object, [counted.filter], object_key, field_key, options):
                    label = _said(COMPUTED, obj, f.label)
                    yield Usage(object_key, field_key, "computed", label, page(obj.key, f.key))

    def _links(self, ctx: Ctx, object_key: str) -> Iterable[Usage]:
        for other, f in get_schema(ctx).referrers.get(object_key, ()):
            # The lines inside its own records go with it.
            if other.key != object_key and (other.line_of is None or other.line_of.object != object_key):
                yield Usage(object_key, "", "link", _said(LINKS, other, f.label), page(other.key, f.key))

    def _of_own_object(self, obj: ObjectDef, field_key: str) -> Iterable[Usage]:
        kinds = (
            ("title", TITLE, field_key == obj.title_field),
            ("subtitle", SUBTITLE, field_key in obj.subtitle_fields),
            ("parent", PARENT, field_key in obj.parents),
            (
                "identity",
                IDENTITY,
                any(part.field == field_key for rule in obj.identity for part in rule.parts),
            ),
        )
        for kind, text, holds in kinds:
            if holds:
                label = _said(text, obj, obj.label)
                yield Usage(
                    obj.key, field_key, kind, label, page(obj.key), any_type=kind == "subtitle",
                    detachable=kind == "parent" and obj.custom,
                )  # fmt: skip

    def detach(self, ctx: Ctx, usage: Usage) -> None:
        """Have a custom object take its visibility from other links only."""
        row = SchemaObject.objects.get(key=usage.object, standard=False)
        kept = [key for key in row.config.get("parents") or () if key != usage.field]
        row.config = {**row.config, "parents": kept}
        row.save()


def _lines_of(obj: ObjectDef | None, field_key: str | None) -> str | None:
    """The key of the object of lines that a field holds."""
    f = obj.fields.get(field_key) if obj is not None and field_key is not None else None
    return f.target if f is not None and f.type.holds_lines else None


def page(object_key: str, field_key: str = "") -> str:
    """The designer's page of an object, a field of it open."""
    return f"/settings/objects/{object_key}" + (f"?field={field_key}" if field_key else "")


def _said(text: Text, obj: ObjectDef, field_label: Text) -> Text:
    return Text(
        text.zh.format(object=obj.label.zh, field=field_label.zh),
        text.en.format(object=obj.label.en, field=field_label.en),
    )


usage_registry.register(SchemaUsages())
