"""The seam through which a person's data is erased: every place that may hold some says how.

*How it works*: a package declares a `Place` for each of its tables that texts of people get into: its rows
about the erased records are dropped, and mentions in the others blacked out. Where that is not enough it
registers an `Eraser` of its own. `engine.subjects` runs all of them in one transaction. What hears of an
erasure outside the house (webhooks) registers an `ErasureReceiver`.

*Rules*: set-based, and may run twice; nobody is asked for rights here. A new table with texts is declared
here or listed as holding none in tests/engine/subjects/test_every_place.py, which fails otherwise.

*See*: engine/subjects/erasing.py, docs/adr/0062-requests-of-persons.md.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.mentions import mentions, plain, plain_sql, redact, redact_value
from guanxi.kit.registry import Registry
from guanxi.kit.sql import ident
from guanxi.kit.text import Text

_AT_ONCE = 500
_JSON, _JSONB, _BYTEA = 114, 3802, 17


@dataclass(frozen=True)
class Erasure:
    """What goes: records by object, files, and the expression of what the person is known by (or "")."""

    records: Mapping[str, frozenset[uuid.UUID]]
    pattern: str = ""
    files: frozenset[uuid.UUID] = frozenset()

    @cached_property
    def ids(self) -> list[uuid.UUID]:
        """The ids of all records."""
        return sorted(i for ids in self.records.values() for i in ids)

    @cached_property
    def ids_pattern(self) -> str:
        """The expression of everything that points at the person, ids included."""
        return "|".join([*(str(i) for i in self.ids), *([self.pattern] if self.pattern else [])])


@dataclass(frozen=True, slots=True)
class Eraser:
    """One way to erase; `run` gives how many rows or files it dropped or blacked out."""

    key: str
    label: Text
    tables: tuple[str, ...]
    run: Callable[[Ctx, Erasure], int]


@dataclass(frozen=True, slots=True)
class ErasureReceiver:
    """Somebody outside who was given data and hears which records were erased."""

    key: str
    tell: Callable[[Ctx, Mapping[str, frozenset[uuid.UUID]]], None]


eraser_registry: Registry[Eraser] = Registry("eraser", lambda eraser: eraser.key)
erasure_receivers: Registry[ErasureReceiver] = Registry("erasure receiver", lambda receiver: receiver.key)


@dataclass(frozen=True, slots=True)
class Place:
    """A table with texts: `record` are its columns of records' ids, whose rows are dropped.

    Of the other rows those that mention the person are blacked out in `texts`, or dropped as well
    (`drops`); then also those in whose texts an erased record's id stands.
    """

    table: str
    texts: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    drops: bool = False

    def erase(self, ctx: Ctx, erasure: Erasure) -> int:
        """Drop and black out; gives the number of rows."""
        count = sum(self._drop_of(ctx, column, erasure.ids) for column in self.record)
        pattern = erasure.ids_pattern if self.drops else erasure.pattern
        return count + (_sweep(ctx, self, pattern) if pattern and self.texts else 0)

    def _drop_of(self, ctx: Ctx, column: str, ids: list[uuid.UUID]) -> int:
        with connection.cursor() as db:
            db.execute(
                f"DELETE FROM {ident(self.table)} WHERE workspace_id = %s AND {ident(column)} = ANY(%s::uuid[])",
                [ctx.workspace.id, ids],
            )
            return int(db.rowcount)


def declare_place(
    table: str, zh: str, en: str, *, texts: tuple[str, ...] = (), record: tuple[str, ...] = (), drops: bool = False
) -> None:  # fmt: skip
    """Register the eraser of a table."""
    place = Place(table, texts, record, drops)
    eraser_registry.register(Eraser(table, Text(zh, en), (table,), place.erase))


def _sweep(ctx: Ctx, place: Place, pattern: str) -> int:
    """Black out (or drop) the rows of a place that mention the person; gives their number."""
    columns = ", ".join(ident(column) for column in place.texts)
    statement = f"SELECT id, {columns} FROM {ident(place.table)} WHERE workspace_id = %s AND id > %s"
    with connection.cursor() as db:
        db.execute(f"SELECT id, {columns} FROM {ident(place.table)} LIMIT 0")
        kinds = [column.type_code for column in db.description[1:]]
        is_number = db.description[0].type_code == 20
    binary = _BYTEA in kinds
    if not binary:
        matched = " OR ".join(f"{plain_sql(f'{ident(column)}::text')} ~* %s" for column in place.texts)
        statement += f" AND ({matched})"
    statement += f" ORDER BY id LIMIT {_AT_ONCE}"
    last: Any = -1 if is_number else uuid.UUID(int=0)
    count = 0
    while True:
        with connection.cursor() as db:
            db.execute(statement, [ctx.workspace.id, last, *([] if binary else [pattern] * len(place.texts))])
            rows = db.fetchall()
        for row_id, *values in rows:
            count += _treat(place, row_id, values, kinds, pattern)
        if len(rows) < _AT_ONCE:
            return count
        last = rows[-1][0]


def _treat(place: Place, row_id: Any, values: list[Any], kinds: list[int], pattern: str) -> int:
    if _BYTEA in kinds and not any(
        mentions(plain(bytes(value).decode(errors="replace")), pattern) if kind == _BYTEA
        else mentions(str(value), pattern)
        for value, kind in zip(values, kinds, strict=True) if value is not None
    ):  # fmt: skip
        return 0
    table = ident(place.table)
    with connection.cursor() as db:
        if place.drops:
            db.execute(f"DELETE FROM {table} WHERE id = %s", [row_id])
            return 1
        sets, given = [], []
        for column, value, kind in zip(place.texts, values, kinds, strict=True):
            if value is None:
                continue
            if kind in (_JSON, _JSONB):
                clean = redact_value(loads(value) if isinstance(value, (str, bytes)) else value, pattern)
                sets.append(f"{ident(column)} = %s::{'jsonb' if kind == _JSONB else 'json'}")
                given.append(dumps(clean).decode())
            else:
                sets.append(f"{ident(column)} = %s")
                given.append(redact(str(value), pattern))
        db.execute(f"UPDATE {table} SET {', '.join(sets)} WHERE id = %s", [*given, row_id])
    return 1
