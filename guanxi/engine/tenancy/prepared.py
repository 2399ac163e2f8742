"""Statements that every request asks: parsed and planned once a connection.

*How it works*: planning a statement over several walled tables takes the database longer than answering it.
`fetch_prepared` has a connection PREPARE it the first time and EXECUTE it from then on. PostgreSQL plans anew by
itself when a table, its statistics, the role or a policy changes; settings that policies read count as they
are at each execution.

*Rules*: for the few statements of fixed text on the way of every request. Their columns keep their types:
a change of one would need connections made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""By the driver's connection: the names under which it knows statements, by their text."""
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement with `$1`, `$2` … and the PostgreSQL types of these."""

    text: str
    types: tuple[str, ...]


def fetch_prepared(statement: Prepared, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that the statement gives for `params`, or None."""
    with connection.cursor() as cursor:
        known = _prepared.setdefault(connection.connection, {})
        name = known.get(statement.text)
        if name is None:
            name = f"guanxi_{next(_numbers)}"
            cursor.execute(f"PREPARE {name} ({', '.join(statement.types)}) AS {statement.text}")
            known[statement.text] = name
        cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(params))})", params)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
