"""What a file mentions that does not exist yet: options, stages, people, linked records.

*How it works*: one pass over the columns that can mention such things, counting different texts; then
one question to the database for each column. The preview lists the answer; a run creates from it.

*Rules*: counts are bounded: a column with thousands of different "options" is text, and is refused as such.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.records.query.compile import environment
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import EMPTY_CELLS
from guanxi.engine.schema.field_types.many_values import cell_parts
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing import lookups
from guanxi.engine.transfer.importing.plans import Plan, PlannedColumn
from guanxi.engine.transfer.reading.rows import Layout, read
from guanxi.engine.transfer.rules.cells import ColumnReader, Fault
from guanxi.engine.transfer.rules.choices import MAX_NEW_OPTIONS, missing

MAX_DIFFERENT = 200_000
SHOWN = 100
_CHUNK = 10_000

Names = dict[str, int]


@dataclass(slots=True)
class Missing:
    """What is mentioned and missing, by column, with how often; `known` are the options that are there."""

    options: dict[int, Names] = field(default_factory=dict)
    known: dict[int, set[str]] = field(default_factory=dict)
    members: dict[int, Names] = field(default_factory=dict)
    links: dict[int, Names] = field(default_factory=dict)


def scan(
    ctx: Ctx,
    plan: Plan,
    layout: Layout,
    *,
    links: bool,
    limit: int | None = None,
    within: Mapping[int, Collection[str]] | None = None,
) -> Missing:
    """What the first `limit` rows (None: all) mention that is missing; `links` looks for records too.

    What the file brings itself (`within`) is not missing.
    """
    chosen = [column for column in plan.columns if _asks(column, links=links)]
    counted: dict[int, Counter[str]] = {column.index: Counter() for column in chosen}
    seen = 0
    if chosen:
        for chunk in read(layout, size=_CHUNK):
            for column in chosen:
                counter = counted[column.index]
                if len(counter) < MAX_DIFFERENT:
                    counter.update([row[column.index].strip() for row in chunk.rows])
            seen += len(chunk)
            if limit is not None and seen >= limit:
                break
    found = Missing()
    for column in chosen:
        texts = counted[column.index]
        for text in [text for text in texts if text.casefold() in EMPTY_CELLS]:
            del texts[text]
        for text in [text for text in texts if text.casefold() in (within or {}).get(column.index, ())]:
            del texts[text]
        _sort_out(ctx, column, texts, found)
    return found


def _asks(column: PlannedColumn, *, links: bool) -> bool:
    if column.new is not None:
        return False
    kind = column.field.type.references
    return column.field.type.has_options or kind == "user" or (kind == "record" and links)


def _sort_out(ctx: Ctx, column: PlannedColumn, texts: Counter[str], found: Missing) -> None:
    kind = column.field.type.references
    if kind is None:
        labels = missing(column.field, texts, _parts_of(column.field))
        counts = {
            label: sum(n for t, n in texts.items() if label in _parts_of(column.field)(t)) for label in labels
        }
        if labels:
            found.options[column.index] = counts
            written = column.field.options_by_label
            parts = {p.casefold() for text in texts for p in _parts_of(column.field)(text)}
            found.known[column.index] = {written[part] for part in parts if part in written}
        return
    reader = ColumnReader(column.index, column.field, environment(ctx))
    names: Counter[str] = Counter()
    for text, times in texts.items():
        for name in reader.names(text):
            names[name] += times
    if kind == "user":
        if unknown := _unknown(lookups.people(ctx, names), names):
            found.members[column.index] = unknown
        return
    target = get_schema(ctx).objects[column.field.target or ""]
    every = list(names)
    for start in range(0, len(every), _CHUNK):
        part = every[start : start + _CHUNK]
        if unknown := _unknown(lookups.records(ctx, target, part, column.link_by), names):
            found.links.setdefault(column.index, {}).update(unknown)


def _unknown(known: Mapping[str, Any], counts: Mapping[str, int]) -> Names:
    return {
        name: counts[name]
        for name, value in known.items()
        if isinstance(value, Fault) and value.code.startswith("unknown")
    }


def _parts_of(f: FieldDef) -> Callable[[str], list[str]]:
    """How a cell of an option column is cut: whole, except where it may hold several."""
    return cell_parts if f.type.as_json_value else lambda text: [text]


def described(ctx: Ctx, plan: Plan, found: Missing, *, creating: bool) -> dict[str, list[dict[str, Any]]]:
    """The part that will be created (`creating`), or that stands in the way, as the preview tells it."""
    options = plan.options
    fields = {column.index: column for column in plan.columns}
    answer: dict[str, list[dict[str, Any]]] = {"fields": [], "options": [], "links": [], "members": []}
    if creating:
        answer["fields"] = [
            {
                "index": c.index,
                "header": plan.headers[c.index],
                "key": c.new.key,
                "label": c.new.label,
                "type": c.new.type,
            }
            for c in plan.new_fields
            if c.new
        ]
    for name, switch in (("options", options.create_options), ("members", options.create_members)):
        for index, names in getattr(found, name).items():
            too_many = name == "options" and len(names) > MAX_NEW_OPTIONS
            if (switch and not too_many) is creating:
                answer[name] += _entries(index, fields[index].field.key, names)
    for index, names in found.links.items():
        if options.create_links is not creating:
            continue
        column = fields[index]
        entries = _entries(index, column.field.key, names)
        target = get_schema(ctx).objects[column.field.target or ""]
        similar = lookups.similar_titles(ctx, target, [entry["value"] for entry in entries])
        for entry in entries:
            entry["object"] = target.key
            if entry["value"] in similar:
                entry["similar"] = similar[entry["value"]]
        answer["links"] += entries
    return answer


def _entries(index: int, key: str, names: Names) -> list[dict[str, Any]]:
    ordered = sorted(names.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]
    return [{"index": index, "field": key, "value": name, "count": times} for name, times in ordered]
