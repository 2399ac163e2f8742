"""Web forms with files, questions of their own, and lotteries: what strangers hand in, and what comes of it."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guanxi.domains.sales.web_forms import lottery, uploads
from guanxi.domains.sales.web_forms.models import FormAnswer, FormDraw, WebForm
from guanxi.engine.records import files
from guanxi.engine.records.models import StoredFile
from guanxi.engine.records.query.read import get_record
from tests.domains.conftest import Office
from tests.domains.sales.test_web_forms import FIELDS, HERE, PERSON, form, hand_in, little_work, path_of, work
from tests.firms import Door, MakeFirm

__all__ = ["little_work"]

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WITH_FILES = [*FIELDS, {"key": "attachments", "required": False}]
QUESTIONS = [
    {"key": "how", "label": {"zh-CN": "怎么知道我们的？"}, "input": "choice", "required": True,
     "options": [{"value": "web", "label": {"zh-CN": "网上"}}, {"value": "friend", "label": {"zh-CN": "朋友"}}]},
    {"key": "what", "label": {"zh-CN": "关心什么？"}, "input": "choices",
     "options": [{"value": "price", "label": {"zh-CN": "价格"}}, {"value": "care", "label": {"zh-CN": "服务"}}]},
    {"key": "stars", "label": {"zh-CN": "打几分？"}, "input": "rating"},
    {"key": "more", "label": {"zh-CN": "还想说什么？"}, "input": "area"},
]  # fmt: skip


def upload(path: str, content: bytes, name: str, field: str = "attachments", **headers: str) -> Any:
    visitor = Door(csrf=True, language="zh-CN")
    body = {"file": SimpleUploadedFile(name, content), "field": field, **work(path, visitor)}
    answer = visitor.client.post(f"/api/v1{path}/files", body, headers=HERE | headers)
    answer.data = answer.json()
    return answer


def test_files_hang_on_the_lead_and_go_where_nothing_comes_of_them(office: Office) -> None:
    door = office.firm.door()
    path = path_of(form(door, fields=WITH_FILES))
    other = path_of(form(door, fields=WITH_FILES))
    kept, left, foreign = (
        upload(path, PDF, "图纸.pdf"),
        upload(path, b"hello", "note.txt"),
        upload(other, PDF, "x.pdf"),
    )
    assert kept.status_code == 201, kept.data
    for receipts in (
        [foreign.data["receipt"]],  # of another form
        [kept.data["receipt"][:-1] + ("0" if kept.data["receipt"][-1] != "0" else "1")],
        [str(StoredFile.objects.get(name="图纸.pdf").id)],
        [kept.data["receipt"]] * 6,
        [7],
    ):
        refused = hand_in(path, PERSON | {"attachments": receipts})
        assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, "answers.attachments")
    assert hand_in(path, PERSON | {"attachments": [kept.data["receipt"]]}).status_code == 200
    lead = get_record(office.ctx(), "lead", FormAnswer.objects.get().lead_id)
    assert [each["name"] for each in lead["attachments"]] == ["图纸.pdf"]
    fetched = door.get(f"/files/{lead['attachments'][0]['id']}")
    assert (fetched.status_code, fetched.content) == (200, PDF)
    waiting = StoredFile.objects.get(name="note.txt")
    assert door.get(f"/files/{waiting.id}").status_code == 404  # nobody's, for anybody
    StoredFile.objects.update(created_at=timezone.now() - timedelta(hours=25))
    files.remove_orphans(office.system)
    assert set(StoredFile.objects.values_list("name", flat=True)) == {"图纸.pdf"}
    assert left.status_code == 201


def test_files_that_a_firm_does_not_want_are_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(form(office.firm.door(), fields=WITH_FILES))
    for content, name, field, code in (
        (b"<script>alert(1)</script>", "page.html", "attachments", "wrong_kind"),
        (b"MZ\x90\x00" + b"\x00" * 64, "setup.exe", "attachments", "wrong_kind"),
        (b"<svg/>", "picture.svg", "attachments", "wrong_kind"),
        (PDF, "photo.png", "attachments", "file_type_mismatch"),
        (b"", "empty.pdf", "attachments", "empty_file"),
        (PDF, "a.pdf", "need", "unknown_field"),
        (PDF, "a.pdf", "owner", "unknown_field"),
    ):
        answer = upload(path, content, name, field)
        assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, code), (name, answer.data)
    visitor = Door(csrf=True)
    bare = visitor.client.post(
        f"/api/v1{path}/files", {"file": SimpleUploadedFile("a.pdf", PDF), "field": "attachments"}
    )
    assert bare.json()["errors"][0]["code"] == "work_needed"
    assert upload(path, PDF, "a.pdf", Origin="https://evil.example").status_code == 403
    monkeypatch.setattr(uploads, "MAX_BYTES", 1024)
    assert upload(path, PDF + b"x" * 2000, "a.pdf").status_code == 413
    monkeypatch.setattr(uploads, "WAITING_BYTES", 10)
    assert upload(path, PDF, "a.pdf").status_code == 201
    assert upload(path, PDF, "b.pdf").status_code == 429
    assert StoredFile.objects.count() == 1


def test_a_survey_is_told_on_the_timeline_and_counted(office: Office) -> None:
    door = office.firm.door()
    made = form(door, kind="survey", questions=QUESTIONS)
    path = path_of(made)
    shown = Door().get(path).data
    assert [each["key"] for each in shown["questions"]] == ["how", "what", "stars", "more"]
    assert "lottery" in shown and shown["lottery"] is None
    for bad, at in (
        ({}, "how"),
        ({"how": "tv"}, "how"),
        ({"how": "web", "what": ["x"]}, "what"),
        ({"how": "web", "stars": "6"}, "stars"),
        ({"how": "web", "more": "x" * 5001}, "more"),
        ({"how": "web", "more": {"a": 1}}, "more"),
        ({"how": "web", "zzz": 1}, "zzz"),
    ):
        answer = hand_in(path, PERSON, questions=bad)
        assert answer.status_code == 422, bad
        assert f"questions.{at}" in [each["field"] for each in answer.data["errors"]]
    said = (
        {"how": "web", "what": ["care", "price"], "stars": "5", "more": "张先生说 <b>好</b>"},
        {"how": "friend", "stars": 2},
    )
    for answers in said:
        assert hand_in(path, PERSON, questions=answers).status_code == 200
    lead = FormAnswer.objects.order_by("at").first()
    assert lead is not None
    notes = door.get(f"/lead/{lead.lead_id}/timeline").data["data"]
    note = next(each for each in notes if "怎么知道我们的" in str(each))
    assert (
        "网上" in str(note)
        and "价格、服务" in str(note)
        and "5 / 5" in str(note)
        and "<b>好</b>" in str(note)
    )
    record = get_record(office.ctx(), "lead", lead.lead_id)
    assert (record["first_response_at"], record["last_contact_at"]) == (
        None,
        None,
    )  # the visitor wrote it, not we
    counted = door.get(f"/web-forms/{made['id']}/results").data
    by_key = {each["key"]: each for each in counted["questions"]}
    assert counted["answers"] == 2 and set(by_key) == {"how", "what", "stars"}
    assert [(c["value"], c["count"]) for c in by_key["how"]["choices"]] == [("web", 1), ("friend", 1)]
    assert (by_key["what"]["answered"], by_key["stars"]["average"]) == (1, 3.5)
    assert "张先生" not in str(list(FormAnswer.objects.values_list("answers", flat=True)))


def test_a_lottery_is_drawn_once_as_it_was_promised(office: Office, make_firm: MakeFirm) -> None:
    door = office.firm.door()
    prizes = [{"name": "一等奖", "count": 1}, {"name": "二等奖", "count": 2}]
    closes = timezone.now() + timedelta(hours=1)
    made = form(door, kind="lottery", prizes=prizes, closes_at=closes.isoformat())
    path = path_of(made)
    assert "seed" not in made
    promised = Door().get(path).data["lottery"]
    assert (promised["drawn"], promised["over"]) == (None, False)
    phones = [f"1380277{n:04d}" for n in range(8)]
    entered = [hand_in(path, PERSON | {"mobile": phone}).data["number"] for phone in phones]
    again = hand_in(path, {"contact_name": "别名", "mobile": f"+86 {phones[0]}"})
    assert (again.status_code, again.data["number"]) == (200, entered[0])
    assert len(set(entered)) == 8 == FormAnswer.objects.count()
    early = door.post(f"/web-forms/{made['id']}/draw")
    assert (early.status_code, early.data["errors"][0]["code"]) == (422, "not_yet")
    for change in ({"prizes": prizes[:1]}, {"closes_at": None}, {"kind": "lead"}):
        fixed = door.patch(f"/web-forms/{made['id']}", {"version": 1, **change})
        assert fixed.data["errors"][0]["code"] == "fixed", change
    WebForm.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    late = hand_in(path, PERSON | {"mobile": "13912345678"})
    assert (late.status_code, late.data["code"]) == (409, "over")
    rep, foreign = office.firm.door(office.rep), make_firm("北海公司", "chief@other.example", "李强").door()
    assert rep.post(f"/web-forms/{made['id']}/draw").status_code == 403
    assert rep.get(f"/web-forms/{made['id']}/draw").status_code == 403
    assert foreign.get(f"/web-forms/{made['id']}/draw").status_code == 404
    log = door.post(f"/web-forms/{made['id']}/draw").data
    drawn = log["drawn"]
    assert (drawn["holds"], drawn["by"], drawn["numbers"]) == (True, office.boss.name, sorted(entered))
    assert lottery.commitment(drawn["seed"]) == promised["commitment"] == log["commitment"]
    offered = [lottery.Prize(each["name"], each["count"]) for each in prizes]
    expected = [(win.prize, win.number) for win in lottery.draw(drawn["seed"], entered, offered)]
    assert [(win["prize"], win["number"]) for win in drawn["wins"]] == expected
    assert all(win["lead"]["title"] == "吴敏华" for win in drawn["wins"])
    assert door.post(f"/web-forms/{made['id']}/draw").status_code == 409
    assert door.delete(f"/web-forms/{made['id']}").status_code == 409
    public = Door().get(path).data["lottery"]
    assert [(w["prize"], w["number"]) for w in public["drawn"]["wins"]] == expected
    assert "lead" not in str(public["drawn"])
    told = door.get("/audit?kind=form.drawn").data
    assert drawn["seed"] in str(told)
    FormDraw.objects.update(wins=[{"prize": 0, "number": str(uuid.uuid4())}])
    assert (
        door.get(f"/web-forms/{made['id']}/draw").data["drawn"]["holds"] is False
    )  # who changed it is found out


def test_variants_are_set_up_whole(office: Office) -> None:
    door = office.firm.door()
    mail = [{"key": "contact_name", "required": True}, {"key": "email", "required": False}]
    twice = [QUESTIONS[2], QUESTIONS[2]]
    for given, at in (
        ({"kind": "survey"}, "questions"),
        ({"questions": [{**QUESTIONS[0], "options": QUESTIONS[0]["options"][:1]}]}, "questions.0.options"),
        ({"questions": [{**QUESTIONS[0], "label": {}}]}, "questions.0.label"),
        ({"questions": twice}, "questions.1.key"),
        ({"kind": "lottery"}, "prizes"),
        ({"kind": "lottery", "prizes": [{"name": "奖", "count": 1}], "fields": mail}, "fields"),
    ):
        answer = door.post("/web-forms", {"name": "甲", "fields": FIELDS, **given})
        assert answer.status_code == 422, (given, answer.data)
        assert at in [each["field"] for each in answer.data["errors"]], answer.data
    empty = form(door, kind="lottery", prizes=[{"name": "奖", "count": 1}])
    assert door.post(f"/web-forms/{empty['id']}/draw").data["errors"][0]["code"] == "nobody"
    assert door.post(f"/web-forms/{form(door)['id']}/draw").status_code == 404
