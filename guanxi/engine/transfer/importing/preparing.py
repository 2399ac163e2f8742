"""Making, before the first row, what an import was asked to create: fields, options, stages, people.

*Rules*: in one transaction that also notes in the job that it is done, so that a run that is resumed
finds it done; what nobody asked for is left, and its rows will be refused.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.store.stages_in_use import stages_in_use
from guanxi.engine.schema import facade as schema
from guanxi.engine.schema.imported_stages import add_stages
from guanxi.engine.schema.options import add_options
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.importing.scanning import Missing, scan
from guanxi.engine.transfer.reading.rows import Layout
from guanxi.engine.transfer.rules.choices import MAX_NEW_OPTIONS

MAX_NEW_MEMBERS = 1_000
_STAGES = "stages"


def prepare(ctx: Ctx, plan: Plan, layout: Layout) -> tuple[Ctx, dict[str, Any]]:
    """The context to go on with, and what was created: `{"fields": {column: key}, "options", "members"}`."""
    made: dict[str, Any] = {"fields": {}, "options": 0, "members": 0}
    for column in plan.new_fields:
        if column.new is None:
            continue
        settings = {"label": column.new.label, "config": column.new.config}
        ctx = schema.create_field(ctx, plan.object.key, column.new.key, column.new.type, settings)
        made["fields"][str(column.index)] = column.new.key
    if plan.options.create_options or plan.options.create_members:
        found = scan(ctx, plan, layout, links=False)
        if plan.options.create_options:
            ctx, made["options"] = _create_options(ctx, plan, found)
        if plan.options.create_members:
            made["members"] = _create_members(ctx, found)
    return ctx, made


def _create_options(ctx: Ctx, plan: Plan, found: Missing) -> tuple[Ctx, int]:
    by_index = {column.index: column.field for column in plan.columns}
    total = 0
    for index, names in found.options.items():
        if len(names) > MAX_NEW_OPTIONS:
            continue
        # The field as it is now: an earlier column may have added to it.
        field = rights.get_object(ctx, plan.object.key).fields[by_index[index].key]
        labels = _ordered(names)
        if field.options_source == _STAGES:
            in_use = stages_in_use(ctx, plan.object.key)
            # In the order of the file: it says more about a way through stages than how many stand in each.
            add_stages(ctx, plan.object.key, list(names), mentioned=found.known[index], in_use=in_use)
        elif field.options_source is None:
            add_options(ctx, plan.object.key, field.key, field.options, labels)
        else:
            continue
        ctx = schema.bumped(ctx)
        total += len(labels)
    return ctx, total


def _create_members(ctx: Ctx, found: Missing) -> int:
    names = {name: times for of_column in found.members.values() for name, times in of_column.items()}
    chosen = [name for name in _ordered(names) if "@" not in name][:MAX_NEW_MEMBERS]
    if chosen:
        identity.ensure_members(ctx, chosen)
    return len(chosen)


def _ordered(names: Mapping[str, int]) -> list[str]:
    """The most frequent first; options and people made in this order read well."""
    return sorted(names, key=lambda name: (-names[name], name))
