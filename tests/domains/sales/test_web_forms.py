"""Web forms: what visitors hand in becomes a lead with consent; machines, other sites and replays do not."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guanxi.domains.sales.web_forms import chores, rules
from guanxi.domains.sales.web_forms.models import FormAnswer, SpentWork
from guanxi.engine.records import store
from guanxi.engine.records.query.read import get_record
from tests.domains.conftest import Office
from tests.firms import Door, MakeFirm, run_jobs

HERE = {"Origin": "http://testserver"}
FIELDS = [
    {"key": "contact_name", "required": True},
    {"key": "mobile", "required": True},
    {"key": "industry", "required": False},
    {"key": "need", "required": False},
    {"key": "region", "required": False},
]


@pytest.fixture(autouse=True)
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests look for shorter proofs."""
    monkeypatch.setattr(rules, "BITS", 4)


def form(door: Door, **given: Any) -> dict[str, Any]:
    body = {"name": "官网", "title": {"zh-CN": "联系我们", "en": "Contact us"}, "fields": FIELDS, **given}
    answer = door.post("/web-forms", body)
    assert answer.status_code == 201, answer.data
    return answer.data


def path_of(made: dict[str, Any]) -> str:
    return f"/public/forms/{made['url'].rpartition('/')[2]}"


def work(path: str, visitor: Door) -> dict[str, str]:
    task = visitor.get(path).data["task"]
    found = next(n for n in range(100_000) if rules.solves(task["challenge"], str(n), task["bits"]))
    return {"challenge": task["challenge"], "solution": str(found)}


def hand_in(path: str, answers: dict[str, Any], **given: Any) -> Any:
    visitor = Door(csrf=True, language="zh-CN")
    return visitor.post(path, {"answers": answers, **work(path, visitor), **given}, **HERE)


PERSON = {"contact_name": "吴敏华", "mobile": "13802774519"}


def test_what_watches_new_leads_brings_one_of_a_form_to_whoever_gets_it(office: Office) -> None:
    door = office.firm.door()
    body = {"version": 1, "enabled": True, "fallback_user": str(office.rep.id)}
    assert door.patch("/assignment", body).status_code == 200
    watch = {
        "fields": ["mobile"],
        "on_create": True,
        "action": "task",
        "to": "owner",
        "message": {"zh-CN": "请回电"},
    }
    assert door.post("/meta/objects/lead/watches", watch).status_code == 201
    assert hand_in(path_of(form(door)), PERSON).status_code == 200
    (task,) = door.post("/task/query", {"fields": "subject,owner"}).data["data"]
    assert task["subject"].startswith("请回电")
    assert task["owner"]["id"] == str(office.rep.id)


def test_what_a_visitor_hands_in_becomes_a_lead_that_is_shared_out(office: Office) -> None:
    door = office.firm.door()
    body = {"version": 1, "enabled": True, "fallback_user": str(office.rep.id)}
    assert door.patch("/assignment", body).status_code == 200
    made = form(door, source="website", campaign="秋季展会", thanks={"zh-CN": "谢谢"})
    path = path_of(made)
    shown = Door().get(path).data
    assert [each["key"] for each in shown["fields"]] == [each["key"] for each in FIELDS]
    assert shown["company"] == office.firm.workspace.name
    answers = {
        **PERSON,
        "industry": "retail",
        "need": "<script>alert(1)</script> & \"'",
        "region": "广东省中山市",
    }
    came = {"utm_source": "baidu", "utm_x": "no", "page": "https://firm.example/a", "owner": "x"}
    done = hand_in(path, answers, **{"from": came})
    assert (done.status_code, done.data) == (200, {"thanks": {"zh-CN": "谢谢"}})
    row = FormAnswer.objects.get()
    lead = get_record(office.ctx(), "lead", row.lead_id)
    told = ("name", "contact_name", "industry", "need", "source", "campaign", "utm_source", "landing_page")
    assert {key: lead[key] for key in told} == {
        "name": "吴敏华", "contact_name": "吴敏华", "industry": "retail", "need": answers["need"], "source": "website",
        "campaign": "秋季展会", "utm_source": "baidu", "landing_page": "https://firm.example/a",
    }  # fmt: skip
    assert lead["owner"]["id"] == str(office.rep.id)
    assert lead["created_by"] is None or lead["created_by"]["name"] != office.boss.name
    listed = door.get("/web-forms").data["forms"][0]
    assert (listed["answers"], listed["last_answer_at"] is not None) == (1, True)


