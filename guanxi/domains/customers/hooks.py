"""What happens when customers and contacts are written: derived values, the first contact of a customer, who is above whom."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from guanxi.domains.customers.rules import full_name, size_of
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.engine.tenancy.turns import wait_turn
from guanxi.kit.text import Text

DECISION_MAKER = "decision_maker"
DERIVED_FROM = frozenset({"founded_date", "founded", "employees", "size"})
CIRCLE = Text(
    "上级客户不能是它自己或它的下级客户。", "A customer cannot be above itself, directly or through others."
)


class CustomerHooks(RecordHooks):
    """Size class and year of founding follow employees and date, unless it is said otherwise; nobody is above themselves.

    What is encrypted is not told by what would follow from it.
    """

    object_key = "customer"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """What size and year come of, and who is above."""
        return "parent" in keys or not DERIVED_FROM.isdisjoint(keys)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Derive the size and the year; refuse a parent that stands below."""
        _refuse_circles(ctx, changes)
        dated, counted = (obj.fields[key].seal is None for key in ("founded_date", "employees"))
        for change in changes:
            if dated and change.values.get("founded_date") is not None and change.value("founded") is None:
                change.values["founded"] = Decimal(change.values["founded_date"].year)
            employees = change.values.get("employees") if counted else None
            if employees is not None and change.values.get("size") is None and change.changes("employees"):
                size = size_of(employees)
                if size in obj.fields["size"].option_values:
                    change.values["size"] = size


def _refuse_circles(ctx: Ctx, changes: Sequence[Change]) -> None:
    """Walks up from the new parents, all of them level by level; of one workspace one at a time, or three make a ring."""
    moved = {c.id: c for c in changes if c.op == "update" and c.values.get("parent") and c.changes("parent")}
    if not moved:
        return
    wait_turn(f"parents:{ctx.workspace.id}")
    system = replace(ctx, actor=SYSTEM)
    above: dict[uuid.UUID, uuid.UUID | None] = {i: c.values["parent"] for i, c in moved.items()}
    while asked := [i for i in set(above.values()) if i is not None and i not in above]:
        found = {r["id"]: r["parent"] for r in get_records(system, "customer", asked, fields=["parent"])}
        for i in asked:
            parent = found.get(str(i))
            above[i] = uuid.UUID(parent["id"]) if parent else None
    for i, change in moved.items():
        passed: set[uuid.UUID] = set()
        at = above[i]
        while at is not None and at not in passed:
            passed.add(at)
            at = above[at]
        if i in passed:
            change.refuse("parent", "circle", CIRCLE)


class ContactHooks(RecordHooks):
    """A name from its parts, the role of who decides, and the first contact of a customer."""

    object_key = "contact"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Compose names; keep the tick and the role of decision makers together."""
        for change in changes:
            if change.op not in ("create", "update"):
                continue
            if not change.value("name"):
                name = full_name(change.value("family_name"), change.value("given_name"))
                if name:
                    change.values["name"] = name
            if DECISION_MAKER in (change.values.get("roles") or ()):
                change.values.setdefault("is_decision_maker", True)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """A customer's first contact is its primary one until somebody says otherwise."""
        first: dict[uuid.UUID, uuid.UUID] = {}
        for change in changes:
            customer = change.values.get("customer")
            if customer is not None and change.op in ("create", "update"):
                first.setdefault(customer, change.id)
        if not first:
            return
        system = replace(ctx, actor=SYSTEM)
        known = get_records(system, "customer", list(first), fields=["primary_contact"])
        lacking = [uuid.UUID(record["id"]) for record in known if record["primary_contact"] is None]
        store.touch(system, "customer", {i: {"primary_contact": first[i]} for i in lacking})


hooks_registry.register(CustomerHooks())
hooks_registry.register(ContactHooks())
