"""Files: what goes in, who gets it out, and how it is handed out."""

import io
import os
import uuid
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guanxi.engine.records import files
from guanxi.engine.records.file_kinds import clean_name, sniff
from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy import chores
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, code_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """A folder of this test."""
    settings.MEDIA_ROOT = folder = tmp_path / "files"
    return folder


@pytest.fixture
def firm(firm: Firm) -> Firm:
    """A firm whose customers have attachments and a contract."""
    door = firm.door()
    for key, kind in (("cf_docs", "files"), ("cf_contract", "file")):
        answer = door.post("/meta/objects/customer/fields", {"key": key, "type": kind, "label": key})
        assert answer.status_code in (200, 201), answer.content
    return firm


def upload(door: Door, content: bytes = PNG, name: str = "照片.png", kind: str = "text/html") -> Any:
    answer = door.client.post(
        "/api/v1/files", {"file": SimpleUploadedFile(name, content, content_type=kind)}, headers=door.headers
    )
    answer.data = answer.json()
    return answer


def fetch(door: Door, file_id: str, **headers: str) -> Any:
    return door.client.get(f"/api/v1/files/{file_id}", headers=door.headers | headers)


def customer(door: Door, **values: Any) -> Any:
    answer = door.post("/customer", {"name": f"公司{uuid.uuid4().hex[:6]}"} | values)
    assert answer.status_code == 201, answer.content
    return answer.data


