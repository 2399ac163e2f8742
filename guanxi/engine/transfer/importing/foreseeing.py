"""A chunk of the file made ready while the database writes the one before it.

*How it works*: `Foresight` reads the cells of the columns that refer to nothing, under the plan that the
run began with, and has the write door work out what such records will need: in a child process, where
that is worth it. The chunk's own transaction has its own plan: it takes over what was read of a column
whose field is still declared the same, in the same circumstances (language, currency, day), and reads the
others.

*Rules*: the database is not touched and nothing is decided here. Without a child, or when it is lost, the
run does all of it by itself.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.transfer.importing.members import MEMBER
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.reading.rows import Chunk, Layout, read
from guanxi.engine.transfer.rules.cells import ColumnReader, read_rows
from guanxi.kit.ahead import ahead
from guanxi.kit.elsewhere import Lost, elsewhere, is_possible

log = logging.getLogger("guanxi.transfer")

WORTH_A_CHILD = 5_000

Made = tuple[Chunk, list[list[Any]], store.Foreseen | None]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The values of a chunk's whole rows by column, with who read them; what the write door keeps ready."""

    columns: Sequence[tuple[ColumnReader, list[Any]]]
    records: store.Foreseen | None

    def values_for(self, reader: ColumnReader) -> list[Any] | None:
        """What `reader` would read, or None when that is not known."""
        for other, values in self.columns:
            if other.index == reader.index and other.field == reader.field and not reader.pending:
                return values if _alike(other.env, reader.env) else None
        return None


def _alike(one: Env, other: Env) -> bool:
    """Whether cells mean the same: the time of the day does not matter, the day does."""
    days = (one.now.astimezone(one.zone).date(), other.now.astimezone(other.zone).date())
    return days[0] == days[1] and replace(one, now=other.now) == other


class Foresight:
    """Makes the chunks of one run ready."""

    def __init__(self, plan: Plan, env: Env) -> None:
        self.plan = plan
        readers = [ColumnReader(column.index, column.field, env) for column in plan.columns]
        self._readers = [reader for reader in readers if not reader.is_reference]

    def over(
        self, layout: Layout, *, size: int, position: int, rows: int
    ) -> Iterator[tuple[Chunk, Foreseen | None]]:
        """The chunks behind row `position` (about `rows` rows), each with what is foreseen of it."""
        if rows > WORTH_A_CHILD and is_possible():
            try:
                for chunk, values, known in elsewhere(self._made(layout, size, position)):
                    columns = list(zip(self._readers, values, strict=True))
                    yield chunk, Foreseen(columns, known and store.adopt(known, self.plan.object))
                    position = chunk.numbers[-1]
                return
            except Lost:
                log.warning("reading ahead of row %s was broken off", position)
        for chunk in ahead(read(layout, size=size, skip_to=position + 1)):
            yield chunk, None

    def _made(self, layout: Layout, size: int, position: int) -> Iterator[Made]:
        for chunk in read(layout, size=size, skip_to=position + 1):
            rows = [chunk.rows[position] for position in chunk.whole()]
            values = [reader.read([cells[reader.index] for cells in rows]) for reader in self._readers]
            known = None
            if self.plan.object is not MEMBER:
                found = read_rows(self._readers, rows, values)
                known = store.foresee(self.plan.object, (row.values for row in found if not row.faults))
            yield chunk, values, known
