"""A new key of blind indexes: what is found is found, what is unique stays unique, at every moment of the change."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from guanxi.commands.keys import command
from guanxi.config.doctor_master_key import master_key
from guanxi.engine.audit.models import AuditEntry
from guanxi.engine.designer import index_keys, index_rows
from guanxi.engine.records.store import create
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault import keys, masters
from guanxi.engine.vault.models import DataKey
from guanxi.kit.errors import Conflict, Invalid
from tests.firms import Door, Firm, code_of, run_jobs

CARD = "/meta/objects/thing/fields/card"
PHONES = [f"+8675586013{n}" for n in range(300, 340)]
DOORS = dict.fromkeys(("form", "import", "api", "public"), "strict")


class BrokenOff(Exception):
    """As if somebody had killed the process between two transactions."""


def breaking_off() -> Callable[[str, int], None]:
    """What listens to a run, and breaks it off at the fourth chunk."""
    chunks = iter(range(4))

    def told(key: str, count: int) -> None:
        if next(chunks) == 3:
            raise BrokenOff

    return told


def prepared(firm: Firm) -> Door:
    """A unique encrypted field, and an encrypted phone number in two identity rules."""
    door = firm.door()
    assert door.post("/meta/objects", {"key": "thing", "label": "Thing"}).status_code == 201
    field = {"key": "card", "type": "text", "label": "Card", "unique": True}
    assert door.post("/meta/objects/thing/fields", field).status_code == 201
    parts = [{"field": "name", "normal": "company"}, {"field": "phone", "normal": "phone"}]
    rule = door.put("/meta/objects/customer/identity/both", {"parts": parts, "doors": DOORS})
    assert rule.status_code == 200, rule.data
    run_jobs()
    for path in (CARD, "/meta/objects/customer/fields/phone"):
        assert door.patch(path, {"sensitive": True}).status_code == 200
    run_jobs()
    return door


def rest_of(firm: Firm, version: int) -> list[str]:
    """What is under another key of blind indexes than one version's."""
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "SELECT 'key ' || rule || ' ' || value FROM record_key WHERE rule IN ('unique:card', 'both', 'phone')"
            " AND value !~ %s UNION ALL SELECT 'alias ' || rule FROM record_alias_key WHERE rule IN ('field:phone',"
            " 'phone', 'both') AND value !~ %s UNION ALL SELECT 'row' FROM custom_record WHERE custom ->> 'card#' !~ %s"
            " UNION ALL SELECT 'row' FROM customer WHERE custom ->> 'phone#' !~ %s",
            [f"^\x1e?{version}[.]"] * 2 + [f"^{version}[.]"] * 2,
        )
        left = [line for (line,) in db.fetchall()]
        versions = DataKey.objects.filter(workspace_id=firm.workspace.id, kind="index").values_list("version")
        return left + [str(row) for row in versions if row != (version,)]


def test_every_step_finds_and_holds_what_the_one_before_did(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_rows, "CHUNK", 4)
    door = prepared(firm)
    things = {
        f"card-{n}": door.post("/thing", {"name": f"物{n}", "card": f"card-{n}"}).data for n in range(5)
    }
    firms = [door.post("/customer", {"name": f"公司{n}", "phone": PHONES[n]}).data for n in range(5)]
    merged = {"survivor": firms[0]["id"], "ids": [firms[0]["id"], firms[1]["id"]]}
    assert door.post("/customer/merge", merged).status_code == 200

    def found(object_key: str, tree: dict[str, Any]) -> set[str]:
        answer = door.post(f"/{object_key}/query", {"filter": tree})
        assert answer.status_code == 200, answer.data
        return {row["id"] for row in answer.data["data"]}

    def check(step: int) -> None:
        """All that is known is found and held; and what is written now is among it."""
        card = f"step-{step}"
        things[card] = door.post("/thing", {"name": card, "card": card}).data
        changed = door.patch(f"/thing/{things['card-0']['id']}", {"card": f"now-{step}", "version": step})
        assert changed.status_code == 200, changed.data
        assert door.post("/thing", {"name": "旧值", "card": f"now-{step - 1}"}).status_code == 201, (
            "it is free again"
        )
        for value in ("card-1", f"step-{max(step - 1, 1)}"):
            thing = things[value]
            assert found("thing", {"field": "card", "op": "is", "value": value}) == {thing["id"]}
            taken = door.post("/thing", {"name": "重", "card": value})
            assert [error["code"] for error in taken.data["errors"]] == ["not_unique"], value
        two = ["card-1", "card-2"]
        assert found("thing", {"field": "card", "op": "in", "value": two}) == {
            things[key]["id"] for key in two
        }
        others = found("customer", {"field": "phone", "op": "is_not", "value": PHONES[2]})
        assert {firms[0]["id"], firms[3]["id"]} <= others and firms[2]["id"] not in others
        again = door.post("/customer", {"name": "公司3", "phone": PHONES[3]})
        assert [error["code"] for error in again.data["errors"]] == ["not_unique"]
        for n, holder in ((1, 0), (4, 4)):  # the first was merged into another
            told = door.post("/customer/duplicates", {"phone": PHONES[n]}).data["data"]
            assert [match["id"] for match in told] == [firms[holder]["id"]]

    check(1)
    assert index_keys.begin(firm.workspace.id) == 2
    with pytest.raises(Conflict):
        index_keys.begin(firm.workspace.id)
    refused = door.patch(CARD, {"sensitive": False})
    assert (refused.status_code, code_of(refused)) == (409, "keys_changing")
    step, seen = 2, set()
    while not (state := index_keys.state_of(firm.workspace.id)).is_done:
        seen.add((state.version, state.other))
        check(step)
        step += 1
        try:
            index_keys.carry_on(firm.workspace.id, breaking_off())
        except BrokenOff:
            continue
    assert seen == {(1, 2), (2, 1)}
    check(step)
    assert rest_of(firm, 2) == []
    index_keys.begin(firm.workspace.id)
    index_keys.carry_on(firm.workspace.id, lambda *_: None)
    check(step + 1)
    assert rest_of(firm, 3) == []
    told = (
        AuditEntry.objects.filter(kind="keys.index_changed").order_by("id").values_list("detail", flat=True)
    )
    assert [(entry["version"], entry["let_go"]) for entry in told] == [(2, 0), (3, 0)]