def on_disk(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<x/>")
    return stream.getvalue()


# ---- in


def test_an_upload_is_described_and_can_be_fetched_by_whoever_made_it(firm: Firm, store: Path) -> None:
    door = firm.door()
    answer = upload(door)
    assert answer.status_code == 201
    assert answer.data == {
        "id": answer.data["id"],
        "name": "照片.png",
        "size": len(PNG),
        "type": "image/png",
        "url": f"/api/v1/files/{answer.data['id']}",
    }
    assert fetch(door, answer.data["id"]).content == PNG
    [path] = on_disk(store)
    assert PNG not in path.read_bytes()
    assert path.relative_to(store).parts[:2] == (firm.workspace.id.hex, path.name[-2:])
    assert path.stat().st_mode & 0o077 == 0
    with session(firm.workspace.id):
        assert len(StoredFile.objects.get().sha256) == 64


@pytest.mark.asvs("5.2.1")
def test_a_file_too_large_is_refused_and_leaves_nothing(firm: Firm, store: Path, settings: Any) -> None:
    settings.GUANXI_MAX_FILE_MB = 1
    answer = upload(firm.door(), b"x" * (1024 * 1024 + 1), "film.bin")
    assert (answer.status_code, code_of(answer)) == (413, "file_too_large")
    assert on_disk(store) == []
    assert upload(firm.door(), b"x" * 1024 * 1024, "film.bin").status_code == 201


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume asynchronous iterators")
@pytest.mark.asvs("5.3.2")
def test_a_large_file_comes_out_as_it_went_in(firm: Firm) -> None:
    door = firm.door()
    content = os.urandom(3 * 1024 * 1024)
    answer = fetch(door, upload(door, content, "film.bin").data["id"])
    assert b"".join(answer) == content
    assert answer.headers["Content-Length"] == str(len(content))


def test_no_file_or_an_empty_one_is_refused(firm: Firm) -> None:
    door = firm.door()
    assert upload(door, b"", "leer.txt").status_code == 422
    assert door.client.post("/api/v1/files", {}, headers=door.headers).status_code == 422


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\合同.docx", "合同.docx"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt"),
        ("invoice\u202excod.exe", "invoicexcod.exe"),
        ("\u200bzero\ufeff.txt", "zero.txt"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        ("...", "file"),
        ("", "file"),
        (None, "file"),
        ("  名 称\t .pdf ", "名 称 .pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
@pytest.mark.asvs("5.3.2", "5.4.1", "5.4.2")
def test_names_are_cleaned(given: str | None, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "a.html", "image/png"),
        (b"\xff\xd8\xff\xe0rest", "a", "image/jpeg"),
        (b"GIF89a...", "a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a", "audio/wav"),
        (b"\0\0\0\x1cftypavif", "a", "image/avif"),
        (b"\0\0\0\x1cftypisom", "a", "video/mp4"),
        (PDF, "a.png", "application/pdf"),
        (workbook(), "a.zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04broken", "a.xlsx", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
        ("姓名,电话".encode("gb18030"), "a.csv", "text/csv"),
        (b"a,b\0c", "a.csv", "application/octet-stream"),
        (SVG, "a.svg", "application/octet-stream"),
        (SVG, "a.png", "application/octet-stream"),
        (HTML, "a.html", "application/octet-stream"),
        (b"MZ\x90", "a.png", "application/octet-stream"),
    ],
)
@pytest.mark.asvs("5.2.2", "4.1.1")
def test_the_type_is_what_the_bytes_say(content: bytes, name: str, kind: str) -> None:
    stream = io.BytesIO(content)
    assert sniff(stream, name) == kind
    assert stream.tell() == 0


# ---- out


@pytest.mark.parametrize(("content", "shown"), [(PNG, True), (PDF, False), (SVG, False), (HTML, False)])
@pytest.mark.asvs("1.3.4", "3.2.1", "5.3.1")
def test_only_raster_images_are_shown_everything_else_is_saved(
    firm: Firm, content: bytes, shown: bool
) -> None:
    door = firm.door()
    answer = fetch(door, upload(door, content, '报价\u202e"; x=.svg', "image/svg+xml").data["id"])
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("inline" if shown else "attachment")
    assert "filename*=utf-8''" in disposition
    assert "\u202e" not in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "html" not in answer.headers["Content-Type"]
    assert "svg" not in answer.headers["Content-Type"]


def test_a_browser_asks_each_time_and_is_told_that_nothing_changed(firm: Firm) -> None:
    door = firm.door()
    file_id = upload(door).data["id"]
    first = fetch(door, file_id)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = fetch(door, file_id, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_hangs_on_nothing_is_its_makers_alone_and_for_a_day(firm: Firm, other_firm: Firm) -> None:
    member = firm.door(firm.add("小陈"))
    file_id = upload(member).data["id"]
    for door in (firm.door(), firm.door(firm.add("小李")), other_firm.door()):
        assert fetch(door, file_id).status_code == 404
    with session(firm.workspace.id):
        StoredFile.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert fetch(member, file_id).status_code == 404
    assert fetch(member, str(uuid.uuid4())).status_code == 404
    assert fetch(member, "nonsense").status_code == 404


def test_whoever_sees_the_record_sees_its_files(firm: Firm) -> None:
    rep, other = firm.add("林悦"), firm.add("赵磊")
    door = firm.door(rep)
    file_id = upload(door, PDF, "合同.pdf").data["id"]
    record = customer(door, cf_contract=file_id, cf_docs=[upload(door).data["id"]])
    assert record["cf_contract"]["name"] == "合同.pdf"
    for each in [file_id, record["cf_docs"][0]["id"]]:
        assert fetch(firm.door(), each).status_code == 200
        assert fetch(firm.door(other), each).status_code == 404
    moved = firm.door().patch(
        f"/customer/{record['id']}", {"owner": str(other.id), "version": record["version"]}
    )
    assert moved.status_code == 200
    assert fetch(firm.door(other), file_id).status_code == 200
    assert fetch(door, file_id).status_code == 404


def test_a_file_taken_off_its_record_or_deleted_with_it_is_not_handed_out(firm: Firm) -> None:
    door = firm.door()
    file_id = upload(door).data["id"]
    record = customer(door, cf_docs=[file_id])
    changed = door.patch(f"/customer/{record['id']}", {"cf_docs": [], "version": record["version"]}).data
    assert fetch(door, file_id).status_code == 404
    record = customer(door, cf_docs=[other := upload(door).data["id"]])
    door.delete(f"/customer/{record['id']}", **{"If-Match": f'"{record["version"]}"'})
    assert fetch(door, other).status_code == 404
    assert door.post(f"/customer/{record['id']}/actions/restore").status_code == 200
    assert fetch(door, other).status_code == 200
    assert changed["cf_docs"] in ([], None)


def test_a_hidden_field_hides_its_files(firm: Firm) -> None:
    door = firm.door()
    file_id = upload(door).data["id"]
    customer(door, cf_docs=[file_id])
    answer = door.patch("/meta/objects/customer/fields/cf_docs", {"hidden": True})
    assert answer.status_code == 200, answer.content
    assert fetch(door, file_id).status_code == 404


# ---- on records


def refused(answer: Any) -> None:
    assert answer.status_code == 422, answer.content
    assert [(error["field"], error["code"]) for error in answer.data["errors"]] == [
        ("cf_docs", "unknown_file")
    ]


def test_only_ones_own_or_visible_files_can_be_hung_on_a_record(firm: Firm, other_firm: Firm) -> None:
    rep, other = firm.door(firm.add("林悦")), firm.door(firm.add("赵磊"))
    loose = upload(rep).data["id"]
    taken = upload(rep).data["id"]
    customer(rep, cf_docs=[taken])
    foreign = upload(other_firm.door()).data["id"]
    for stolen in (loose, taken, foreign, str(uuid.uuid4())):
        refused(other.post("/customer", {"name": "偷", "cf_docs": [stolen]}))
    for stolen in (loose, foreign):
        refused(firm.door().post("/customer", {"name": "偷", "cf_docs": [stolen]}))
    assert customer(firm.door(), cf_docs=[taken])["cf_docs"][0]["id"] == taken


def test_a_file_on_two_records_is_seen_by_whoever_sees_one_of_them(firm: Firm) -> None:
    rep, other = firm.add("林悦"), firm.add("赵磊")
    file_id = upload(firm.door()).data["id"]
    customer(firm.door(), cf_docs=[file_id], owner=str(rep.id))
    second = customer(firm.door(), cf_docs=[file_id])
    assert fetch(firm.door(other), file_id).status_code == 404
    firm.door().patch(f"/customer/{second['id']}", {"owner": str(other.id), "version": second["version"]})
    assert fetch(firm.door(other), file_id).status_code == 200


def test_files_that_are_there_already_do_not_hinder_a_change(firm: Firm) -> None:
    rep = firm.add("林悦")
    first = upload(firm.door()).data["id"]
    record = customer(firm.door(), cf_docs=[first], owner=str(rep.id))
    with session(firm.workspace.id):
        StoredFile.objects.update(created_at=timezone.now() - timedelta(days=3))
    door = firm.door(rep)
    body = {"cf_docs": [first, upload(door).data["id"]], "version": record["version"]}
    changed = door.patch(f"/customer/{record['id']}", body)
    assert changed.status_code == 200, changed.content
    assert len(changed.data["cf_docs"]) == 2


def test_merging_brings_the_files_along(firm: Firm) -> None:
    door = firm.door()
    file_id = upload(door).data["id"]
    loser, survivor = customer(door, cf_docs=[file_id]), customer(door)
    answer = door.post(f"/customer/{survivor['id']}/actions/merge", {"others": [loser["id"]], "values": {}})
    assert answer.status_code == 200, answer.content
    assert fetch(door, file_id).status_code == 200


def test_readers_upload_nothing_they_could_hang_anywhere(firm: Firm) -> None:
    reader = firm.door(firm.add("老板", Role.READ_ONLY))
    assert upload(reader).status_code == 403


def test_a_key_that_only_reads_cannot_upload(firm: Firm) -> None:
    assert upload(Door(firm.token(scopes=["read"]))).status_code == 403


# ---- clearing up


def age(firm: Firm, store: Path) -> None:
    with session(firm.workspace.id):
        StoredFile.objects.update(created_at=timezone.now() - timedelta(hours=25))
    past = (timezone.now() - timedelta(hours=25)).timestamp()
    for path in on_disk(store):
        os.utime(path, (past, past))


def tidy(firm: Firm) -> None:
    """A whole day of chores."""
    for hour in range(24):
        with session(firm.workspace.id):
            files.remove_orphans(replace(firm.ctx, now=timezone.now().replace(hour=hour)))


@pytest.mark.django_db(transaction=True)
def test_what_nothing_takes_within_a_day_is_removed(firm: Firm, store: Path) -> None:
    door = firm.door()
    kept, orphan = upload(door).data["id"], upload(door, PDF, "合同.pdf").data["id"]
    customer(door, cf_docs=[kept])
    age(firm, store)
    fresh = upload(door, HTML, "a.html").data["id"]
    assert chores.do_chores() == 0
    tidy(firm)
    with session(firm.workspace.id):
        assert {str(i) for i in StoredFile.objects.values_list("id", flat=True)} == {kept, fresh}
    assert {path.name for path in on_disk(store)} == {uuid.UUID(i).hex for i in (kept, fresh)}
    assert orphan


@pytest.mark.django_db(transaction=True)
def test_bytes_without_a_row_are_removed_a_day_later(firm: Firm, store: Path) -> None:
    upload(firm.door())
    name = uuid.uuid4().hex
    stray = store / firm.workspace.id.hex / name[-2:] / name
    part = stray.with_suffix(".part")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"x")
    part.write_bytes(b"x")
    tidy(firm)
    assert stray.exists(), "it may belong to a request that is still at work"
    past = (timezone.now() - timedelta(hours=25)).timestamp()
    for path in (stray, part):
        os.utime(path, (past, past))
    tidy(firm)
    assert not stray.exists()
    assert not part.exists()
    assert len(on_disk(store)) == 1


@pytest.mark.django_db(transaction=True)
def test_files_of_purged_records_are_let_go(firm: Firm, store: Path) -> None:
    door = firm.door()
    shared, single = upload(door).data["id"], upload(door).data["id"]
    purged = customer(door, cf_docs=[shared, single])
    customer(door, cf_docs=[shared])
    with session(firm.workspace.id):
        files.release(firm.ctx, [uuid.UUID(purged["id"])])
    age(firm, store)
    tidy(firm)
    assert {path.name for path in on_disk(store)} == {uuid.UUID(shared).hex}


@pytest.mark.django_db(transaction=True)
def test_files_of_the_program_itself_are_left_alone(firm: Firm, store: Path) -> None:
    with session(firm.workspace.id):
        own = files.store_file(
            firm.ctx, name="客户.csv", type_="text/csv", chunks=[b"a"], max_bytes=10, object_key="import"
        )
        path = files.local_path(firm.ctx, own.id)
    age(firm, store)
    tidy(firm)
    assert path.exists()
    refused(firm.door().post("/customer", {"name": "甲", "cf_docs": [str(own.id)]}))
