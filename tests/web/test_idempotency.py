"""A POST with an Idempotency-Key happens once."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from guanxi.engine.identity import facade
from guanxi.engine.records.models import IdempotencyKey
from guanxi.engine.tenancy import chores
from guanxi.engine.tenancy.context import Role, session
from guanxi.kit.errors import Problem
from guanxi.web.authentication import handle
from guanxi.web.idempotency import REPLAYED, hash_request
from tests.firms import Door, Firm, code_of


def keyed(door: Door, path: str, body: Any, key: str = "k-1") -> Any:
    return door.post(path, body, **{"Idempotency-Key": key})


def customers(door: Door) -> int:
    return int(door.get("/customer").data["page"]["count"]["value"])


def stored(firm: Firm) -> int:
    with session(firm.workspace.id):
        return IdempotencyKey.objects.count()


def test_the_same_request_again_gives_the_same_answer_and_does_nothing(firm: Firm) -> None:
    door = firm.door()
    first = keyed(door, "/customer", {"name": "中山公司"})
    again = keyed(door, "/customer", {"name": "中山公司"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers[REPLAYED] == "true"
    assert REPLAYED not in first.headers
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert customers(door) == 1


def test_another_body_or_address_under_the_same_key_is_refused(firm: Firm) -> None:
    door = firm.door()
    keyed(door, "/customer", {"name": "甲"})
    for path, body in (
        ("/customer", {"name": "乙"}),
        ("/lead", {"name": "甲"}),
        ("/customer?x=1", {"name": "甲"}),
    ):
        answer = keyed(door, path, body)
        assert (answer.status_code, code_of(answer)) == (422, "idempotency_mismatch"), path
    assert customers(door) == 1


def test_a_key_is_a_persons_own_in_one_workspace(firm: Firm, other_firm: Firm) -> None:
    member = firm.add("小陈")
    doors = (firm.door(), firm.door(member), other_firm.door())
    ids = {keyed(door, "/customer", {"name": "甲"}).data["id"] for door in doors}
    assert len(ids) == 3


def test_a_session_and_a_token_of_one_person_share_their_keys(firm: Firm) -> None:
    first = keyed(firm.door(), "/customer", {"name": "甲"})
    again = keyed(Door(firm.token()), "/customer", {"name": "甲"})
    assert again.data == first.data


def test_a_refused_request_leaves_no_key_and_may_be_repaired(firm: Firm) -> None:
    door = firm.door()
    assert keyed(door, "/customer", {"name": ""}).status_code == 422
    assert keyed(door, "/nonsense", {}).status_code == 404
    assert stored(firm) == 0
    assert keyed(door, "/customer", {"name": "甲"}).status_code == 201


def test_other_verbs_requests_without_a_key_and_posts_that_read_are_left_alone(firm: Firm) -> None:
    door = firm.door()
    header = {"Idempotency-Key": "k"}
    door.get("/customer", **header)
    record = door.post("/customer", {"name": "甲"}).data
    changed = door.patch(f"/customer/{record['id']}", {"name": "乙", "version": record["version"]}, **header)
    assert changed.status_code == 200
    keyed(door, "/customer/query", {})
    assert keyed(door, "/customer/query", {"limit": 1}).status_code == 200
    assert stored(firm) == 0


@pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
def test_a_key_is_short_and_visible(firm: Firm, key: str) -> None:
    answer = keyed(firm.door(), "/customer", {"name": "甲"}, key)
    assert answer.status_code == 422
    assert answer.data["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.asvs("14.2.2")
def test_secrets_in_answers_are_not_readable_in_the_database(firm: Firm) -> None:
    door = firm.door()
    body = {"name": "BI", "scopes": ["read"]}
    secret = keyed(door, "/tokens", body).data["token"]
    with session(firm.workspace.id):
        kept = bytes(IdempotencyKey.objects.get().body)
    assert secret.encode() not in kept
    assert keyed(door, "/tokens", body).data["token"] == secret


def test_the_key_stays_where_it_was_made_when_the_request_changes_the_workspace(
    firm: Firm, other_firm: Firm
) -> None:
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, firm.admin, role=Role.MEMBER)
    door = firm.door()
    assert door.get("/me").data["workspace"]["id"] == str(firm.workspace.id)
    answer = keyed(door, "/me/workspace", {"workspace": str(other_firm.workspace.id)})
    assert answer.data["workspace"]["id"] == str(other_firm.workspace.id)
    with session(firm.workspace.id):
        assert IdempotencyKey.objects.get().status == 200


def form(
    request_factory: RequestFactory, content: bytes = b"abc", name: str = "a.txt", field: str = "1"
) -> HttpRequest:
    upload = SimpleUploadedFile(name, content)
    return request_factory.post("/api/v1/files", {"file": upload, "object": field})


def test_forms_are_recognised_by_what_is_in_them(rf: RequestFactory) -> None:
    first = hash_request(form(rf))
    other_boundary = rf.generic(
        "POST",
        "/api/v1/files",
        b'--zzz\r\nContent-Disposition: form-data; name="object"\r\n\r\n1\r\n--zzz\r\nContent-Disposition: form-data;'
        b' name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--zzz--\r\n',
        content_type="multipart/form-data; boundary=zzz",
    )
    assert hash_request(other_boundary) == first
    others = [form(rf, b"abd"), form(rf, name="b.txt"), form(rf, field="2"), form(rf, b"abcd")]
    assert len({first, *map(hash_request, others)}) == 5


def test_files_can_still_be_read_after_they_were_hashed(firm: Firm) -> None:
    door = firm.door()
    upload = SimpleUploadedFile("note.txt", "你好".encode())
    answer = door.client.post("/api/v1/files", {"file": upload}, headers={"Idempotency-Key": "f"})
    assert answer.status_code == 201, answer.content
    assert door.client.get(answer.json()["url"]).content == "你好".encode()
    upload = SimpleUploadedFile("note.txt", "你好".encode())
    again = door.client.post("/api/v1/files", {"file": upload}, headers={"Idempotency-Key": "f"})
    assert again.json() == answer.json()


def test_a_broken_form_is_refused(rf: RequestFactory) -> None:
    request = rf.generic("POST", "/api/v1/files", b"x", content_type="multipart/form-data")
    with pytest.raises(Problem) as refused:
        hash_request(request)
    assert refused.value.status == 400


def test_keys_are_forgotten_after_a_day(firm: Firm) -> None:
    door = firm.door()
    keyed(door, "/customer", {"name": "甲"}, "old")
    with session(firm.workspace.id):
        IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    keyed(door, "/customer", {"name": "乙"}, "new")
    assert chores.do_chores() == 0
    with session(firm.workspace.id):
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["new"]


# ---- races: real connections, real commits


def together(count: int, work: Any) -> list[Any]:
    gate = threading.Barrier(count)

    def run(number: int) -> Any:
        gate.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.asvs("2.3.4")
def test_fifty_parallel_identical_requests_make_one_row_and_one_answer(firm: Firm) -> None:
    secret = firm.token()
    answers = together(50, lambda _: keyed(Door(secret), "/customer", {"name": "中山公司"}, "race"))
    assert Counter(answer.status_code for answer in answers) == {201: 50}
    assert len({answer.content for answer in answers}) == 1
    assert sum(REPLAYED in answer.headers for answer in answers) == 49
    assert customers(Door(secret)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_parallel_requests_with_different_bodies_one_wins(firm: Firm) -> None:
    secret = firm.token()
    answers = together(8, lambda n: keyed(Door(secret), "/customer", {"name": f"公司{n}"}, "race"))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 422: 7}
    assert customers(Door(secret)) == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_first_fails_one_of_those_who_wait_does_the_work(firm: Firm) -> None:
    secret = firm.token()
    runs: list[int] = []
    lock = threading.Lock()

    def view(_: HttpRequest) -> HttpResponse:
        with lock:
            runs.append(1)
            first = len(runs) == 1
        return HttpResponse(b"{}", status=500 if first else 201, content_type="application/json")

    def ask(_: int) -> HttpResponse:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}
        return handle(RequestFactory().post("/api/v1/anything", headers=headers), view)

    answers = together(6, ask)
    assert Counter(answer.status_code for answer in answers) == {500: 1, 201: 5}
    assert len(runs) == 2


@pytest.mark.django_db(transaction=True)
def test_waiting_has_an_end(firm: Firm, settings: Any) -> None:
    settings.GUANXI_STATEMENT_TIMEOUT_MS = 300
    secret = firm.token()
    entered, leave = threading.Event(), threading.Event()

    def slow(_: HttpRequest) -> HttpResponse:
        entered.set()
        leave.wait(10)
        return HttpResponse(b"{}", status=201)

    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid.uuid4())}

    def first() -> None:
        handle(RequestFactory().post("/api/v1/anything", headers=headers), slow)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert entered.wait(10)
        with pytest.raises(Problem) as refused:
            handle(RequestFactory().post("/api/v1/anything", headers=headers), slow)
        assert (refused.value.status, refused.value.code) == (409, "idempotency_in_progress")
    finally:
        leave.set()
        thread.join()
