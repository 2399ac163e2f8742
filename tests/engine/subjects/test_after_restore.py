"""Who was erased after a backup was made is erased again when it is restored."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guanxi.config.backup.after import after_restore_registry, keep_promises
from guanxi.config.backup.restoring import NOTE
from guanxi.engine.subjects import outside
from guanxi.engine.subjects.models import Certificate, SubjectRequest
from guanxi.engine.tenancy.context import session, system_ctx
from tests.engine.subjects.desk import EMAIL, NAME, PHONE, person, ready, step
from tests.engine.subjects.test_erasing import traces
from tests.firms import Firm


class _Done(Exception):
    """Ends a transaction as if it had never been."""


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_has_the_person_erased_again(
    firm: Firm, deliver: Callable[[], int], tmp_path: Path
) -> None:
    door = firm.door()
    contact = person(door)
    company = door.post("/customer", {"name": "中山精工", "description": f"{NAME}介绍的"}).data
    # The copy: everything as it is now. What follows is rolled back, as if the copy had been restored.
    with pytest.raises(_Done), session(firm.workspace.id):
        request = ready(door, [contact], marks=[NAME, PHONE, EMAIL])
        assert step(door, request, "erase").status_code == 202
        deliver()
        row = Certificate.objects.get()
        outside.write_down(system_ctx(firm.workspace.info()))
        raise _Done
    path = outside.path_of(firm.workspace.id)
    assert NAME not in path.read_text() and PHONE not in path.read_text()
    assert json.loads(path.read_text())["hash"] == row.hash
    with session(firm.workspace.id):
        assert Certificate.objects.count() == 0 and traces()
    (tmp_path / NOTE).write_text(json.dumps({"made_at": datetime.now(UTC).isoformat()}))
    assert "subjects.erasures" in {hook.key for hook in after_restore_registry}
    assert keep_promises(tmp_path) and not keep_promises(tmp_path)
    with session(firm.workspace.id):
        assert traces() == []
        assert Certificate.objects.get().hash == row.hash
        assert SubjectRequest.objects.count() == 0
    assert door.get(f"/contact/{contact['id']}").status_code == 404
    assert "▇▇" in door.get(f"/customer/{company['id']}").data["description"]
    told = door.post("/privacy/certificates/check", {"hash": row.hash}).data
    assert (told["known"], told["intact"], told["in_audit"]) == (True, True, True)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_is_on_the_list_outside_the_database_at_once(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    door = firm.door()
    request = ready(door, [person(door)], marks=[NAME, PHONE, EMAIL])
    assert step(door, request, "erase").status_code == 202
    deliver()
    with session(firm.workspace.id):
        row = Certificate.objects.get()
    assert json.loads(outside.path_of(firm.workspace.id).read_text())["hash"] == row.hash