def test_a_field_on_its_way_keeps_its_keys(firm: Firm) -> None:
    door = prepared(firm)
    assert door.patch(CARD, {"sensitive": False}).status_code == 200
    with pytest.raises(Conflict):
        index_keys.begin(firm.workspace.id)
    run_jobs()
    assert master_key().status == "ok"
    assert index_keys.begin(firm.workspace.id) == 2
    check = master_key()
    assert (check.status, check.values["workspace"]) == ("warn", firm.workspace.slug)


@pytest.fixture
def own(transactional_db: None, make_firm: Callable[..., Firm], settings: Any, tmp_path: Path) -> Any:
    settings.GUANXI_HOME = tmp_path
    firm = make_firm()
    prepared(firm)
    yield firm
    keys.forget_keys()
    masters.forget_master()


def made(firm: Firm, card: str) -> bool:
    """Whether a record came of a value that others try to have as well."""
    try:
        with session(firm.workspace.id):
            create(firm.ctx, "thing", {"name": "物", "card": card})
    except Invalid:
        return False
    return True


def test_people_compete_for_values_while_the_key_changes(
    own: Firm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(index_rows, "CHUNK", 5)
    old = [f"old-{n}" for n in range(20)]
    assert all(made(own, card) for card in old)
    cards = [f"card-{n}" for n in range(40)]
    won: Counter[str] = Counter()

    def compete() -> None:
        try:
            won.update(card for pair in zip(old * 2, cards, strict=True) for card in pair if made(own, card))
        finally:
            connection.close()

    threads = [threading.Thread(target=compete) for _ in range(3)]
    for thread in threads:
        thread.start()
    rotate = command.commands["rotate"].callback
    assert rotate is not None
    rotate(master=False, slug=own.workspace.slug, every=False, index=True)
    for thread in threads:
        thread.join()
    assert won == Counter(cards)
    door = own.door()
    for card in (*old[:3], *cards[:3], *cards[-3:]):
        tree = {"field": "card", "op": "is", "value": card}
        assert len(door.post("/thing/query", {"filter": tree}).data["data"]) == 1
    assert rest_of(own, 2) == []
    command.commands["status"].callback(slug=None)  # type: ignore[misc]
    assert "index key version 2, which all is found by" in capsys.readouterr().out


def test_who_began_before_is_waited_for(own: Firm) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def straggler() -> None:
        try:
            with session(own.workspace.id):
                ctx = own.ctx
                begun.set()
                assert go_on.wait(20)
                create(ctx, "thing", {"name": "物", "card": "late"})
        finally:
            connection.close()

    def change() -> None:
        try:
            index_keys.carry_on(own.workspace.id, lambda *_: None)
        finally:
            connection.close()

    late = threading.Thread(target=straggler)
    late.start()
    assert begun.wait(20)
    index_keys.begin(own.workspace.id)
    changing = threading.Thread(target=change)
    changing.start()
    changing.join(1)
    assert changing.is_alive() and index_keys.state_of(own.workspace.id).version == 1
    go_on.set()
    late.join()
    changing.join(20)
    assert index_keys.state_of(own.workspace.id).is_done
    assert not made(own, "late")
    assert rest_of(own, 2) == []
