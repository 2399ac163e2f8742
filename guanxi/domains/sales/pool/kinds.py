"""What recycle rules count days from: one class a kind, registered; papers and others add theirs.

*How it works*: a kind gives, over one alias of its object, the instant of the event that the days count from; NULL
where there was none, and then the rule takes nothing. A new owner gets all the days anew: whose record
it is since when (`owned_since`) counts as an event of every kind.

*Rules*: set-based: an expression of the row, or one indexed look-up. `EXEMPT` is what no rule ever takes. `reads` is what all of them look at, for simulations.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

Reads = Mapping[str, frozenset[str]]
"""Fields by object; `""` is the object of the rule itself."""


@dataclass(frozen=True, slots=True)
class RecycleKind:
    """A kind of rule; `event` is SQL over the alias `r`, `said` what a recycled record tells of it.

    `reads` names the fields of other objects and of its own that the event is made of.
    """

    key: str
    label: Text
    said: Text
    objects: frozenset[str]
    event: str
    reads: Reads


kind_registry: Registry[RecycleKind] = Registry("recycle kind", lambda kind: kind.key)

OWNED = "COALESCE(r.owned_since, r.created_at)"
# A day as an instant: its noon in UTC, which is on the same day nearly everywhere.
_NOON = "({} + time '12:00') AT TIME ZONE 'UTC'"
_DEALS = f"SELECT {_NOON.format('max(o.close_date)')} FROM opportunity o WHERE o.customer_id = r.id AND o.deleted_at IS NULL AND o.status"
_CONTRACTS_END = (
    f"SELECT GREATEST({_NOON.format('max(c.ends_on)')}, {OWNED}) FROM contract c"
    " WHERE c.customer_id = r.id AND c.deleted_at IS NULL AND c.status IN ('active', 'finished', 'terminated')"
    " HAVING max(c.ends_on) IS NOT NULL AND NOT bool_or(c.status = 'active' AND c.ends_on IS NULL)"
)
"""The day on which the last contract ends; none while one has no end."""
EXEMPT = {"lead": "r.converted_at IS NULL AND r.status IS DISTINCT FROM 'disqualified'"}
"""By object, what a record must be for any rule to take it."""
OPEN_DEALS = {
    "customer": "EXISTS (SELECT 1 FROM opportunity o WHERE o.customer_id = r.id AND o.deleted_at IS NULL"
    " AND o.status = 'open')"
}
"""By object, whether a record has a deal on its way."""
EXEMPT_READS: Mapping[str, Reads] = {"lead": {"": frozenset({"status"})}}
OPEN_DEALS_READS: Reads = {"opportunity": frozenset({"status", "customer"})}
_DEALS_READ: Reads = {"opportunity": frozenset({"status", "customer", "close_date"})}

for _kind in (
    RecycleKind(
        "no_follow_up",
        Text("多少天没有跟进", "Days without a follow-up"),
        Text("{days} 天没有跟进，最近一次 {date}", "No follow-up for {days} days, the last one on {date}"),
        frozenset({"customer", "lead"}),
        f"GREATEST(r.last_contact_at, {OWNED})",
        {"": frozenset({"last_contact_at"})},
    ),
    RecycleKind(
        "no_deal",
        Text("多少天没有成交", "Days without a deal won"),
        Text("{days} 天没有成交，从 {date} 算起", "No deal won for {days} days, counted from {date}"),
        frozenset({"customer"}),
        f"GREATEST(({_DEALS} = 'won'), {OWNED})",
        _DEALS_READ,
    ),
    RecycleKind(
        "refused",
        Text("输单后多少天", "Days after a deal was lost"),
        Text(
            "输单后 {days} 天没有新进展，从 {date} 算起",
            "{days} days since a deal was lost, counted from {date}",
        ),
        frozenset({"customer"}),
        f"CASE WHEN ({_DEALS} = 'lost') IS NOT NULL THEN GREATEST(({_DEALS} = 'lost'), {OWNED}) END",
        _DEALS_READ,
    ),
    RecycleKind(
        "contract_end",
        Text("合同到期后多少天", "Days after the last contract ended"),
        Text(
            "合同到期后 {days} 天没有续签，从 {date} 算起",
            "{days} days since the last contract ended, counted from {date}",
        ),
        frozenset({"customer"}),
        f"({_CONTRACTS_END})",
        {"contract": frozenset({"status", "customer", "ends_on"})},
    ),
):
    kind_registry.register(_kind)
