"""Which records a person hands over, and which of them goes to whom: as SQL, for the preview and the work.

*How it works*: of each object the person's live records count that its declaration hands over
(`ObjectDef.handed_over`: open tasks, not the calls that were made). Several receivers take turns in the order
of ids. What hangs on a record that goes with it (a contact, a deal, a task of a customer) goes to whoever
gets that one, so that nobody is left with deals of customers they do not see; unless the object has
receivers of its own.

*Rules*: one or two statements an object, whatever the number of records.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guanxi.engine.access import rights
from guanxi.engine.access.ways import compile_condition
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import FALSE, Sql, all_of, sql

Ids = Sequence[uuid.UUID]


@dataclass(frozen=True)
class Plan:
    """Who gets what: `to` everything, unless `objects` says otherwise of one."""

    to: Ids
    objects: Mapping[str, Ids] = field(default_factory=dict)

    def receivers(self, key: str) -> Ids:
        """Who gets the records of an object."""
        return self.objects.get(key) or self.to

    def everybody(self) -> list[uuid.UUID]:
        """Every receiver once, the first first."""
        return list(dict.fromkeys([*self.to, *(i for ids in self.objects.values() for i in ids)]))


def objects_of(ctx: Ctx) -> list[ObjectDef]:
    """The objects whose records people own and hand over; those that others hang on come first."""
    found = [
        obj
        for obj in get_schema(ctx).objects.values()
        if obj.listed
        and obj.record
        and not obj.shared
        and obj.line_of is None
        and "owner" in obj.fields
        and obj.handed_over is not False
    ]
    return sorted(found, key=lambda obj: (bool(obj.parents), obj.position, obj.key))


def owned(ctx: Ctx, obj: ObjectDef, person: uuid.UUID, alias: str = "r") -> Sql:
    """The predicate of the records of `obj` that a person hands over."""
    open_ones = compile_condition(ctx, obj, alias, obj.handed_over) if obj.handed_over else None
    if obj.handed_over and open_ones is None:
        return FALSE
    mine = sql(f"{alias}.owner_id = {{}} AND {alias}.deleted_at IS NULL", person)
    return all_of([rows_of(ctx, obj, alias), mine, *([open_ones] if open_ones else [])])


def count(ctx: Ctx, obj: ObjectDef, person: uuid.UUID) -> int:
    """How many records of an object a person hands over."""
    where = owned(ctx, obj, person)
    return int(select_rows(Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + where)[0][0])


def followed(ctx: Ctx, obj: ObjectDef, plan: Plan) -> list[tuple[FieldDef, ObjectDef]]:
    """The links by which records of `obj` go with another, in the order they are asked."""
    if obj.key in plan.objects or len(plan.everybody()) == 1:
        return []
    schema = get_schema(ctx)
    links = [(obj.fields[key], schema.find(obj.fields[key].target or "")) for key in obj.parents]
    handed = {found.key for found in objects_of(ctx)}
    return [(f, parent) for f, parent in links if parent and not parent.parents and parent.key in handed]


def shares(ctx: Ctx, obj: ObjectDef, person: uuid.UUID, plan: Plan, total: int) -> dict[uuid.UUID, int]:
    """How many of `total` records of `obj` each receiver gets."""
    receivers = plan.receivers(obj.key)
    given: dict[uuid.UUID, int] = dict.fromkeys(receivers, 0)
    links = followed(ctx, obj, plan)
    if links:
        joins, turns = _numbered(ctx, person, plan, links)
        statement = (
            Sql("SELECT coalesce(") + turns + f") AS who, count(*) FROM {table_of(obj)} r" + joins + " WHERE "
        )
        for who, number in select_rows(statement + owned(ctx, obj, person) + " GROUP BY 1"):
            if who is not None:
                given[who] = given.get(who, 0) + number
                total -= number
    for place, who in enumerate(receivers):
        given[who] += total // len(receivers) + (1 if place < total % len(receivers) else 0)
    return given


def _numbered(
    ctx: Ctx, person: uuid.UUID, plan: Plan, links: list[tuple[FieldDef, ObjectDef]]
) -> tuple[Sql, Sql]:
    """Joins to the records that the links lead to, numbered by turn, and whoever gets each."""
    joins, turns = Sql(""), []
    for number, (link, parent) in enumerate(links):
        alias, to = f"p{number}", list(plan.receivers(parent.key))
        joins += (
            f" LEFT JOIN (SELECT q.id, row_number() OVER (ORDER BY q.id) - 1 AS n FROM {table_of(parent)} q WHERE "
            + owned(ctx, parent, person, "q")
            + f") {alias} ON {alias}.id = {rights.held('r', link)}"
        )
        turns.append(Sql(f"(%s::uuid[])[{alias}.n %% %s + 1]", (to, len(to))))
    return joins, _listed(turns)


def next_records(
    ctx: Ctx,
    obj: ObjectDef,
    person: uuid.UUID,
    plan: Plan,
    batch: uuid.UUID,
    *,
    after: uuid.UUID | None,
    limit: int,
) -> list[tuple[uuid.UUID, uuid.UUID | None]]:
    """The next records after an id, each with whoever has got what it goes with (None: its own turn)."""
    joins, turns = Sql(""), [Sql("NULL::uuid")]
    for number, (link, parent) in enumerate(followed(ctx, obj, plan)):
        alias = f"p{number}"
        moved = sql(
            f"EXISTS (SELECT 1 FROM journal_entry j WHERE j.workspace_id = {{}} AND j.record_id = {alias}.id"
            " AND j.batch_id = {})",
            ctx.workspace.id, batch,
        )  # fmt: skip
        to = Sql(f"{alias}.owner_id = ANY(%s::uuid[])", (list(plan.receivers(parent.key)),))
        on = all_of([rows_of(ctx, parent, alias), to, moved])
        joins += f" LEFT JOIN {table_of(parent)} {alias} ON {alias}.id = {rights.held('r', link)} AND " + on
        turns.append(Sql(f"{alias}.owner_id"))
    statement = (
        Sql("SELECT r.id, coalesce(")
        + _listed(turns)
        + f") FROM {table_of(obj)} r"
        + joins
        + " WHERE "
        + owned(ctx, obj, person)
        + Sql(" AND (%s::uuid IS NULL OR r.id > %s::uuid) ORDER BY r.id LIMIT %s", (after, after, limit))
    )
    return [(row[0], row[1]) for row in select_rows(statement)]


def _listed(pieces: Sequence[Sql]) -> Sql:
    found = pieces[0]
    for piece in pieces[1:]:
        found = found + ", " + piece
    return found
