"""What nobody looks after falls into its pool: as simulated, in the firm's days, with a warning before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from guanxi.domains.sales.pool import recycling, tasks
from guanxi.domains.sales.pool.models import PoolRun
from guanxi.engine.records.store.rewriting import is_alone
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import Workspace, load_system_ctx
from guanxi.kit.jsons import loads
from tests.domains.pool.conftest import Pond

SHANGHAI = ZoneInfo("Asia/Shanghai")


def rule(**given: Any) -> dict[str, Any]:
    """A rule that is switched on."""
    return {"kind": "no_follow_up", "days": 30, "enabled": True, **given}


def aged(pond: Pond, record: str, days: float, column: str = "created_at") -> None:
    """Let a customer's date lie so many days back."""
    at = timezone.now() - timedelta(days=days)
    with session(pond.firm.workspace.id), connection.cursor() as db:
        db.execute(f"UPDATE customer SET owned_since = NULL, {column} = %s WHERE id = %s", [at, record])


def owned(pond: Pond, days: float = 40, **values: Any) -> str:
    """A customer of 林销售's, made so many days ago."""
    made = pond.customer(pond.lin, **values)
    aged(pond, made, days)
    return made


def night(pond: Pond) -> dict[str, Any]:
    """One night's run."""
    workspace = pond.firm.workspace.id
    with session(workspace):
        row = recycling.begin_run(load_system_ctx(workspace))
    return tasks.run(workspace, row.id)


def simulated(pond: Pond, **given: Any) -> Any:
    """What a rule would do."""
    answer = pond.boss.post(f"/pools/{pond.pool}/simulate", rule(**given))
    assert answer.status_code == 200, answer.data
    return answer.data


def pool_of(pond: Pond, record: str) -> str | None:
    """The pool that a customer is in."""
    found: str | None = pond.boss.get(f"/customer/{record}").data["pool"]
    return found


def test_what_nobody_looked_after_falls_into_the_pool(pond: Pond) -> None:
    old, young = owned(pond), owned(pond, 29)
    told = simulated(pond)
    assert (told["due"], told["owners"][0]["person"]["name"], told["sample"][0]["id"]) == (1, "林销售", old)
    assert pool_of(pond, old) is None
    assert pond.setup(rules=[rule()]).status_code == 200
    assert night(pond) == {"recycled": 1, "warned": 0}
    now = pond.boss.get(f"/customer/{old}").data
    assert (now["owner"], now["pool"], now["pool_reason"], now["previous_owner"]["name"]) == (
        None, pond.pool, "no_follow_up", "林销售",
    )  # fmt: skip
    assert now["pool_note"].startswith("30 天没有跟进")
    assert pool_of(pond, young) is None
    assert night(pond)["recycled"] == 0
    notices = pond.lin.get("/notifications").data["data"]
    assert [each["kind"] for each in notices] == ["pool.recycled"]
    assert pond.boss.get(f"/pools/owners/customer/{old}").data["data"][0]["action"] == "recycle"


def journaled(pond: Pond, record: str) -> tuple[Any, ...]:
    """What the journal has of a customer's recycling, and the row, but for moments."""
    with session(pond.firm.workspace.id), connection.cursor() as db:
        db.execute("SELECT version, action, changes, actor_id, via FROM journal_entry WHERE record_id = %s"
                   " ORDER BY id DESC LIMIT 1", [record])  # fmt: skip
        version, action, changes, *rest = db.fetchone()
        told = loads(changes)
        for key in ("pooled_at", "owned_since"):
            assert all(value is None or len(value) == 27 for value in told[key]), told[key]
            told[key] = [value is not None for value in told[key]]
        db.execute("SELECT version, owner_id, previous_owner, pool, pool_reason, owned_since, protected_until, pool_due_at"
                   " FROM customer WHERE id = %s", [record])  # fmt: skip
        return version, action, told, *rest, *db.fetchone()


def test_one_statement_and_the_ordinary_pass_come_to_the_same(pond: Pond) -> None:
    assert pond.setup(rules=[rule()]).status_code == 200
    workspace, back = pond.firm.workspace.id, timezone.now() - timedelta(days=40)

    def one_night() -> tuple[Any, ...]:
        made = pond.customer(pond.lin)
        with session(workspace), connection.cursor() as db:
            db.execute("UPDATE customer SET created_at = %s, owned_since = %s, protected_until = %s, pool_due_at = now()"
                       " WHERE id = %s", [back, back, back, made])  # fmt: skip
        assert night(pond)["recycled"] == 1
        return journaled(pond, made)

    def alone() -> bool:
        with session(workspace):
            ctx = load_system_ctx(workspace)
            return is_alone(ctx, get_object(ctx, "customer"), ("owner", "pool", "pooled_at", "owned_since"))

    assert alone()
    at_once = one_night()
    config = {"object": "customer", "field": "parent", "op": "max", "measure": "pooled_at"}
    made = pond.boss.post("/meta/objects/customer/fields", {
        "key": "last_pooled", "label": {"zh-CN": "下级进入公海", "en": "Pooled"}, "type": "rollup", "config": config,
    })  # fmt: skip
    assert made.status_code == 201, made.data
    assert not alone()
    assert one_night() == at_once


