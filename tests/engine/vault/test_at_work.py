"""Keys and encryption while others write: nothing lost, nothing plain, nothing twice; a real dump tells nothing."""

import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from guanxi.commands.keys import command
from guanxi.config.backup import programs
from guanxi.engine.audit import sealing as audit_sealing
from guanxi.engine.audit import verifying
from guanxi.engine.designer import sealing_rows
from guanxi.engine.designer.sealing import encrypt_marked
from guanxi.engine.records.store import bulk_update, create
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault import keys, masters, rotation
from guanxi.engine.vault.models import DataKey
from guanxi.kit.ids import parse_id
from tests.firms import Firm, run_jobs

FIELD = "/meta/objects/thing/fields/card"


@pytest.fixture
def own(transactional_db: None, make_firm: Callable[..., Firm], settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.GUANXI_HOME = tmp_path
    firm = make_firm()
    door = firm.door()
    assert door.post("/meta/objects", {"key": "thing", "label": "Thing"}).status_code == 201
    field = {"key": "card", "type": "text", "label": "Card", "searchable": True}
    assert door.post("/meta/objects/thing/fields", field).status_code == 201
    yield firm
    keys.forget_keys()
    masters.forget_master()


def dump() -> bytes:
    """What pg_dump, as the owner, says of the whole database."""
    name = connection.settings_dict["NAME"]
    login = {**django_settings.GUANXI_OWNER_LOGIN, "dbname": name}
    return programs.run(programs.find("pg_dump", 15), login, "--data-only", "--inserts")


def write(firm: Firm, worker: int, rounds: int, kept: dict[str, str]) -> None:
    """Create and change records as several people at once do; `kept` is what was acknowledged."""
    try:
        for n in range(rounds):
            card = f"canary-{worker}-{n}"
            with session(firm.workspace.id):
                ctx = firm.ctx
                made = parse_id(create(ctx, "thing", {"name": f"物{worker}-{n}", "card": card})["id"])
            assert made is not None
            kept[str(made)] = card
            if n % 3 == 0:
                with session(firm.workspace.id):
                    bulk_update(firm.ctx, "thing", [made], {"card": f"{card}-changed"})
                kept[str(made)] = f"{card}-changed"
    finally:
        connection.close()


def at_once(firm: Firm, meanwhile: Callable[[], None], rounds: int = 30) -> dict[str, str]:
    kept: dict[str, str] = {}
    threads = [threading.Thread(target=write, args=(firm, n, rounds, kept)) for n in range(3)]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    assert len(kept) == 3 * rounds
    return kept


def check(firm: Firm, kept: dict[str, str]) -> None:
    door = firm.door()
    shown: dict[str, str] = {}
    for start in range(0, len(kept), 90):
        ids = list(kept)[start : start + 90]
        tree = {"field": "id", "op": "in", "value": ids}
        shown |= {
            row["id"]: row["card"]
            for row in door.post("/thing/query", {"filter": tree, "limit": 100}).data["data"]
        }
    assert shown == kept


def test_a_field_is_encrypted_while_people_write(own: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing_rows, "CHUNK", 7)
    before: dict[str, str] = {}
    write(own, 9, 20, before)

    def switch() -> None:
        assert own.door().patch(FIELD, {"sensitive": True}).status_code == 200
        run_jobs()

    kept = at_once(own, switch)
    check(own, before | kept)
    # Whoever had begun before the switch may have written a plain value since: the chore finds it.
    with session(own.workspace.id):
        encrypt_marked(own.ctx)
    run_jobs()
    assert b"canary" not in dump()
    check(own, before | kept)


def test_a_key_changes_while_people_write(own: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own.door().patch(FIELD, {"sensitive": True}).status_code == 200
    run_jobs()
    before: dict[str, str] = {}
    write(own, 9, 40, before)

    def rotate() -> None:
        rotation.begin(own.workspace.id)
        rotation.carry_on(own.workspace.id, lambda *_: None)

    kept = at_once(own, rotate)
    rotation.carry_on(own.workspace.id, lambda *_: None)
    assert rotation.state_of(own.workspace.id) == rotation.KeyState(2, {"values": 0, "files": 0})
    check(own, before | kept)
    assert b"canary" not in dump()


def test_the_seal_of_the_audit_holds_after_the_journal_was_encrypted(own: Firm) -> None:
    kept: dict[str, str] = {}
    write(own, 1, 10, kept)
    audit_sealing.seal(own.workspace.id)
    assert own.door().patch(FIELD, {"sensitive": True}).status_code == 200
    run_jobs()
    audit_sealing.seal(own.workspace.id)
    assert [each.broken for each in verifying.verify(own.workspace.id)] == [None, None]
    check(own, kept)


def test_plain_values_cannot_be_put_where_the_seal_covers_another_text(own: Firm) -> None:
    kept: dict[str, str] = {}
    write(own, 1, 2, kept)
    with session(own.workspace.id), connection.cursor() as db:
        db.execute("SELECT id, changes::text FROM journal_entry WHERE changes ? 'card' LIMIT 1")
        entry, changes = db.fetchone() or (uuid.uuid4(), "")
        for forged in (
            '{"card": [null, "forged"]}',
            changes.replace("canary", "forged"),
            "[]",
            '{"other": [null, "gx1."]}',
        ):
            db.execute(
                "SELECT audit_seal_journal(%s::uuid[], %s::jsonb[], NULL, 'mine')", [[entry], [forged]]
            )
            assert db.fetchone() == (0,)
        db.execute("SELECT changes::text FROM journal_entry WHERE id = %s", [entry])
        assert db.fetchone() == (changes,)


def test_marks_of_former_times_are_encrypted_by_a_chore(own: Firm) -> None:
    kept: dict[str, str] = {}
    write(own, 1, 3, kept)
    with session(own.workspace.id):
        row = SchemaField.objects.get(object_key="thing", key="card")
        row.definition = {**row.definition, "sensitive": True}
        row.save()
    with session(own.workspace.id):
        encrypt_marked(own.ctx)
    run_jobs()
    check(own, kept)
    assert b"canary" not in dump()


def test_the_master_key_changes_by_command(own: Firm, settings: Any, tmp_path: Path, capsys: Any) -> None:
    settings.GUANXI_MASTER = {"kms_command": "", "key_file": "", "key": ""}
    masters.forget_master()
    masters.make_own()
    with session(own.workspace.id):
        DataKey.objects.all().delete()
    keys.forget_keys()
    old = (tmp_path / "master_key").read_text()
    assert own.door().patch(FIELD, {"sensitive": True}).status_code == 200
    run_jobs()
    kept: dict[str, str] = {}
    write(own, 1, 3, kept)
    command.commands["rotate"].callback(master=True, slug=None, every=False)  # type: ignore[misc]
    now = (tmp_path / "master_key").read_text()
    assert now != old and len(now.splitlines()) == 1
    check(own, kept)
    command.commands["rotate"].callback(master=False, slug=own.workspace.slug, every=False)  # type: ignore[misc]
    command.commands["status"].callback(slug=None)  # type: ignore[misc]
    said = capsys.readouterr().out
    assert "version 2" in said
    assert now.strip() not in said and old.strip() not in said
    check(own, kept)
