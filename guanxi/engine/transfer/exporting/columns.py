"""The columns of an export and the text of its cells.

*How it works*: a column is a path of the read door with its field; its header is the label in the
reader's language, which an import recognises. Numbers are written plainly, everything else as people
read it, and so that the field's own cell reader reads it back.

*Rules*: in CSV, a text that a spreadsheet program would run as a formula gets an apostrophe in front;
an import takes it off again. XLSX cells carry their type and need none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.written import written
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.formulas import neutral

_HIDDEN_ALWAYS = frozenset({"id", "version", "object"})


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: where its value stands in a record, its header, its field."""

    path: str
    header: str
    field: FieldDef


def export_columns(ctx: Ctx, compiler: Compiler, paths: Sequence[str] | None) -> list[ExportColumn]:
    """The columns of `paths` (None: every field that a spreadsheet can hold); raises Invalid."""
    fields = rights.shown(ctx, compiler.object)
    if paths is None:
        ordered = sorted(fields.values(), key=lambda f: (f.key != compiler.object.title_field, f.position))
        paths = [f.key for f in ordered if f.type.storage != "none"]
    found: list[ExportColumn] = []
    for position, path in enumerate(paths):
        if path in _HIDDEN_ALWAYS:
            continue
        resolved = compiler.resolve(path, f"fields.{position}", shown=True)
        f = resolved.field
        plain = replace(f, type=get_field_type("text")) if f.masked else f  # a mask is no number and no date
        found.append(ExportColumn(path, _header(ctx, compiler, path, position), plain))
    return _told_apart(found)


def _header(ctx: Ctx, compiler: Compiler, path: str, position: int) -> str:
    steps = path.split(".")
    labels = [
        compiler.resolve(".".join(steps[: n + 1]), f"fields.{position}", shown=True).field.label.in_(
            ctx.locale
        )
        for n in range(len(steps))
    ]
    return " · ".join(labels)


def _told_apart(columns: list[ExportColumn]) -> list[ExportColumn]:
    """Two fields may have one label; their headers must not be the same."""
    times = Counter(column.header for column in columns)
    return [
        ExportColumn(c.path, f"{c.header} ({c.field.key})" if times[c.header] > 1 else c.header, c.field)
        for c in columns
    ]


def cell_text(column: ExportColumn, record: Mapping[str, Any], env: Env) -> str:
    """The cell of a record as text."""
    return written(column.field, record.get(column.path), env)


def csv_cell(column: ExportColumn, record: Mapping[str, Any], env: Env) -> str:
    """The cell as CSV holds it: never a formula."""
    text = cell_text(column, record, env)
    value = record.get(column.path)
    is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return text if is_number else neutral(text)
