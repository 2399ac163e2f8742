"""What holds for referrals: who can have brought whom, and what follows from it.

*How it works*: before rows are written, the referrals that bear on them are read under a lock of the workspace, so that
of two that would close a ring, written at once, the second is refused. What is not refused but brings nothing is kept
and says why: a customer is brought once (the first counts).

*Rules*: nobody brings themselves, nor the firm they are a part of, nor somebody with their own (or their people's)
telephone number, address or tax number; which of these it is, is not said. Merging and undoing are not held up.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.hooks.through import customers_of
from guanxi.domains.sales.referrals.referral import COUNTED
from guanxi.domains.sales.referrals.rules import closes_ring
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import get_records, stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.engine.tenancy.turns import wait_turn
from guanxi.kit.text import Text

REFERRAL = "referral"
AT_ONCE = 100
NAME = Text("转介绍 {day}", "Referral {day}")
ONESELF = Text(
    "介绍方和新客户是同一家、同一个集团，或联系方式相同，不能算转介绍。",
    "Referrer and new customer are the same, belong together or share a way to reach them: that is no referral.",
)
RING = Text("介绍方自己就是新客户介绍来的，不能反过来再算一次。",
            "The referrer was itself brought by the new customer, directly or through others.")  # fmt: skip
TWICE = Text("这个客户已经有介绍记录（{number}），以最早的为准。",
             "This customer was referred before ({number}); the first one counts.")  # fmt: skip
PAID = Text("奖励已经发放，不能删除。", "Its reward was paid: it cannot be deleted.")
_OF_CUSTOMER = ("parent", "phone", "mobile", "email", "tax_number")
_OF_CONTACT = ("customer", "phone", "mobile", "email")


class ReferralHooks(RecordHooks):
    """Fills in what follows; refuses who cannot have brought whom."""

    object_key = REFERRAL

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """All but what is merely noted."""
        return not {"description", "reward_note"}.issuperset(keys)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Day, name, and the customer of the person; nothing rewarded is deleted."""
        for change in changes:
            if change.op == "delete" and (change.before or {}).get("status") == "paid":
                change.refuse("status", "locked", PAID)
        written = [c for c in changes if c.op in ("create", "update")]
        for change in written:
            if change.value("referred_on") is None:
                change.values["referred_on"] = ctx.today.date()
            if not change.value("name"):
                change.values["name"] = NAME.in_(
                    ctx.workspace.locale, day=change.value("referred_on").isoformat()
                )
        lacking = [c for c in written if c.value("referrer_contact") and not c.value("referrer")]
        if lacking:
            at = customers_of(ctx, "contact", {c.value("referrer_contact") for c in lacking})
            for change in lacking:
                change.values["referrer"] = at.get(change.value("referrer_contact"))

    def check(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse oneself and rings; what comes second is void from the start."""
        moved = [c for c in changes if c.op in ("create", "update") and _says_who(c)]
        if not moved:
            return
        _lock(ctx)
        system = replace(ctx, actor=SYSTEM)
        known = _Known(system, moved)
        for change in moved:
            referrer, customer = change.value("referrer"), change.value("customer")
            if known.are_one(referrer, change.value("referrer_contact"), customer):
                change.refuse("referrer", "oneself", ONESELF)
            elif closes_ring(known.above, referrer, customer):
                change.refuse("referrer", "ring", RING)
            elif (first := known.first.get(customer)) and first[0] != change.id:
                if change.op == "create" and change.value("status") in (None, "open"):
                    text = TWICE.in_(ctx.workspace.locale, number=first[1] or "—")
                    change.values |= {"status": "void", "void_reason": text}
                elif change.changes("customer"):
                    change.refuse("customer", "referred_before", TWICE, number=first[1] or "—")
            else:
                known.above[customer] = referrer
                known.first[customer] = (change.id, "")


def _says_who(change: Change) -> bool:
    """Whether it counts and names another pair, both of whom there are."""
    named = change.value("referrer") and change.value("customer") and change.value("status") != "void"
    return bool(named) and any(change.changes(key) for key in ("referrer", "referrer_contact", "customer"))


def _lock(ctx: Ctx) -> None:
    """One at a time in a workspace: a ring can be closed from either end."""
    wait_turn(f"referrals:{ctx.workspace.id}")


class _Known:
    """What bears on some new referrals: who stands above their referrers, who was brought, how they are reached."""

    def __init__(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        self._ctx = ctx
        self.above: dict[uuid.UUID, uuid.UUID] = {}
        self.first: dict[uuid.UUID, tuple[uuid.UUID, str]] = {}
        own = {change.id for change in changes}
        customers = {c.value("customer") for c in changes}
        self._read(customers, own)
        frontier = {c.value("referrer") for c in changes} - self.above.keys()
        seen = set(frontier)
        while frontier:
            self._read(frontier, own)
            frontier = {self.above[i] for i in frontier if i in self.above} - seen
            seen |= frontier
        wanted = customers | {c.value("referrer") for c in changes}
        self._customers = self._values("customer", wanted, _OF_CUSTOMER)
        contacts = {c.value("referrer_contact") for c in changes} - {None}
        self._contacts = self._values("contact", contacts, _OF_CONTACT)
        self._people = self._people_of(wanted)

    def _read(self, customers: Collection[uuid.UUID], without: Collection[uuid.UUID]) -> None:
        """Who brought these customers, the earliest first."""
        for row in counted(self._ctx, "customer", customers, ("referrer", "customer", "number")):
            one, other, i = _id(row["referrer"]), _id(row["customer"]), uuid.UUID(row["id"])
            if one and other and i not in without and other not in self.first:
                self.first[other] = (i, str(row["number"] or ""))
                self.above[other] = one

    def _values(
        self, object_key: str, ids: Iterable[Any], fields: Sequence[str]
    ) -> dict[uuid.UUID, dict[str, Any]]:
        wanted = sorted(set(ids))
        found = get_records(self._ctx, object_key, wanted, fields=list(fields)) if wanted else []
        return {uuid.UUID(row["id"]): row for row in found}

    def _people_of(self, customers: Collection[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
        """By customer, what its contacts are reached by."""
        found: dict[uuid.UUID, set[str]] = {}
        for chunk in chunks(customers):
            tree = {"field": "customer", "op": "in", "value": chunk}
            for page in stream(self._ctx, RecordQuery("contact", tree, (), _OF_CONTACT, count=False)):
                for row in page:
                    if customer := _id(row["customer"]):
                        found.setdefault(customer, set()).update(_reached_by(row))
        return found

    def are_one(self, referrer: uuid.UUID, contact: uuid.UUID | None, customer: uuid.UUID) -> bool:
        """Whether referrer and customer are the same people, as far as one can see."""
        one, other = self._customers.get(referrer, {}), self._customers.get(customer, {})
        person = self._contacts.get(contact, {}) if contact else {}
        related = {_id(one.get("parent")), _id(person.get("customer")), referrer}
        if customer in related or _id(other.get("parent")) == referrer:
            return True
        mine = _reached_by(one) | _reached_by(person) | self._people.get(referrer, set())
        return not mine.isdisjoint(_reached_by(other) | self._people.get(customer, set()))


def counted(
    ctx: Ctx, field: str, ids: Collection[uuid.UUID], fields: tuple[str, ...]
) -> Iterable[dict[str, Any]]:
    """The referrals that count whose `field` is one of these records, the earliest first."""
    for chunk in chunks(ids):
        tree = {"and": [{"field": field, "op": "in", "value": chunk},
                        {"field": "status", "op": "in", "value": list(COUNTED)}]}  # fmt: skip
        query = RecordQuery(REFERRAL, tree, (Sort("created_at"),), fields, count=False)
        for page in stream(ctx, query):
            yield from page


def chunks(ids: Collection[uuid.UUID]) -> Iterable[list[str]]:
    """The ids in their order, so many as one condition takes."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield [str(i) for i in wanted[start : start + AT_ONCE]]


def _reached_by(values: dict[str, Any]) -> set[str]:
    found = (values.get(key) for key in ("phone", "mobile", "email", "tax_number"))
    return {str(value).casefold() for value in found if value}


def _id(link: Any) -> uuid.UUID | None:
    return uuid.UUID(str(link["id"])) if link else None


hooks_registry.register(ReferralHooks())
