"""U+202E and its kin get into no name, by no door: records, people, teams, roles, fields, sign-up, files."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.engine.transfer.reading.rows import numbered
from guanxi.kit.bidi import BIDI_CONTROLS
from tests.firms import AUTH, PASSWORD, Door, Firm

pytestmark = pytest.mark.django_db
BAD = "\u202egpj.\u2066张\u200f\u061c三"
GOOD = "gpj.张三"
FAMILY = "👩\u200d👩\u200d👧 نمی\u200cخواهم"


def test_no_name_holds_what_turns_writing_around(firm: Firm) -> None:
    boss = firm.door()
    customer = boss.post("/customer", {"name": BAD, "description": f"{BAD}\n{FAMILY}"}).data
    assert (customer["name"], customer["description"]) == (GOOD, f"{GOOD}\n{FAMILY}")
    found = boss.post("/customer/query", {"filter": {"field": "name", "op": "is", "value": BAD}}).data["data"]
    assert [row["id"] for row in found] == [customer["id"]]
    bulk = boss.post("/customer/bulk", {"op": "update", "ids": [customer["id"]], "set": {"name": BAD + "乙"}})
    assert bulk.status_code == 200, bulk.data
    team = boss.post("/teams", {"name": BAD})
    role = boss.post("/roles", {"key": "r1", "name": {"zh-CN": BAD, "en": BAD}, "rights": {}})
    member = boss.post("/members/invite", {"name": BAD, "role": "member"})
    me = boss.patch("/me", {"name": BAD})
    workspace = boss.patch("/workspace", {"name": BAD})
    view = boss.post("/views", {"object": "customer", "name": BAD, "kind": "list", "config": {}})
    note = boss.post(
        "/note", {"subject": BAD, "customer": customer["id"], "body": "<p>&#8238;后&#x2066;</p>"}
    )
    upload = SimpleUploadedFile("\u202egnp.exe.txt", b"hello")
    sent = boss.client.post("/api/v1/files", {"file": upload}, headers=boss.headers)
    answers = [team, role, member, me, workspace, note, view]
    assert [each.status_code for each in answers if each is not view] == [201, 201, 201, 200, 200, 201]
    everything = b"".join(each.content for each in (*answers, sent)).decode()
    everything += boss.get(f"/customer/{customer['id']}").content.decode()
    assert sent.status_code == 201
    assert GOOD in everything
    assert not set(BIDI_CONTROLS) & set(everything)


def test_rows_of_a_file_come_in_without_them() -> None:
    rows = numbered(io.StringIO(f'name,{BAD}\n{BAD},"a\u200f\nb"\n'), ",")
    assert [cells for _, cells, _ in rows] == [["name", GOOD], [GOOD, "a\nb"]]


def test_signing_up_is_a_door_too() -> None:
    door = Door()
    body = {"email": "back@firm.example", "password": PASSWORD, "name": BAD, "workspace_name": BAD}
    assert door.post(f"{AUTH}/signup", body).status_code == 200
    me = door.get("/me").data
    assert (me["user"]["name"], me["workspace"]["name"]) == (GOOD, GOOD)
