"""How many records a rule would touch, told to whoever makes the rule: by nothing that they do not see.

*How it works*: a rule works with the program's eyes, its preview with those of the person who asks. Who sees some of
the records gets the count of these, and is told that it is not the whole; a condition that asks for a field they do
not read is not counted at all. Otherwise a preview would answer questions that a list refuses.

*Rules*: every preview and simulation of a rule counts here, or compiles with the asker's context itself.

*See*: docs/adr/0079-two-people.md.
"""

from dataclasses import dataclass

from guanxi.engine.access import rights
from guanxi.engine.records.query.read import count_matching
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records match, capped; no `value` where it may not be told. `whole`: no record is out of sight."""

    value: int | None
    exact: bool
    whole: bool


NOTHING = Counted(None, exact=False, whole=False)


def counted(ctx: Ctx, query: RecordQuery) -> Counted:
    """The records of a query that the actor sees."""
    try:
        value, exact = count_matching(ctx, query)
        return Counted(value, exact, rights.sees_everything(ctx, rights.get_object(ctx, query.object)))
    except (Forbidden, Invalid, NotFound):
        return NOTHING
