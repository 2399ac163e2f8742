"""Cursors, numbers, versions, forms and addresses that no screen would send are refused, not stumbled over."""

import base64
import json
from typing import Any

import pytest

from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db

IMPOSSIBLE = ("zzz", "99999999-01-01", "1e999999", "99999999999")
LONG_AGO = "0001-01-01T00:00:00+23:59"


def _forged(cursor: str, value: str) -> str:
    mark, *values = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    return base64.urlsafe_b64encode(json.dumps([mark, value, *values[1:]]).encode()).decode().rstrip("=")


@pytest.fixture
def door(firm: Firm) -> Door:
    door = firm.door()
    for n in (1, 2):
        made = door.post("/opportunity", {"name": f"D{n}", "amount": n, "expected_close_date": "2026-01-01"})
        assert made.status_code == 201, made.data
    return door


@pytest.mark.parametrize("sort", ["created_at", "amount", "expected_close_date", "stage", "name"])
def test_a_forged_cursor_is_refused(door: Door, sort: str) -> None:
    page = door.get(f"/opportunity?limit=1&sort={sort}")
    for value in IMPOSSIBLE:
        cursor = _forged(page.data["page"]["next"], value)
        answer = door.get(f"/opportunity?limit=1&sort={sort}&cursor={cursor}")
        assert answer.status_code in (200, 422), (value, answer.data)
    record = page.data["data"][0]["id"]
    foreign = _forged(page.data["page"]["next"], page.data["data"][0]["title"])
    last = door.get(f"/opportunity?limit=1&sort={sort}&cursor={foreign[:-2]}")
    assert last.status_code in (200, 422)
    timeline = door.get(f"/opportunity/{record}/timeline?cursor={LONG_AGO.replace('+', '%2B')}|{record}")
    assert (timeline.status_code, timeline.data["errors"][0]["code"]) == (422, "bad_cursor")
    stamped = base64.urlsafe_b64encode(json.dumps([LONG_AGO, record]).encode()).decode()
    assert door.get(f"/notifications?cursor={stamped}").status_code == 422


@pytest.mark.parametrize("number", ["²", "٣", "1" * 5000, "-1", "1.5"])
def test_numbers_are_written_in_plain_digits(door: Door, number: str) -> None:
    record = door.get("/opportunity?limit=1").data["data"][0]["id"]
    assert door.get(f"/opportunity?limit={number}").status_code == 422
    assert door.get(f"/opportunity/{record}/history?limit={number}").status_code == 422
    assert door.post("/opportunity/query", {"limit": number}).status_code == 422
    changed = door.patch(f"/opportunity/{record}", {"name": "X"}, **{"If-Match": number})
    assert changed.status_code == 422


def _upload(door: Door, path: str, content: bytes, kind: str) -> Any:
    return door.client.post(f"/api/v1{path}", content, content_type=kind, headers=door.headers)


def test_forms_that_cannot_be_read_are_refused(door: Door) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\na\r\n'
    form = "multipart/form-data; boundary=x"
    for path in ("/files", "/imports"):
        nameless = _upload(door, path, b"abc", "multipart/form-data")
        assert (nameless.status_code, code_of(nameless)) == (400, "bad_form")
        endless = _upload(door, path, part % (b"a" * 2000) + b"--x--\r\n", form)
        assert (endless.status_code, code_of(endless)) == (400, "bad_form")
        many = _upload(door, path, part % b"a" * 300 + b"--x--\r\n", form)
        assert (many.status_code, code_of(many)) == (413, "too_large")


def test_an_import_with_nul_and_strange_columns_is_told_what_is_wrong(door: Door) -> None:
    body = b"na\x00me,phone\nok\x00nul,2\nplain,x\n"
    form = b'--x\r\nContent-Disposition: form-data; name="object"\r\n\r\ncustomer\r\n'
    form += (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        + body
        + b"\r\n--x--\r\n"
    )
    made = _upload(door, "/imports", form, "multipart/form-data; boundary=x")
    assert made.status_code == 201, made.content
    job = f"/imports/{json.loads(made.content)['id']}"
    for column in ("²", "1" * 5000, "-1"):
        assert door.patch(job, {"mapping": {column: "name"}}).status_code == 422
    assert door.patch(job, {"mapping": {"0": {"field": "name", "link_by": ["x"]}}}).status_code == 422
    assert door.patch(job, {"mapping": {"0": "name", "1": "phone"}}).status_code == 200
    assert door.post(f"{job}/preview").status_code == 200
    assert door.get(f"{job}/rows?cursor=²").status_code == 422
    assert door.get(f"{job}/rows?reason=%00").data["data"] == []


def test_strangers_are_kept_out_of_everything_beside_the_public_addresses() -> None:
    for path in ("setup%0A", "invitations/x/history", "invitations/x/timeline", "invitations/"):
        answer = Door().get(f"/{path}")
        assert (answer.status_code, code_of(answer)) == (401, "unauthenticated"), path
    assert Door().get("/setup").status_code == 200
    assert code_of(Door().get("/invitations/x")) == "invitation_dead"


@pytest.mark.parametrize("given", [{}, {"a": 1}, {"type": None}, {"type": ["number"]}, {"type": "nothing"}])
@pytest.mark.parametrize("path", ["conversions", "conversions/preview"])
def test_a_field_becomes_no_type_that_is_none(door: Door, path: str, given: dict[str, Any]) -> None:
    made = door.post("/meta/objects/customer/fields", {"key": "code", "type": "text", "label": "Code"})
    assert made.status_code == 201, made.data
    answer = door.post(f"/meta/objects/customer/fields/code/{path}", given)
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "type")


def test_no_cache_keeps_what_the_api_answers(door: Door) -> None:
    for path in ("/me", "/customer", "/nothing", "/_allauth/browser/v1/auth/session"):
        assert door.get(path).headers["Cache-Control"] in (
            "no-store",
            "max-age=0, no-cache, no-store, must-revalidate, private",
        ), path
    assert door.get("/meta/regions").headers["Cache-Control"].startswith("private, max-age"), (
        "the same for all"
    )


@pytest.mark.parametrize("at", ["group_by", "end", "cover", "sort"])
def test_half_a_character_is_refused_in_every_body(door: Door, at: str) -> None:
    body = {"object": "customer", "name": "x", "kind": "calendar", "definition": {at: "\ud800"}}
    answer = door.post("/views", body)
    assert answer.status_code in (400, 422), answer.data


@pytest.mark.parametrize("name", ["0123456789" * 10, "2a570cd1-7b48-4f99-9283-4d28bf349563", "1 的管道" * 9])
def test_a_long_name_that_begins_with_a_digit_gives_a_key(door: Door, name: str) -> None:
    stages = [{"key": kind, "name": kind, "kind": kind} for kind in ("open", "won", "lost")]
    for _ in range(2):
        made = door.post("/pipelines", {"object": "opportunity", "name": name, "stages": stages})
        assert made.status_code == 201, made.data
        thing = door.post("/meta/objects", {"label": name})
        assert thing.status_code == 201, thing.data
    refused = door.post("/pipelines", {"object": "opportunity", "name": f"{name[:60]}\x00", "stages": stages})
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, "name")
