"""What uses a field or an object, and would break if it went away: asked before anything is taken.

*How it works*: every floor that keeps field paths (views, formulas, layouts, rules, flows …) registers a
`UsageProvider` in its `AppConfig.ready`. `usages_of` asks them all; what is deleted, deprecated or
converted while in use is refused with the list (`refuse_used`), unless its provider can let go of it
(`detach`) and the caller asked for that. Of options, only conditions are asked that name one of them.

*Rules*: a provider is set-based and answers for one object, or one field of it; a path through links
uses every field on its way (`steps_of`). `where` is a page of the web app.

*See*: views/usages.py for an example; schema/own_usages.py for what the schema itself uses.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.engine.schema.definitions import ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.filter_trees import leaves_in, paths_in
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

USED = Text("还有 {count} 处在用，请先处理：{places}", "It is still used in {count} places: {places}")
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Usage:
    """One place that uses a field (or an object, where `field` is empty).

    `kind` is a word like `view_filter`; `label` says it to people; `where` leads to it. `any_type`: it
    works with a field of whatever type (a column does, a condition does not). `detachable`: its provider
    can take it out there. `place` identifies the thing for its provider.
    """

    object: str
    field: str
    kind: str
    label: Text
    where: str = ""
    any_type: bool = False
    detachable: bool = False
    place: str = ""
    provider: str = ""

    def as_json(self) -> dict[str, Any]:
        """The usage as the API shows it."""
        return {
            "object": self.object,
            "field": self.field,
            "kind": self.kind,
            "label": self.label.as_dict(),
            "where": self.where,
            "any_type": self.any_type,
            "detachable": self.detachable,
        }


class UsageProvider:
    """What one package uses; subclasses are registered once."""

    key: str

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """The uses of a field; of the object itself where `field_key` is None."""
        raise NotImplementedError

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """The uses of the field by conditions that name one of these options of it."""
        return ()

    def detach(self, ctx: Ctx, usage: Usage) -> None:
        """Take a `detachable` use out where it stands."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule over an object: its filter trees, and the fields that it asks for besides.

    `named`: fields that it names and that may be of whatever type.
    """

    object: str
    name: Text
    trees: Sequence[Any]
    fields: Sequence[str] = ()
    named: Sequence[str] = ()


class RuleUsages(UsageProvider):
    """Uses by rules that stand in a table, each over one object: what they ask is named, and none lets go by itself.

    A rule without its condition would take more records than it was meant to. `said` names one by `{name}`.
    """

    kind: str
    said: Text
    where: str

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Every rule of the workspace."""
        raise NotImplementedError

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a rule."""
        for rule in self.rules(ctx):
            paths = [*(path for tree in rule.trees for path in paths_in(tree)), *rule.fields]
            if touches(ctx, rule.object, paths, object_key, field_key):
                yield self._usage(rule, object_key, field_key or "")
            elif touches(ctx, rule.object, rule.named, object_key, field_key):
                yield replace(self._usage(rule, object_key, field_key or ""), any_type=True)

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """One use a rule."""
        for rule in self.rules(ctx):
            if names(ctx, rule.object, rule.trees, object_key, field_key, options):
                yield self._usage(rule, object_key, field_key)

    def _usage(self, rule: Asked, object_key: str, field_key: str) -> Usage:
        label = Text(self.said.zh.format(name=rule.name.zh), self.said.en.format(name=rule.name.en))
        return Usage(object_key, field_key, self.kind, label, self.where)


usage_registry: Registry[UsageProvider] = Registry("usage provider", lambda provider: provider.key)


def usages_of(ctx: Ctx, object_key: str, field_key: str | None = None) -> list[Usage]:
    """Everything that uses the field (or the object itself), in the order of the providers."""
    return [
        replace(usage, provider=provider.key)
        for provider in usage_registry
        for usage in provider.usages(ctx, object_key, field_key)
    ]


def refuse_used(
    ctx: Ctx, object_key: str, field_key: str | None = None, *, detach: bool = False, retyped: bool = False
) -> None:
    """Raise Conflict naming what uses it; with `detach`, let go of it where that is possible first.

    `retyped`: the field stays and gets another type, which places that take any type do not mind.
    """
    found = [u for u in usages_of(ctx, object_key, field_key) if not (retyped and u.any_type)]
    left = [usage for usage in found if not (detach and usage.detachable)]
    _refuse(ctx, left, found)
    for usage in found:
        usage_registry.get(usage.provider).detach(ctx, usage)


def refuse_named(ctx: Ctx, object_key: str, field_key: str, options: Iterable[str]) -> None:
    """Raise Conflict naming the conditions that ask for one of these options, which are to go.

    A condition on an option that is no more does not compile, and what does not compile holds for nothing.
    """
    going = frozenset(options)
    found = [
        use
        for provider in usage_registry
        if going
        for use in provider.named(ctx, object_key, field_key, going)
    ]
    _refuse(ctx, found, found)


def _refuse(ctx: Ctx, left: Sequence[Usage], found: Sequence[Usage]) -> None:
    if left:
        joiner = Text("；", "; ").in_(ctx.locale)
        places = joiner.join(usage.label.in_(ctx.locale) for usage in left[:SHOWN])
        raise Conflict(
            USED,
            code="in_use",
            extra={"usages": [u.as_json() for u in found]},
            count=len(left),
            places=places,
        )


def steps_of(schema: WorkspaceSchema, object_key: str, path: str) -> Iterator[tuple[str, str]]:
    """The `(object, field)` pairs that a path such as `customer.owner.team` goes through, as far as it leads."""
    obj: ObjectDef | None = schema.find(object_key)
    for step in path.split("."):
        f = obj.fields.get(step) if obj is not None else None
        if obj is None or f is None:
            return
        yield obj.key, f.key
        target = f.target or (f.type.references if f.type.references in ("user", "team") else None)
        obj = schema.find(target) if target else None


def touches(ctx: Ctx, owner: str, paths: Iterable[str], object_key: str, field_key: str | None) -> bool:
    """True when one of the paths of `owner` goes through the field (or enters the object)."""
    schema = get_schema(ctx)
    for path in paths:
        for obj, key in steps_of(schema, owner, path):
            if obj == object_key and (key == field_key or (field_key is None and obj != owner)):
                return True
    return False


def names(
    ctx: Ctx, owner: str, trees: Iterable[Any], object_key: str, field_key: str, options: frozenset[str]
) -> bool:
    """True when a condition over `owner` compares the field with one of these options."""
    schema = get_schema(ctx)
    for path, value in (leaf for tree in trees for leaf in leaves_in(tree)):
        steps = list(steps_of(schema, owner, path))
        given = value if isinstance(value, list) else [value]
        if (
            len(steps) == len(path.split("."))
            and steps[-1] == (object_key, field_key)
            and options.intersection(item for item in given if isinstance(item, str))
        ):
            return True
    return False
