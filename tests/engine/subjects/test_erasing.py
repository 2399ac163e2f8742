"""After an erasure nothing of the person is left, anywhere."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from guanxi.engine.audit import sealing
from guanxi.engine.audit.verifying import verify
from guanxi.engine.notifications.facade import notify
from guanxi.engine.records.file_store import file_store
from guanxi.engine.subjects import outside
from guanxi.engine.subjects.models import Certificate, LegalHold
from guanxi.engine.tenancy.chores import do_chores
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.recording import record
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import dumps
from guanxi.kit.mentions import mentions, pattern_of
from guanxi.kit.text import Text
from tests.engine.subjects.desk import EMAIL, NAME, PHONE, person, ready, step
from tests.firms import Door, Firm

CANARIES = (NAME, PHONE, EMAIL, "139 1234 5678")


def traces() -> list[str]:
    """Where in the database (every table, every column) the person stands."""
    found = []
    with connection.cursor() as db:
        db.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name NOT LIKE 'audit_entry_%'"
        )
        columns = db.fetchall()
        for table, column, kind in columns:
            text = f"encode({column}, 'hex')" if kind == "bytea" else f"{column}::text"
            for canary in CANARIES:
                sought = canary.encode().hex() if kind == "bytea" else canary
                db.execute(f'SELECT count(*) FROM "{table}" WHERE position(%s in {text.replace(column, chr(34) + column + chr(34), 1)}) > 0', [sought])  # fmt: skip
                if db.fetchone()[0]:
                    found.append(f"{table}.{column}: {canary}")
    return found


def files_with_traces(firm: Firm) -> list[str]:
    """Files under the home that hold the person in any encoding; those of the store as they are read."""
    sought = [canary.encode(code) for canary in CANARIES for code in ("utf-8", "gb18030", "utf-16-le")]
    kept = Path(settings.MEDIA_ROOT) / firm.workspace.id.hex
    contents: dict[str, bytes] = {}
    for root in (kept, Path(settings.MEDIA_ROOT).parent / "tmp", Path(settings.GUANXI_HOME) / outside.FOLDER):
        contents |= {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with session(firm.workspace.id):
        for path in kept.rglob("*"):
            if path.is_file() and (file_id := parse_id(path.name)):
                with file_store.open(firm.workspace.id, file_id) as stream:
                    contents[f"{path} opened"] = stream.read()
    return [name for name, content in contents.items() if any(each in content for each in sought)]


def plant(firm: Firm, door: Door, deliver: Callable[[], int]) -> list[dict[str, Any]]:
    """The person, through every door there is; gives the records that are theirs."""
    field = door.post("/meta/objects/contact/fields", {"key": "nick", "type": "text", "label": "昵称"})
    assert field.status_code == 201, field.data
    upload: Any = door.client.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile(f"{NAME}.txt", f"{NAME} {PHONE}".encode(), content_type="text/plain")},
    )
    attach = door.post("/meta/objects/contact/fields", {"key": "papers", "type": "files", "label": "证件"})
    assert attach.status_code == 201, attach.data
    company = door.post("/customer", {"name": "中山精工"}).data
    contact = person(
        door,
        customer=company["id"],
        nick=f"小{NAME}",
        papers=[upload.json()["id"]],
        description="139 1234 5678",
    )
    contact = door.patch(
        f"/contact/{contact['id']}", {"wechat": "canary@jinsique.example", "version": contact["version"]}
    ).data
    lead = door.post(
        "/lead", {"name": NAME, "mobile": PHONE, "email": EMAIL}, **{"Idempotency-Key": uuid.uuid4().hex}
    ).data
    binned = door.post("/lead", {"name": f"{NAME}的线索", "contact_name": NAME}).data
    assert door.delete(f"/lead/{binned['id']}", {"version": binned["version"]}).status_code == 204
    door.post("/note", {"subject": f"致电{NAME}", "body": f"号码 {PHONE}", "contact": contact["id"]})
    door.post("/call", {"subject": "回访", "phone": PHONE, "contact": contact["id"]})
    door.post("/task", {"subject": f"给{NAME}发合同", "lead": lead["id"]})
    other = door.post(
        "/note", {"subject": "周会", "body": f"{NAME}说 139-1234-5678 也能打", "customer": company["id"]}
    ).data
    door.patch(f"/note/{other['id']}", {"body": f"{NAME} {PHONE} 已确认", "version": other["version"]})
    door.post("/views", {"object": "contact", "name": NAME, "kind": "table", "scope": "personal",
                         "definition": {"filter": {"field": "name", "op": "contains", "value": NAME}}})  # fmt: skip
    sheet = SimpleUploadedFile(
        "in.csv",
        f"姓名,手机\n{NAME},{PHONE}\n{NAME},号码不对{PHONE}x\n".encode("gb18030"),
        content_type="text/csv",
    )
    job: Any = door.client.post("/api/v1/imports", {"file": sheet, "object": "contact"})
    assert job.status_code == 201, job.content
    mapping = door.get(f"/imports/{job.json()['id']}").data
    run = door.post(f"/imports/{job.json()['id']}/run", {"version": mapping.get("version", 1)})
    exported = door.post("/exports", {"object": "contact", "format": "xlsx"})
    assert exported.status_code in (201, 202), exported.data
    deliver()
    with session(firm.workspace.id):
        notify(firm.ctx, [firm.admin.id], "record.assigned", title=Text("{who}交给你了", "{who} is yours"), url=f"/contact/{contact['id']}", data={"who": NAME})  # fmt: skip
    assert run.status_code in (200, 202, 422), run.data
    return [contact, lead, binned | {"object": "lead"}]


@pytest.mark.django_db
def test_nothing_of_the_person_is_left_in_any_table_or_file(
    firm: Firm, deliver: Callable[[], int], django_capture_on_commit_callbacks: Any
) -> None:
    door = firm.door()
    with django_capture_on_commit_callbacks(execute=True):
        records = plant(firm, door, deliver)
        found = door.post("/duplicates/search", {"q": PHONE}).data
        assert found["data"]
        request = ready(door, records)
        sought = door.post(f"/privacy/requests/{request['id']}/find", {"texts": [NAME, PHONE]}).data["data"]
        own = [each for each in sought if each["object"] in ("contact", "lead")]
        assert {each["id"] for each in records} <= {each["id"] for each in own} | {records[2]["id"]}
        chosen = {(e["object"], e["id"]) for e in [*own, *records]}
        marks = [NAME, "+8613912345678", EMAIL]
        changed = step(
            door, request, "", {"records": [{"object": o, "id": i} for o, i in chosen], "marks": marks}
        )
        assert changed.status_code == 200, changed.data
    with session(firm.workspace.id):
        assert len({each.split(".")[0] for each in traces()}) >= 12, traces()
    assert files_with_traces(firm)
    with django_capture_on_commit_callbacks(execute=True):
        begun = step(door, request, "erase")
        assert begun.status_code == 202, begun.data
        deliver()
    done = door.get(f"/privacy/requests/{request['id']}").data
    assert (done["status"], done["error"]) == ("done", None)
    with session(firm.workspace.id):
        assert traces() == []
    assert files_with_traces(firm) == []
    for each in records:
        assert door.get(f"/{each['object']}/{each['id']}").status_code == 404
    # Who did what and when stays, and the seal over it still holds.
    with session(firm.workspace.id):
        with connection.cursor() as db:
            db.execute("SELECT count(*) FROM journal_entry WHERE record_id = %s", [records[0]["id"]])
            assert db.fetchone()[0] >= 2
        row = Certificate.objects.get()
        assert row.body["counts"]["records"] >= 6 and row.body["counts"]["transfer_files"] == 2
        assert not mentions(dumps(row.body).decode(), pattern_of([NAME, PHONE, EMAIL]))
    told = door.post("/privacy/certificates/check", {"hash": row.hash}).data
    assert (told["known"], told["intact"], told["in_audit"]) == (True, True, True)
    page = door.get(f"/privacy/requests/{request['id']}/certificate")
    assert row.hash in page.content.decode() and NAME not in page.content.decode()
    assert page.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db(transaction=True)
def test_the_seal_still_verifies_after_an_erasure(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    contact = person(door)
    other = door.post("/customer", {"name": "中山精工", "description": f"{NAME}介绍的"}).data
    door.patch(f"/customer/{other['id']}", {"description": f"{NAME} {PHONE}", "version": other["version"]})
    with session(firm.workspace.id):
        record(firm.ctx, "settings.changed", said=f"{NAME}")
    sealing.seal(firm.workspace.id)
    request = ready(door, [contact], marks=[NAME, PHONE])
    assert step(door, request, "erase").status_code == 202
    deliver()
    with session(firm.workspace.id):
        assert traces() == []
    sealing.seal(firm.workspace.id)
    assert [each.broken for each in verify(firm.workspace.id)] == [None, None]


@pytest.mark.django_db
def test_what_others_share_with_the_person_stays_theirs(firm: Firm, deliver: Callable[[], int]) -> None:
    """A number may be a family's: the record that was not chosen keeps it."""
    door = firm.door()
    contact, wife = person(door), person(door, name="李梅", email="")
    request = ready(door, [contact], marks=[NAME])
    assert step(door, request, "erase").status_code == 202
    deliver()
    assert door.get(f"/contact/{contact['id']}").status_code == 404
    assert door.get(f"/contact/{wife['id']}").data["mobile"] == "+8613912345678"


