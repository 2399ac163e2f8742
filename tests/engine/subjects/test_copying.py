"""A person's data as a file: all of theirs, nothing of others', fetched once."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.engine.tenancy.context import session
from tests.engine.subjects.desk import NAME, person, ready, step, take_in
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db


def test_the_copy_holds_all_of_theirs_and_nobody_elses_and_is_fetched_once(
    firm: Firm, deliver: Callable[[], int], django_capture_on_commit_callbacks: Any
) -> None:
    door = firm.door()
    assert (
        door.post(
            "/meta/objects/contact/fields", {"key": "papers", "type": "files", "label": "证件"}
        ).status_code
        == 201
    )
    upload: Any = door.client.post(
        "/api/v1/files",
        {"file": SimpleUploadedFile("护照.txt", "护照内容".encode(), content_type="text/plain")},
    )
    company = door.post("/customer", {"name": "中山精工"}).data
    contact = person(door, customer=company["id"], papers=[upload.json()["id"]])
    person(door, name="李梅", mobile="13800138000", email="", customer=company["id"])
    door.post("/note", {"subject": "回访", "body": "喜欢喝普洱茶", "contact": contact["id"]})
    early = take_in(door, "copy")
    assert code_of(step(door, early, "copy")) == "not_verified"
    request = ready(door, [contact], kind="copy")
    assert code_of(step(door, request, "link")) == "not_ready"
    assert step(door, request, "copy").status_code == 202
    deliver()
    copies = door.get(f"/privacy/requests/{request['id']}").data["copies"]
    assert copies[0]["status"] == "ready" and copies[0]["counts"] == {"records": 2, "files": 1, "consents": 0}
    told = step(door, request, "link").data
    path = told["url"].partition("/api/v1")[2]
    with django_capture_on_commit_callbacks(execute=True):
        fetched = Door().get(path)
    assert fetched.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(fetched.content))
    data = json.loads(archive.read("data.json"))
    assert data["format"] == "guanxi.person/1"
    assert {each["object"] for each in data["records"]} == {"contact", "note"}
    whole = archive.read("data.json").decode() + archive.read("index.html").decode()
    assert NAME in whole and "普洱茶" in whole and "139 1234 5678" in whole
    read = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(archive.read("data.pdf"))).pages
    )
    assert NAME in read and "普洱茶" in read and "护照.txt" in read
    assert "李梅" not in read and "13800138000" not in read
    assert "李梅" not in whole and "13800138000" not in whole and "王芳" not in whole
    (paper,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(paper).decode() == "护照内容"
    assert Door().get(path).status_code == 404
    assert Door().get(path[:-1] + "x").status_code == 404
    with session(firm.workspace.id):
        assert door.get(f"/privacy/requests/{request['id']}").data["copies"][0]["status"] == "fetched"
