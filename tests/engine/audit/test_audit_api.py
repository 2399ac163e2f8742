"""Looking into the audit through its doors."""

import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from guanxi.engine.audit.counting import counter
from guanxi.engine.tenancy.context import Role
from tests.firms import Door, Firm, code_of


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    counter.forget()


@pytest.fixture
def busy(firm: Firm) -> Firm:
    """A firm in which something has happened."""
    door = firm.door()
    for n in range(6):
        door.post("/teams", {"name": f"部门 {n}"})
    door.patch("/workspace", {"currency": "USD"})
    return firm


def kinds_of(answer: Any) -> list[str]:
    return [row["kind"] for row in answer.data["data"]]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/audit"), ("GET", "/audit/about"), ("GET", "/audit/export"), ("POST", "/audit/verify"),
     ("PATCH", "/audit/settings"), ("GET", "/audit/00000000-0000-7000-8000-000000000000")],
)  # fmt: skip
@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER, Role.READ_ONLY])
@pytest.mark.asvs("16.4.2")
def test_only_auditors_look_in(firm: Firm, role: Role, method: str, path: str) -> None:
    person = firm.add("小李", role)
    assert (
        firm.door(person).call(method, path, {"version": 1} if method != "GET" else None).status_code == 403
    )


@pytest.mark.asvs("16.2.2")
def test_newest_first_page_by_page(busy: Firm) -> None:
    door = busy.door()
    whole = [row["id"] for row in door.get("/audit?limit=200").data["data"]]
    seen: list[str] = []
    cursor = ""
    while True:
        page = door.get(f"/audit?limit=3{cursor}").data
        seen += [row["id"] for row in page["data"]]
        if page["page"]["next"] is None:
            break
        cursor = f"&cursor={quote(page['page']['next'])}"
    assert seen == whole and len(set(seen)) == len(seen) >= 7


def test_filters(busy: Firm) -> None:
    door = busy.door()
    assert set(kinds_of(door.get("/audit?kind=team.created"))) == {"team.created"}
    assert "workspace.changed" in kinds_of(door.get("/audit?group=settings"))
    assert "team.created" not in kinds_of(door.get("/audit?group=settings"))
    assert kinds_of(door.get(f"/audit?actor={busy.admin.id}&kind=workspace.changed")) == ["workspace.changed"]
    assert kinds_of(door.get(f"/audit?actor={uuid.uuid4()}")) == []
    assert kinds_of(door.get("/audit?ip=10.9.8.7")) == []
    assert len(kinds_of(door.get("/audit?ip=127.0.0.1"))) >= 7
    row = door.get("/audit?kind=workspace.changed").data["data"][0]
    at = quote(row["at"])
    assert row["id"] in [r["id"] for r in door.get(f"/audit?from={at}").data["data"]]
    assert row["id"] not in [r["id"] for r in door.get(f"/audit?to={at}").data["data"]]
    assert row["actor"] == {"id": str(busy.admin.id), "name": "王芳"}
    assert row["detail"]["changes"] == {"currency": ["CNY", "USD"]}


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=nothing", "kind"), ("group=nothing", "group"), ("actor=me", "actor"), ("from=yesterday", "from"),
     ("to=2026-11-22", "to"), ("cursor=here", "cursor"), ("record=1", "record")],
)  # fmt: skip
def test_what_does_not_fit_is_named(firm: Firm, query: str, field: str) -> None:
    answer = firm.door().get(f"/audit?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.data["errors"]] == [field]


def test_from_where_a_record_was_changed(transactional_db: None, firm: Firm) -> None:
    door = firm.door()
    token = firm.token()
    customer = Door(token).post("/customer", {"name": "山水"}).data
    other = Door(token).post("/customer", {"name": "别的"}).data
    door.patch(f"/customer/{customer['id']}", {"name": "山水集团", "version": customer["version"]})
    found = door.get(f"/audit?record={customer['id']}").data["data"]
    assert [(row["operation"], row["token"] is not None) for row in found] == [
        ("PATCH /api/v1/customer/{id}", False),
        ("POST /api/v1/customer", True),
    ]
    shown = door.get(f"/audit/{found[0]['id']}").data
    assert {change["record"] for change in shown["changes"]} == {customer["id"]}
    assert other["id"] not in json.dumps(shown)
    assert "山水集团" not in json.dumps(shown, ensure_ascii=False)  # which fields, not what they held


def test_another_firm_sees_nothing_of_it(busy: Firm, other_firm: Firm) -> None:
    entry = busy.door().get("/audit").data["data"][0]["id"]
    assert other_firm.door().get(f"/audit/{entry}").status_code == 404
    assert entry not in [row["id"] for row in other_firm.door().get("/audit?limit=200").data["data"]]


def test_exporting_leaves_an_entry_and_its_maker(busy: Firm) -> None:
    door = busy.door()
    door.patch("/workspace", {"name": "=1+1"})
    csv = door.get("/audit/export?format=csv&group=settings")
    assert csv.status_code == 200
    text = csv.content.decode("utf-8-sig")
    assert "王芳" in text and "\n=" not in text and ",=" not in text
    book = door.get("/audit/export?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert "王芳" in parts.read("docProps/core.xml").decode()
    assert kinds_of(door.get("/audit?kind=audit.exported")) == ["audit.exported"] * 2
    assert code_of(door.get("/audit/export?format=pdf"))


def test_the_settings(firm: Firm) -> None:
    door = firm.door()
    about = door.get("/audit/about").data
    assert about["settings"]["alert_least"] == 10_000
    assert {each["stream"] for each in about["seal"]["streams"]} == {"audit", "journal"}
    saved = door.patch("/audit/settings", {"alert_least": 500, "visible_watermark": True, "version": 1})
    assert saved.status_code == 200 and saved.data["version"] == 2
    assert door.patch("/audit/settings", {"alert_least": 600, "version": 1}).status_code == 409
    assert door.patch("/audit/settings", {"alert_least": 600}).status_code == 428
    wrong = door.patch(
        "/audit/settings", {"alert_least": "many", "colour": 1, "night_from": 24, "version": 2}
    )
    assert {error["field"] for error in wrong.data["errors"]} == {"alert_least", "colour", "night_from"}
    told = door.get("/audit?kind=settings.changed").data["data"]
    assert told[0]["detail"]["changes"] == {"alert_least": [10000, 500], "visible_watermark": [False, True]}


def test_verifying_now(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    assert door.post("/audit/verify").status_code == 202
    deliver()
    seal = door.get("/audit/about").data["seal"]
    assert seal["verified"] is not None and seal["broken"] == []


@pytest.mark.parametrize("visible", [False, True])
def test_exports_say_who_made_them(firm: Firm, deliver: Callable[[], int], visible: bool) -> None:
    door = firm.door()
    door.post("/customer", {"name": "山水"})
    door.patch("/audit/settings", {"visible_watermark": visible, "version": 1})
    made = {}
    for kind in ("csv", "xlsx"):
        job = door.post("/exports", {"object": "customer", "format": kind}).data
        deliver()
        answer = door.get(f"/exports/{job['id']}/download")
        made[kind] = b"".join(answer.streaming_content)
    lines = made["csv"].decode("utf-8-sig").strip().splitlines()
    assert ("王芳" in lines[-1] and len(lines) == 3) is visible
    assert len(lines) == 3 if visible else len(lines) == 2
    with zipfile.ZipFile(io.BytesIO(made["xlsx"])) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert "王芳" in core and str(firm.admin.id) in core
        assert (
            any("王芳 from" in parts.read(name).decode() for name in parts.namelist() if "xl/" in name)
            is visible
        )
