"""One chunk of a file into one object: read, resolve, match, write; every row gets its outcome.

*How it works*: `Importer.run` takes a `Chunk` through the steps of its plan. Cells are read column by
column, names resolved in one query a column, existing records found in one query a key, and the good
rows written in one pass of the write door. `dry` does exactly the same except that what would be created
on the side is only noted; the caller rolls the transaction back.

*Rules*: no statement per row; the importer never commits and never raises for a bad row.
"""

from collections.abc import Collection, Mapping
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import environment
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.foreseeing import Foreseen
from guanxi.engine.transfer.importing.matching import match
from guanxi.engine.transfer.importing.member_writes import write_members
from guanxi.engine.transfer.importing.members import MEMBER
from guanxi.engine.transfer.importing.outcomes import RowError, RowOutcome
from guanxi.engine.transfer.importing.plans import Plan
from guanxi.engine.transfer.importing.resolving import fill_known
from guanxi.engine.transfer.reading.rows import Chunk
from guanxi.engine.transfer.rules.cells import CREATABLE, ColumnReader, Fault, ReadRow, read_rows


class Importer:
    """Carries out a plan, chunk by chunk."""

    def __init__(
        self, ctx: Ctx, plan: Plan, *, dry: bool = False, within: Mapping[int, Collection[str]] | None = None
    ) -> None:
        self.ctx = ctx
        self.plan = plan
        self.dry = dry
        self.within = within or {}
        env = environment(ctx)
        pending = frozenset(
            code for code, switch in CREATABLE.items() if dry and getattr(plan.options, f"create_{switch}")
        )
        self._readers = [ColumnReader(c.index, c.field, env, pending=pending) for c in plan.columns]
        self._columns = {column.field.key: column.index for column in plan.columns}
        self._encrypted = {c.index for c in plan.columns if c.field.seal is not None}
        title = plan.object.fields[plan.object.title_field]
        self._title = ColumnReader(-1, title, env)

    def run(self, chunk: Chunk, foreseen: Foreseen | None = None) -> list[RowOutcome]:
        """The outcome of each row, in order; `foreseen` is what is known of this very chunk."""
        outcomes = [
            RowOutcome(number, "refuse", cells)
            for number, cells in zip(chunk.numbers, chunk.rows, strict=True)
        ]
        for position, problem in chunk.problems.items():
            outcomes[position].errors.append(RowError.of_problem(problem))
        whole = chunk.whole()
        rows = self._read([chunk.rows[position] for position in whole], foreseen)
        read = dict(zip(whole, rows, strict=True))
        good: dict[int, ReadRow] = {}
        for position, row in read.items():
            outcomes[position].values, outcomes[position].later = row.values, row.later
            if row.faults:
                outcomes[position].errors += [RowError.of_fault(*fault) for fault in row.faults]
            else:
                good[position] = row
        if self.plan.object is MEMBER:
            self._write_members(outcomes, good)
        else:
            self._write(outcomes, good, foreseen.records if foreseen else None)
        if self._encrypted:
            for outcome in outcomes:
                outcome.errors = [
                    error.discreet() if error.index in self._encrypted else error for error in outcome.errors
                ]
        return outcomes

    def _read(self, rows: list[list[str]], foreseen: Foreseen | None) -> list[ReadRow]:
        create, within = self.plan.options.create_links, self.within
        fill_known(
            self.ctx, self.plan.columns, self._readers, rows, create_links=create, dry=self.dry, within=within
        )
        known = [foreseen.values_for(reader) for reader in self._readers] if foreseen else None
        read = read_rows(self._readers, rows, known)
        if self.plan.title is not None:
            template, key = self.plan.title, self._title.field.key
            titles = self._title.read([template.fill(cells) for cells in rows])
            for row, title in zip(read, titles, strict=True):
                if isinstance(title, Fault):
                    row.faults.append((template.columns[0], key, title))
                elif title is not None:
                    row.values[key] = title
        return read

    def _write(
        self, outcomes: list[RowOutcome], good: dict[int, ReadRow], known: store.Foreseen | None
    ) -> None:
        made = {column.field.key for column in self.plan.new_fields} if self.dry else set()
        rows = {p: _without(row.values, made) for p, row in good.items()}
        matched = match(self.ctx, self.plan, rows)
        for position, errors in matched.refused.items():
            outcomes[position].errors += [RowError.of_refusal(error, self._columns) for error in errors]
        self._settle(outcomes, matched.changes)
        result = store.bulk_write(self.ctx, self.plan.object.key, matched.changes, foreseen=known)
        for change in matched.changes:
            outcome = outcomes[change.index]
            errors = [
                e for e in result.refused.get(change.index, ()) if e.field not in good[change.index].pending
            ]
            if errors:
                outcome.errors += [RowError.of_refusal(error, self._columns) for error in errors]
            else:
                outcome.outcome, outcome.record_id = _outcome(change), change.id
        for position, into in matched.merged.items():
            outcomes[position].errors += outcomes[into].errors
            outcomes[position].outcome = "refuse" if outcomes[into].errors else "update"
            outcomes[position].record_id = outcomes[into].record_id

    def _settle(self, outcomes: list[RowOutcome], changes: list[Change]) -> None:
        """New records that the file gives no owner get one if that was asked for; others keep their numbers."""
        obj, me = self.plan.object, self.ctx.actor.user_id
        given_once = [c.field.key for c in self.plan.columns if c.field.type.given_once]
        for change in changes:
            if change.op == "update":
                for key in given_once:
                    change.values.pop(key, None)
            elif not obj.shared and obj.line_of is None and change.values.get("owner") is None:
                outcomes[change.index].ownerless = True
                if self.plan.options.owner == "me" and me is not None:
                    change.values["owner"] = me

    def _write_members(self, outcomes: list[RowOutcome], good: dict[int, ReadRow]) -> None:
        written = write_members(self.ctx, self.plan, {p: (outcomes[p].cells, row) for p, row in good.items()})
        for position, found in written.items():
            if isinstance(found, list):
                outcomes[position].errors += [RowError.of_refusal(error, self._columns) for error in found]
            else:
                outcomes[position].outcome = found


def _outcome(change: Change) -> Any:
    if change.op == "create":
        return "create"
    return "update" if change.values else "unchanged"


def _without(values: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys} if keys else values
