"""Which records a recycle rule takes, as one predicate: what the night does, the simulation only counts.

*How it works*: the filters of pool, rule and exemption are compiled like any filter; to them come what no rule
takes (nobody's, pooled, protected, closed, with a deal on its way) and the instant that the event must lie
before. A pool takes what its filter names and no earlier pool of the object does: the pool that a record would
be returned to. So the count of a simulation is the count of the night, to the record.

*Rules*: judged with the program's eyes; a simulation, with those of whoever asks (`plan(…, eyes)`). A rule whose
filters no longer fit the schema takes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from guanxi.domains.sales.pool.kinds import EXEMPT, OPEN_DEALS, RecycleKind, kind_registry
from guanxi.domains.sales.pool.rules import RecycleRule, due_day, end_of, last_day_before, start_of
from guanxi.domains.sales.pool.sight import PoolDef, pools_of
from guanxi.engine.records.query.compile import Compiler, environment
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.sql import Sql, all_of, join, sql

NOTHING = Sql("SELECT NULL::uuid AS id, NULL::timestamptz AS at WHERE FALSE")


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule of a pool, ready to be asked; `due` compiles it for what is due at `now`, or going to be."""

    ctx: Ctx
    pool: PoolDef
    rule: RecycleRule
    kind: RecycleKind
    compiler: Compiler
    takes: Sql

    @property
    def event(self) -> Sql:
        """The instant that the days are counted from."""
        return Sql(self.kind.event)

    @property
    def event_day(self) -> Sql:
        """The day of the workspace on which that was."""
        return sql("(({}) AT TIME ZONE {})::date", self.event, self.ctx.workspace.time_zone)

    def from_due(self, *more: Sql) -> Sql:
        """FROM … WHERE … of the records that are due."""
        return self._from(sql("({}) < {}", self.event, self._last(0)), *more)

    def from_warned(self, *more: Sql) -> Sql:
        """FROM … WHERE … of the records that are going to be due within the days of the warning."""
        return self._from(
            sql("({}) >= {}", self.event, self._last(0)),
            sql("({}) < {}", self.event, self._last(self.rule.warn_days)), *more,
        )  # fmt: skip

    def warned(self) -> Sql:
        """SELECT of `id` and `at` of these records: when they fall into the pool."""
        if not self.rule.warn_days:
            return NOTHING
        days = join(sql("({}::date, {}::timestamptz)", day, at) for day, at in self.warned_days())
        if not days:
            return NOTHING  # no day of the week to come is one of theirs
        return sql(
            "SELECT x.id, d.at FROM (SELECT r.id, {} AS day {}) x JOIN (VALUES {}) d(day, at) ON d.day = x.day",
            self.event_day, self.from_warned(), days,
        )  # fmt: skip

    def warned_days(self) -> Iterator[tuple[date, datetime]]:
        """Each day of an event whose records are to be warned of, and when they are due."""
        zone, today = self.ctx.workspace.zone, self.ctx.today.date()
        day, last = (
            last_day_before(today, self.rule),
            last_day_before(today, self.rule, ahead=self.rule.warn_days),
        )
        while day < last:
            day = date.fromordinal(day.toordinal() + 1)
            yield day, start_of(due_day(day, self.rule), zone)

    def _last(self, ahead: int) -> datetime:
        return end_of(last_day_before(self.ctx.today.date(), self.rule, ahead=ahead), self.ctx.workspace.zone)

    def _from(self, *conditions: Sql) -> Sql:
        return self.compiler.base(where=all_of([self.takes, *conditions]))


def plan(ctx: Ctx, pool: PoolDef, rule: RecycleRule, *, eyes: Ctx | None = None) -> Plan | None:
    """The rule made ready; None where it does not fit the schema any more.

    With `eyes` it takes of all that it would take what they see, and is None where it goes by what they do not read.
    """
    own = system_ctx(ctx.workspace)
    obj, kind = get_schema(own).find(pool.object), kind_registry.find(rule.kind)
    if obj is None or kind is None or obj.key not in kind.objects:
        return None
    compiler = Compiler(eyes or own, obj)
    compiler.env = environment(own)  # "me" is nobody at night, whoever simulates
    earlier = []
    for other in pools_of(ctx, obj.key):
        if other.key == pool.key:
            break
        earlier.append(other.filter)
    try:
        filters = [compiler.where(tree) for tree in (pool.filter, rule.filter)]
        filters += [sql("({}) IS NOT TRUE", compiler.where(tree)) for tree in earlier]
        if pool.exempt is not None:
            filters.append(sql("({}) IS NOT TRUE", compiler.where(pool.exempt)))
    except Invalid:
        return None
    fixed = [
        Sql("r.owner_id IS NOT NULL AND r.pool IS NULL"),
        sql("(r.protected_until IS NULL OR r.protected_until <= {})", own.now),
    ]
    if obj.key in EXEMPT:
        fixed.append(Sql(EXEMPT[obj.key]))
    if pool.spare_open_deals and obj.key in OPEN_DEALS:
        fixed.append(Sql(f"NOT {OPEN_DEALS[obj.key]}"))
    return Plan(own, pool, rule, kind, compiler, all_of([*fixed, *filters]))


def plans(ctx: Ctx) -> list[Plan]:
    """Every rule that is switched on, in the order in which they take."""
    found = [plan(ctx, pool, rule) for pool in pools_of(ctx) for rule in pool.rules if rule.enabled]
    return [each for each in found if each is not None]