@pytest.mark.django_db
def test_what_the_law_requires_is_kept_without_the_person_and_cannot_be_brought_back(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    door = firm.door()
    contact = person(door)
    rule = door.put("/privacy/keep-rules/opportunity", {"years": 3, "ground": "电子商务法第三十一条"})
    assert rule.status_code == 200, rule.data
    customer = door.post("/customer", {"name": NAME, "kind": "consumer", "mobile": PHONE}).data
    deal = door.post(
        "/opportunity", {"name": f"{NAME}的订单", "customer": customer["id"], "amount": 8000}
    ).data
    plan = door.post(f"/privacy/requests/{ready(door, [contact, customer])['id']}/preview").data
    assert ("opportunity", "keep", 1) in {(e["object"], e["fate"], e["count"]) for e in plan["parts"]}
    request = ready(door, [contact, customer], marks=[NAME, PHONE])
    assert step(door, request, "erase").status_code == 202
    deliver()
    done = door.get(f"/privacy/requests/{request['id']}").data
    assert done["status"] == "done", done
    assert done["certificate"]["body"]["kept"][0]["ground"] == "电子商务法第三十一条"
    assert door.get(f"/opportunity/{deal['id']}").status_code == 404
    with session(firm.workspace.id):
        assert traces() == []
        with connection.cursor() as db:
            db.execute(
                "SELECT amount, deleted_at IS NOT NULL, customer_id FROM opportunity WHERE id = %s",
                [deal["id"]],
            )
            assert db.fetchone() == (8000, True, None)
    refused = door.post(f"/opportunity/{deal['id']}/actions/restore")
    assert refused.status_code == 422 and refused.data["errors"][0]["code"] == "kept_by_law", refused.data


@pytest.mark.django_db
def test_undo_brings_nobody_back(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    contact = person(door)
    other = door.post("/customer", {"name": "中山精工", "description": f"{NAME}介绍的"}).data
    door.patch(f"/customer/{other['id']}", {"description": "改了", "version": other["version"]})
    made = [each["id"] for each in door.get("/changes").data["data"]]
    request = ready(door, [contact], marks=[NAME, PHONE])
    assert step(door, request, "erase").status_code == 202
    deliver()
    for change in made:
        door.post(f"/changes/{change}/undo")
        deliver()
    with session(firm.workspace.id):
        assert traces() == []
    assert door.get(f"/contact/{contact['id']}").status_code == 404


@pytest.mark.django_db
def test_a_name_in_quotation_marks_and_a_number_in_full_width_are_found_too(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    """JSON writes a quotation mark with a backslash, and a Chinese input method writes digits twice as wide."""
    door, name = firm.door(), 'ООО "Ромашка" & Ко'
    contact = person(door, name=name)
    wide = "".join(chr(0xFF10 + int(digit)) for digit in PHONE)
    customer = door.post(
        "/customer", {"name": "中山精工", "tags": [name], "description": f"由 {name} 介绍"}
    ).data
    note = door.post(
        "/note",
        {
            "subject": "x",
            "customer": customer["id"],
            "body": f"<p>{wide}，又写作 139/1234/5678、139·1234·5678</p>",
        },
    ).data
    door.post("/views", {"object": "customer", "name": name, "kind": "table", "scope": "personal",
                         "definition": {"filter": {"field": "name", "op": "is", "value": name}}})  # fmt: skip
    request = ready(door, [contact], marks=[name, PHONE])
    assert step(door, request, "erase").status_code == 202
    deliver()
    assert door.get(f"/privacy/requests/{request['id']}").data["status"] == "done"
    body = door.get(f"/note/{note['id']}").data["body"]
    assert "1234" not in body and wide not in body, body
    with session(firm.workspace.id), connection.cursor() as db:
        for table in ("journal_entry", "saved_view", "customer", "search_entry", "stored_file"):
            db.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", ["%Ромашка%"])
            assert db.fetchone() == (0,), table


@pytest.mark.django_db
def test_what_is_on_legal_hold_stays_as_it_is_and_the_certificate_says_so(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    door = firm.door()
    contact = person(door)
    customer = door.post("/customer", {"name": "中山精工"}).data
    held, other = (
        door.post(
            "/note", {"subject": "证据", "customer": customer["id"], "body": f"<p>{NAME}签了合同</p>"}
        ).data
        for _ in range(2)
    )
    hold = door.post("/privacy/holds", {"object": "note", "record_id": held["id"], "reason": "诉讼"})
    assert hold.status_code == 201
    before = door.get(f"/note/{held['id']}/history").data["data"]
    request = ready(door, [contact], marks=[NAME])
    assert step(door, request, "erase").status_code == 202
    deliver()
    done = door.get(f"/privacy/requests/{request['id']}").data
    assert done["certificate"]["body"]["counts"]["held_mentions"] == 1
    assert door.get(f"/note/{held['id']}").data["body"] == held["body"]
    assert door.get(f"/note/{held['id']}/history").data["data"] == before
    assert NAME not in door.get(f"/note/{other['id']}").data["body"]


@pytest.mark.django_db
@pytest.mark.parametrize("by_hand", [True, False])
def test_what_was_held_is_caught_up_with_when_the_hold_ends(
    firm: Firm, deliver: Callable[[], int], by_hand: bool
) -> None:
    door = firm.door()
    contact = person(door)
    customer = door.post("/customer", {"name": "中山精工"}).data
    held = door.post(
        "/note", {"subject": "证据", "customer": customer["id"], "body": f"<p>{NAME}签了合同</p>"}
    ).data
    until = (timezone.now() + timedelta(days=2)).isoformat()
    hold = door.post(
        "/privacy/holds", {"object": "note", "record_id": held["id"], "reason": "诉讼", "until": until}
    )
    assert hold.status_code == 201, hold.data
    request = ready(door, [contact], marks=[NAME])
    assert step(door, request, "erase").status_code == 202
    deliver()
    assert NAME in door.get(f"/note/{held['id']}").data["body"]
    with session(firm.workspace.id), connection.cursor() as db:
        # What waits is encrypted: a dump tells nobody who was erased.
        db.execute("SELECT count(*) FROM legal_hold h WHERE h::text ILIKE %s", [f"%{NAME}%"])
        assert db.fetchone() == (0,)
    if by_hand:
        assert door.delete(f"/privacy/holds/{hold.data['id']}").status_code == 204
    else:
        with session(firm.workspace.id):
            LegalHold.objects.update(until=timezone.now() - timedelta(minutes=1))
        do_chores()
    assert NAME not in door.get(f"/note/{held['id']}").data["body"]
    assert NAME not in str(door.get(f"/note/{held['id']}/history").data)
    with session(firm.workspace.id), connection.cursor() as db:
        for table in ("journal_entry", "audit_entry", "legal_hold", "search_entry"):
            db.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{NAME}%"])
            assert db.fetchone() == (0,), table
        assert LegalHold.objects.get().waiting == []