def test_consent_is_kept_with_the_words_that_were_shown(office: Office) -> None:
    door = office.firm.door()
    door.post("/privacy/purposes/starters", {})
    setup = door.get("/web-forms").data
    purpose = next(each for each in setup["purposes"] if "营销" in each["name"]["zh-CN"])["id"]
    asked = [{"purpose": purpose, "required": True, "text": {"zh-CN": "我同意收到邀请。"}}]
    path = path_of(form(door, consents=asked))
    refused = hand_in(path, PERSON)
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, f"consents.{purpose}")
    assert hand_in(path, PERSON, consents=[purpose, str(uuid.uuid4())]).status_code == 200
    lead = FormAnswer.objects.get().lead_id
    told = door.get(f"/lead/{lead}/consents").data
    text = str(told)
    assert "我同意收到邀请。" in text
    assert "'source': 'form'" in text
    assert "'state': 'given'" in text


def test_machines_replays_and_other_sites_make_no_leads(office: Office) -> None:
    door = office.firm.door()
    path = path_of(form(door))
    visitor = Door(csrf=True)
    done = work(path, visitor)
    body = {"answers": PERSON, **done}
    trapped = visitor.post(path, {**body, "website": "http://spam.example"}, **HERE)
    assert trapped.status_code == 200
    assert not FormAnswer.objects.exists()
    other = path_of(form(door))
    for bad, code in (
        ({}, "work_needed"),
        ({"challenge": 7, "solution": []}, "work_needed"),
        ({**done, "solution": "x"}, "work_needed"),
        ({**done, "challenge": done["challenge"].replace(".4.", ".0.")}, "work_needed"),
    ):
        answer = visitor.post(path, {"answers": PERSON, **bad}, **HERE)
        assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, code)
    assert visitor.post(other, body, **HERE).status_code == 422  # made for another form
    wrong = visitor.post(path, body, Origin="https://evil.example")
    assert (wrong.status_code, wrong.data["code"]) == (403, "wrong_host")
    wanting = visitor.post(path, {**body, "answers": {"contact_name": " "}}, **HERE)
    assert {each["field"] for each in wanting.data["errors"]} == {"answers.contact_name", "answers.mobile"}
    assert visitor.post(path, body, **HERE).status_code == 200  # the proof was not spent by what was refused
    again = visitor.post(path, body, **HERE)
    assert (again.status_code, again.data["code"]) == (409, "spent")
    assert FormAnswer.objects.count() == 1
    assert SpentWork.objects.count() == 1
    SpentWork.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    chores.forget_spent(office.system)
    assert not SpentWork.objects.exists()


def test_only_what_the_form_asks_is_taken_and_not_too_much_of_it(office: Office) -> None:
    path = path_of(form(office.firm.door()))
    for more, at in (
        ({"owner": str(office.rep.id)}, "answers.owner"),
        ({"status": "converted"}, "answers.status"),
        ({"need": "x" * 5001}, "answers.need"),
        ({"industry": "nothing"}, "answers.industry"),
    ):
        answer = hand_in(path, PERSON | more)
        assert answer.status_code == 422, (more, answer.data)
        assert at in {each["field"] for each in answer.data["errors"]}
    for odd in ([], "x", None):
        assert hand_in(path, odd).status_code == 422  # type: ignore[arg-type]
    assert hand_in(path, PERSON | {"need": "x" * 70_000}).status_code == 413
    assert not FormAnswer.objects.exists()