def test_a_rule_that_is_off_takes_nothing(pond: Pond) -> None:
    one = owned(pond)
    assert pond.setup(rules=[rule(enabled=False)]).status_code == 200
    assert night(pond)["recycled"] == 0 and pool_of(pond, one) is None


def test_a_follow_up_and_a_new_owner_begin_the_days_anew(pond: Pond) -> None:
    called, handed = owned(pond), owned(pond)
    aged(pond, called, 2, "last_contact_at")
    he = str(pond.people["何销售"].id)
    version = pond.boss.get(f"/customer/{handed}").data["version"]
    assert pond.boss.patch(f"/customer/{handed}", {"owner": he, "version": version}).status_code == 200
    assert pond.setup(rules=[rule()]).status_code == 200
    assert night(pond)["recycled"] == 0


def test_what_is_spared(pond: Pond) -> None:
    vip, dealt, shielded, nobodys, gone = (owned(pond) for _ in range(5))
    version = pond.boss.get(f"/customer/{vip}").data["version"]
    assert pond.boss.patch(f"/customer/{vip}", {"tier": "high", "version": version}).status_code == 200
    deal = pond.boss.post("/opportunity", {"name": "在谈", "customer": dealt})
    assert deal.status_code == 201, deal.data
    aged(pond, shielded, -3, "protected_until")
    aged(pond, shielded, 40)
    with session(pond.firm.workspace.id), connection.cursor() as db:
        db.execute("UPDATE customer SET owner_id = NULL WHERE id = %s", [nobodys])
    assert (
        pond.boss.delete(
            f"/customer/{gone}", {"version": pond.boss.get(f"/customer/{gone}").data["version"]}
        ).status_code
        < 300
    )
    exempt = {"field": "tier", "op": "is", "value": "high"}
    assert pond.setup(exempt=exempt, rules=[rule()]).status_code == 200
    assert simulated(pond)["due"] == 0
    assert night(pond)["recycled"] == 0
    assert pond.setup(spare_open_deals=False, exempt=None).status_code == 200
    assert night(pond)["recycled"] == 2
    assert pool_of(pond, dealt) == pool_of(pond, vip) == pond.pool


def test_rules_go_by_level_and_pools_by_their_order(pond: Pond) -> None:
    high = {"field": "tier", "op": "is", "value": "high"}
    vip = pond.boss.post("/pools", {
        "object": "customer", "name": {"zh-CN": "重点"}, "filter": high, "rules": [rule(days=60)],
    })  # fmt: skip
    order = [vip.data["key"], pond.pool]
    assert pond.boss.put("/pools", {"keys": order}).status_code == 204
    assert [each["key"] for each in pond.boss.get("/pools").data["data"]] == order
    assert pond.boss.put("/pools", {"keys": [pond.pool, pond.pool]}).status_code == 422
    assert pond.lin.put("/pools", {"keys": order}).status_code == 403
    assert pond.setup(rules=[rule(days=10)]).status_code == 200
    kept, fell, plain = owned(pond, 40, tier="high"), owned(pond, 61, tier="high"), owned(pond, 11)
    assert night(pond)["recycled"] == 2
    assert [pool_of(pond, each) for each in (kept, fell, plain)] == [None, vip.data["key"], pond.pool]


def test_days_without_a_deal_and_after_a_lost_one(pond: Pond) -> None:
    won, lost, none = (owned(pond, 100) for _ in range(3))
    today = timezone.now().date()
    for customer, stage, days in ((won, "won", 20), (lost, "lost", 50)):
        made = pond.boss.post("/opportunity", {"name": "旧单", "customer": customer})
        with session(pond.firm.workspace.id), connection.cursor() as db:
            db.execute("UPDATE opportunity SET status = %s, close_date = %s WHERE id = %s",
                       [stage, today - timedelta(days=days), made.data["id"]])  # fmt: skip
    assert simulated(pond, kind="no_deal", days=90)["due"] == 2
    assert {each["id"] for each in simulated(pond, kind="refused", days=30)["sample"]} == {lost}
    assert {each["id"] for each in simulated(pond, kind="no_deal", days=90)["sample"]} == {lost, none}


def test_the_day_of_a_lost_deal_is_that_day_west_of_greenwich_too(pond: Pond) -> None:
    customer = owned(pond, 100)
    deal = pond.boss.post("/opportunity", {"name": "旧单", "customer": customer}).data["id"]
    closed = timezone.now().date() - timedelta(days=50)
    with session(pond.firm.workspace.id), connection.cursor() as db:
        db.execute("UPDATE opportunity SET status = 'lost', close_date = %s WHERE id = %s", [closed, deal])
    assert pond.setup(rules=[rule(kind="refused", days=20)]).status_code == 200
    Workspace.objects.filter(id=pond.firm.workspace.id).update(time_zone="America/Los_Angeles")
    assert night(pond)["recycled"] == 1
    assert closed.isoformat() in pond.boss.get(f"/customer/{customer}").data["pool_note"]


