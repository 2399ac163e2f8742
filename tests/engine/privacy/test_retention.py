"""Retention rules over HTTP and at night: tried first, held back, undone, and nothing left of what is gone."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.privacy.facade import HoldCheck, hold_checks
from guanxi.engine.privacy.models import RetentionRule, RetentionRun
from guanxi.engine.privacy.retiring import run_due
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Role, session, system_ctx
from tests.firms import Door, Firm, code_of

Deliver = Callable[[], int]


def aged(firm: Firm, door: Door, name: str, days: int, **more: Any) -> str:
    made = door.post("/contact", {"name": name} | more)
    assert made.status_code == 201, made.data
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "UPDATE contact SET created_at = created_at - make_interval(days => %s) WHERE id = %s",
            [days, made.data["id"]],
        )
    return str(made.data["id"])


def rule(door: Door, **more: Any) -> dict[str, Any]:
    given = {
        "name": "旧联系人",
        "object_key": "contact",
        "age_field": "created_at",
        "period": 12,
        "unit": "months",
        "action": "archive",
    }
    made = door.post("/privacy/retention", given | more)
    assert made.status_code == 201, made.data
    return dict(made.data)


def switched_on(door: Door, **more: Any) -> dict[str, Any]:
    made = rule(door, **more)
    assert door.post(f"/privacy/retention/{made['id']}/trial").status_code == 200
    on = door.patch(f"/privacy/retention/{made['id']}", {"enabled": True, "version": made["version"]})
    assert on.status_code == 200, on.data
    return dict(on.data)


def last_run(door: Door) -> dict[str, Any]:
    return dict(door.get("/privacy/retention").data["runs"][0])


def seen(door: Door, record_id: str) -> bool:
    return bool(door.get(f"/contact/{record_id}").status_code == 200)


class Held:
    """A legal hold over what a test says."""

    def __init__(self) -> None:
        self.ids: set[uuid.UUID] = set()

    def held(self, ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        return self.ids & set(ids)


@pytest.fixture
def hold() -> Iterator[set[uuid.UUID]]:
    held = Held()
    check = HoldCheck("test", held.held)
    hold_checks.register(check)
    yield held.ids
    hold_checks._items.pop("test")


def test_a_rule_tells_what_it_would_do_and_is_switched_on_only_as_tried(firm: Firm) -> None:
    door = firm.door()
    old, fresh = aged(firm, door, "旧人", 400), aged(firm, door, "新人", 10)
    made = rule(door)
    assert made["enabled"] is False
    early = door.patch(f"/privacy/retention/{made['id']}", {"enabled": True, "version": made["version"]})
    assert code_of(early) == "try_first"
    told = door.post(f"/privacy/retention/{made['id']}/trial").data
    assert (told["count"], told["exact"], [one["id"] for one in told["samples"]]) == (1, True, [old])
    assert seen(door, old)
    assert seen(door, fresh)
    on = door.patch(f"/privacy/retention/{made['id']}", {"enabled": True, "version": made["version"]})
    assert on.data["enabled"] is True
    changed = door.patch(f"/privacy/retention/{made['id']}", {"period": 6, "version": on.data["version"]})
    assert (changed.data["enabled"], changed.data["tried"]) == (False, False)


def test_what_is_archived_comes_back_and_held_records_stay(
    firm: Firm, deliver: Deliver, hold: set[uuid.UUID]
) -> None:
    door = firm.door()
    old, held, fresh = (
        aged(firm, door, "旧人", 400),
        aged(firm, door, "涉诉", 400),
        aged(firm, door, "新人", 10),
    )
    hold.add(uuid.UUID(held))
    made = switched_on(door)
    begun = door.post(f"/privacy/retention/{made['id']}/run")
    assert begun.status_code == 202
    assert code_of(door.post(f"/privacy/retention/{made['id']}/run")) == "running"
    deliver()
    run = last_run(door)
    assert (run["state"], run["done"], run["held"], run["can_undo"]) == ("done", 1, 1, True)
    assert [seen(door, one) for one in (old, held, fresh)] == [False, True, True]
    undone = door.post(f"/privacy/retention/runs/{run['id']}/undo")
    assert undone.data["undone"] == 1, undone.data
    assert seen(door, old)
    assert code_of(door.post(f"/privacy/retention/runs/{run['id']}/undo")) == "cannot_undo"
    assert door.get("/privacy/retention").data["data"][0]["enabled"] is False  # or tonight it would go again


def test_at_night_each_rule_runs_once(firm: Firm, deliver: Deliver) -> None:
    door = firm.door()
    old = aged(firm, door, "旧人", 400)
    switched_on(door)
    rule(door, name="没启用")
    with session(firm.workspace.id):
        ctx = system_ctx(firm.workspace.info())
        night = replace(ctx, now=ctx.today.replace(hour=2) + timedelta(days=1))
        run_due(replace(ctx, now=ctx.today.replace(hour=12)))
        assert not RetentionRun.objects.exists()
        run_due(night)
        run_due(night)
        assert RetentionRun.objects.count() == 1
    deliver()
    assert not seen(door, old)


def test_anonymised_records_keep_nothing_even_in_the_journal(firm: Firm, deliver: Deliver) -> None:
    door = firm.door()
    old = aged(firm, door, "钱多多", 800, phone="13800138000", email="qian@example.com")
    switched_on(door, period=2, unit="years", action="anonymise", fields=["name", "phone", "email"])
    made = door.get("/privacy/retention").data["data"][0]
    door.post(f"/privacy/retention/{made['id']}/run")
    deliver()
    assert last_run(door)["done"] == 1
    record = door.get(f"/contact/{old}").data
    assert (record["phone"], record["email"]) == (None, None)
    assert "钱多多" not in str(record)
    assert "钱多多" not in str(door.get(f"/contact/{old}/history").data)
    assert door.get("/search?q=钱多多").data["data"] == []
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "SELECT count(*) FROM journal_entry WHERE record_id = %s AND changes::text LIKE '%%13800138000%%'",
            [old],
        )
        assert db.fetchone() == (0,)
    assert door.post(f"/privacy/retention/{made['id']}/trial").data["count"] == 0  # not again tomorrow
    assert last_run(door)["can_undo"] is False


def test_erased_records_are_gone_for_good(firm: Firm, deliver: Deliver) -> None:
    door = firm.door()
    old = aged(firm, door, "钱多多", 800)
    made = switched_on(door, period=2, unit="years", action="erase")
    door.post(f"/privacy/retention/{made['id']}/run")
    deliver()
    assert last_run(door)["done"] == 1
    assert door.get(f"/contact/{old}?deleted=true").status_code == 404
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute("SELECT count(*) FROM contact WHERE id = %s", [old])
        assert db.fetchone() == (0,)


def test_bad_rules_are_refused(firm: Firm) -> None:
    door = firm.door()
    good = {"name": "x", "object_key": "contact", "age_field": "created_at", "period": 1, "action": "archive"}
    for wrong, field in (
        ({"object_key": "user"}, "object_key"), ({"object_key": "nothing"}, "object_key"), ({"age_field": "name"}, "age_field"),
        ({"age_field": "owner.password"}, "age_field"), ({"period": 0}, "period"), ({"unit": "decades"}, "unit"),
        ({"action": "explode"}, "action"), ({"action": "anonymise", "fields": []}, "fields"),
        ({"action": "anonymise", "fields": ["created_at"]}, "fields"), ({"enabled": True}, "enabled"),
        ({"filter": {"field": "secret", "op": "is", "value": 1}}, "filter.field"),
    ):  # fmt: skip
        answer = door.post("/privacy/retention", good | wrong)
        assert answer.status_code == 422, (wrong, answer.data)
        assert answer.data["errors"][0]["field"] == field, (wrong, answer.data)
    with session(firm.workspace.id):
        assert not RetentionRule.objects.exists()


def test_others_neither_see_nor_run_rules(firm: Firm, other_firm: Firm) -> None:
    made = switched_on(firm.door())
    rep, stranger = firm.door(firm.add("李娜", Role.MANAGER)), other_firm.door()
    for verb, path in (("GET", ""), ("POST", f"/{made['id']}/trial"), ("POST", f"/{made['id']}/run"), ("PATCH", f"/{made['id']}"), ("DELETE", f"/{made['id']}")):  # fmt: skip
        body = {"version": 1} if verb != "GET" else None
        assert rep.call(verb, f"/privacy/retention{path}", body).status_code == 403
        if path:
            assert (
                stranger.call(verb, f"/privacy/retention{path}", {"name": "x", "version": 1}).status_code
                == 404
            )
    assert firm.door().get("/privacy/retention").data["data"][0]["name"] == "旧联系人"