def test_nobody_learns_whom_the_firm_knows_and_nothing_is_lost(office: Office) -> None:
    door = office.firm.door()
    store.create(office.ctx(office.rep), "lead", {"name": "老线索", "mobile": PERSON["mobile"]})
    doors = dict.fromkeys(("form", "import", "api"), "warn") | {"public": "strict"}
    saved = door.put("/meta/objects/lead/identity/mobile", {"doors": doors})
    assert saved.status_code == 200, saved.data
    run_jobs()
    path = path_of(form(door))
    known = hand_in(path, PERSON | {"need": "报价"})
    fresh = hand_in(path, PERSON | {"mobile": "13802774520"})
    assert (known.status_code, known.data) == (fresh.status_code, fresh.data) == (200, {"thanks": {}})
    one, other = (
        get_record(office.ctx(), "lead", row.lead_id) for row in FormAnswer.objects.order_by("at", "id")
    )
    assert (one["mobile"], one["need"]) == (None, "报价")
    assert "13802774519" in one["description"]
    assert other["mobile"]


def test_a_form_is_shown_by_the_hosts_it_names_alone(office: Office) -> None:
    door = office.firm.door()
    made = form(door, hosts=["https://www.Firm.com/", "*.shop.cn"])
    assert made["hosts"] == ["www.firm.com", "*.shop.cn"]
    address = f"/form/{made['url'].rpartition('/')[2]}"
    page = Client().get(address)
    policy = page.headers["Content-Security-Policy"]
    assert page.status_code == 200
    assert policy.endswith("frame-ancestors 'self' www.firm.com *.shop.cn")
    assert "X-Frame-Options" not in page.headers
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert page.content.decode().count(f'nonce="{nonce}"') == 2
    assert Client().get(address).headers["Content-Security-Policy"] != policy
    closed = door.patch(f"/web-forms/{made['id']}", {"version": 1, "enabled": False})
    assert closed.status_code == 200
    for gone in (address, f"/form/{'x' * 60}"):
        page = Client().get(gone)
        assert page.status_code == 404
        assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert Door().get(path_of(made)).status_code == 404


def test_what_is_set_up_is_checked_and_guarded(office: Office, make_firm: MakeFirm) -> None:
    door = office.firm.door()
    for given, at in (
        ({"name": " "}, "name"),
        ({"fields": []}, "fields"),
        ({"fields": [{"key": "contact_name", "required": False}]}, "fields"),
        ({"fields": [*FIELDS, {"key": "status"}]}, "fields.5.key"),
        ({"fields": [*FIELDS, {"key": "first_response_at"}]}, "fields.5.key"),
        ({"fields": [*FIELDS, FIELDS[0]]}, "fields.5.key"),
        ({"consents": [{"purpose": str(uuid.uuid4())}]}, "consents.0.purpose"),
        ({"source": "nothing"}, "source"),
        ({"hosts": ["a.com; script-src *"]}, "hosts.0"),
    ):
        answer = door.post("/web-forms", {"name": "甲", "fields": FIELDS, **given})
        assert answer.status_code == 422, (given, answer.data)
        assert at in [each["field"] for each in answer.data["errors"]]
    made = form(door)
    assert door.patch(f"/web-forms/{made['id']}", {}).status_code == 428
    assert door.patch(f"/web-forms/{made['id']}", {"version": 9}).status_code == 409
    for user in (office.rep, office.reader):
        low = office.firm.door(user)
        assert low.get("/web-forms").status_code == 403
        assert low.post("/web-forms", {"name": "甲", "fields": FIELDS}).status_code == 403
        assert low.delete(f"/web-forms/{made['id']}").status_code == 403
    foreign = make_firm("北海公司", "chief@other.example", "李强").door()
    assert foreign.get("/web-forms").data["forms"] == []
    assert foreign.delete(f"/web-forms/{made['id']}").status_code == 404
    assert door.delete(f"/web-forms/{made['id']}").status_code == 204