def test_days_after_the_last_contract_ended(pond: Pond) -> None:
    over, endless, renewed, drafted = (owned(pond, 100) for _ in range(4))
    today = timezone.now().date()

    def contract(customer: str, status: str, days: int | None) -> None:
        made = pond.boss.post("/contract", {"name": "年约", "customer": customer})
        ends = None if days is None else today + timedelta(days=days)
        with session(pond.firm.workspace.id), connection.cursor() as db:
            db.execute(
                "UPDATE contract SET status = %s, ends_on = %s WHERE id = %s", [status, ends, made.data["id"]]
            )

    for customer in (over, endless, renewed):
        contract(customer, "finished", -400)
        contract(customer, "active", -50)
    contract(endless, "active", None)
    contract(renewed, "active", 20)
    contract(drafted, "draft", -50)
    found = simulated(pond, kind="contract_end", days=45)
    assert ([each["id"] for each in found["sample"]], found["due"]) == ([over], 1)
    assert simulated(pond, kind="contract_end", days=52)["due"] == 0
    assert pond.setup(rules=[rule(kind="contract_end", days=45)]).status_code == 200
    assert night(pond)["recycled"] == 1
    told = pond.boss.get(f"/customer/{over}").data
    assert (told["pool_reason"], (today - timedelta(days=50)).isoformat() in told["pool_note"]) == (
        "contract_end",
        True,
    )


def test_owners_are_warned_once_and_marks_go_again(pond: Pond) -> None:
    soon, later = owned(pond, 28), owned(pond, 20)
    assert pond.setup(rules=[rule(warn_days=3)]).status_code == 200
    assert simulated(pond, warn_days=3)["warned"] == 1
    assert night(pond) == {"recycled": 0, "warned": 1}
    due = datetime.fromisoformat(pond.boss.get(f"/customer/{soon}").data["pool_due_at"]).astimezone(SHANGHAI)
    created = datetime.fromisoformat(pond.boss.get(f"/customer/{soon}").data["created_at"]).astimezone(
        SHANGHAI
    )
    assert (due.date(), due.hour) == (created.date() + timedelta(days=30), 0)
    assert pond.boss.get(f"/customer/{later}").data["pool_due_at"] is None
    assert night(pond)["warned"] == 0
    assert [each["kind"] for each in pond.lin.get("/notifications").data["data"]] == ["pool.warning"]
    aged(pond, soon, 0, "last_contact_at")
    assert night(pond)["warned"] == 0
    assert pond.boss.get(f"/customer/{soon}").data["pool_due_at"] is None


def test_a_night_can_be_undone(pond: Pond) -> None:
    old = owned(pond)
    assert pond.setup(rules=[rule()]).status_code == 200
    night(pond)
    with session(pond.firm.workspace.id):
        change = PoolRun.objects.get().detail[0]["change"]
    assert pond.lin.post(f"/changes/{change}/undo").status_code == 404
    undone = pond.boss.post(f"/changes/{change}/undo")
    assert undone.status_code == 200, undone.data
    now = pond.boss.get(f"/customer/{old}").data
    assert (now["owner"]["name"], now["pool"]) == ("林销售", None)
    assert night(pond)["recycled"] == 0


def test_it_starts_once_a_night_of_the_firm(pond: Pond) -> None:
    workspace = pond.firm.workspace.id
    with session(workspace):
        ctx = load_system_ctx(workspace)
        for hour, due in ((17, False), (18, True)):  # two in the morning in Shanghai is 18 UTC
            assert recycling.is_due(replace(ctx, now=datetime(2026, 11, 22, hour, 30, tzinfo=UTC))) is due
        at = replace(ctx, now=datetime(2026, 11, 22, 18, 30, tzinfo=UTC))
        first = recycling.begin_run(at)
        assert first.day.isoformat() == "2026-11-23" and not recycling.is_due(at)
        assert recycling.is_due(replace(ctx, now=datetime(2026, 11, 22, 22, 0, tzinfo=UTC)))
        PoolRun.objects.filter(id=first.id).update(state="done")
        assert not recycling.is_due(replace(ctx, now=datetime(2026, 11, 22, 22, 0, tzinfo=UTC)))


def test_only_who_sets_pools_up_simulates(pond: Pond) -> None:
    assert pond.lin.post(f"/pools/{pond.pool}/simulate", rule()).status_code == 403
    assert pond.outsider.post(f"/pools/{pond.pool}/simulate", rule()).status_code == 404
    bad = pond.boss.post(f"/pools/{pond.pool}/simulate", rule(days=0))
    assert bad.data["errors"][0]["field"] == "rules.0.days"
