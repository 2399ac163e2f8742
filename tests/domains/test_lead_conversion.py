"""A lead becomes a customer, a contact and a deal: matched or made, once, with its history."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection

from guanxi.domains.sales.actions.convert_lead import convert
from guanxi.domains.sales.rules import looks_like_person
from guanxi.engine.identity import facade
from guanxi.engine.records import store
from guanxi.engine.records.history import fetch_history
from guanxi.engine.records.query.read import fetch_page, get_record
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.timeline import fetch_timeline
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.kit.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from tests.domains.conftest import Office
from tests.firms import MakeFirm

COMPANY = "佛山市科霖智能装备有限公司"


def new_lead(ctx: Ctx, **values: Any) -> dict[str, Any]:
    given = {
        "name": COMPANY, "company": COMPANY, "contact_name": "吴敏华", "mobile": "13802774519", "source": "exhibition",
        "industry": "automation", "tier": "high", "need": "冲压线自动化，大概 2 台。下月看样机。", **values,
    }  # fmt: skip
    return store.create(ctx, "lead", {key: value for key, value in given.items() if value is not None})


def count(ctx: Ctx, object_key: str) -> int:
    return len(fetch_page(ctx, RecordQuery(object_key)).data)


def test_a_lead_becomes_a_customer_a_contact_and_a_deal(office: Office) -> None:
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx)
    done = office.act(ctx, "lead", "convert", lead["id"], amount=1280000, expected_close_date="2027-01-31")
    assert done["created"] == ["customer", "contact", "opportunity"]
    customer = get_record(ctx, "customer", uuid.UUID(done["customer"]["id"]))
    assert (customer["name"], customer["industry"], customer["source"], customer["tier"]) == (
        COMPANY, "automation", "exhibition", "high",
    )  # fmt: skip
    assert customer["owner"]["id"] == str(office.rep.id)
    contact = get_record(ctx, "contact", uuid.UUID(done["contact"]["id"]))
    assert (contact["name"], contact["mobile"]) == ("吴敏华", "+8613802774519")
    assert contact["customer"]["id"] == customer["id"]
    deal = get_record(ctx, "opportunity", uuid.UUID(done["opportunity"]["id"]))
    assert (deal["name"], deal["amount"], deal["stage"]) == (
        "冲压线自动化，大概 2 台",
        1280000,
        "qualification",
    )
    assert deal["expected_close_date"] == "2027-01-31"
    now = get_record(ctx, "lead", uuid.UUID(lead["id"]))
    assert (now["status"], now["version"]) == ("converted", 2)
    for key in ("customer", "contact", "opportunity"):
        assert now[f"converted_{key}"]["id"] == done[key]["id"]
    entry = fetch_history(ctx, "lead", uuid.UUID(lead["id"]))["data"][0]
    assert entry["action"] == "convert"
    assert {change["field"] for change in entry["changes"]} >= {"status", "converted_customer"}


def test_a_firm_without_a_person_makes_no_contact(office: Office) -> None:
    ctx = office.ctx(office.rep)
    done = office.act(ctx, "lead", "convert", new_lead(ctx, contact_name=None)["id"])
    assert (done["contact"], done["created"]) == (None, ["customer", "opportunity"])
    assert get_record(ctx, "customer", uuid.UUID(done["customer"]["id"]))["mobile"] == "+8613802774519"


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("罗建国", True), ("王女士", True), ("欧阳明月", True), ("Ada Lovelace", True), ("Jean-Luc O'Neil", True),
        ("甲公司", False), ("恒丰厂", False), ("Evervale Foods Ltd", False), ("AGV 项目询价", False), ("Contoso", False),
    ],
)  # fmt: skip
def test_a_persons_name_is_told_from_a_firms(name: str, is_person: bool) -> None:
    assert looks_like_person(name) is is_person


def test_its_history_goes_with_it(office: Office) -> None:
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx)
    store.create(ctx, "note", {"body": "展会上聊过", "lead": lead["id"]})
    store.create(ctx, "task", {"subject": "寄样册", "lead": lead["id"]})
    store.create(office.ctx(), "call", {"body": "总机转接", "outcome": "connected", "lead": lead["id"]})
    done = office.act(ctx, "lead", "convert", lead["id"])
    assert done["activities"] == 3
    page = fetch_timeline(ctx, "customer", uuid.UUID(done["customer"]["id"]), kinds=["note", "task", "call"])
    assert {entry["title"] for entry in page["data"]} == {"展会上聊过", "寄样册", "总机转接"}
    own = fetch_timeline(ctx, "lead", uuid.UUID(lead["id"]), kinds=["note", "task", "call"])
    assert len(own["data"]) == 3
    customer = get_record(ctx, "customer", uuid.UUID(done["customer"]["id"]))
    assert customer["last_contact_at"] is not None


def test_a_customer_of_that_name_is_taken(office: Office) -> None:
    ctx = office.ctx(office.rep)
    known = store.create(ctx, "customer", {"name": COMPANY})
    done = office.act(ctx, "lead", "convert", new_lead(ctx)["id"])
    assert done["customer"]["id"] == known["id"]
    assert done["created"] == ["contact", "opportunity"]


def test_a_customer_is_known_by_its_telephone_or_its_contact(office: Office) -> None:
    ctx = office.ctx(office.rep)
    by_phone = store.create(ctx, "customer", {"name": "科霖集团", "phone": "0757-8532 1180"})
    lead = new_lead(ctx, phone="075785321180", mobile="13900001111")
    assert office.act(ctx, "lead", "convert", lead["id"])["customer"]["id"] == by_phone["id"]
    other = store.create(ctx, "customer", {"name": "鼎盛铝业"})
    contact = store.create(
        ctx, "contact", {"name": "谢文斌", "customer": other["id"], "mobile": "13711112222"}
    )
    lead = new_lead(ctx, name="铝型材需求", company="鼎盛", contact_name="谢先生", mobile="13711112222")
    done = office.act(ctx, "lead", "convert", lead["id"])
    assert (done["customer"]["id"], done["contact"]["id"]) == (other["id"], contact["id"])
    assert done["created"] == ["opportunity"]


def test_the_customer_can_be_chosen_and_parts_left_out(office: Office) -> None:
    ctx = office.ctx(office.rep)
    chosen = store.create(ctx, "customer", {"name": "博远电子"})
    lead = new_lead(ctx)
    given = {"customer": chosen["id"], "create_contact": False, "create_opportunity": False}
    done = office.act(ctx, "lead", "convert", lead["id"], **given)
    assert done["customer"]["id"] == chosen["id"]
    assert (done["contact"], done["opportunity"], done["created"]) == (None, None, [])
    with pytest.raises(Invalid):
        office.act(ctx, "lead", "convert", new_lead(ctx)["id"], customer=chosen["id"], create_customer=True)
    with pytest.raises(NotFound):
        office.act(ctx, "lead", "convert", new_lead(ctx)["id"], customer=str(uuid.uuid4()))


def test_the_deal_that_is_there_is_taken(office: Office) -> None:
    ctx = office.ctx(office.rep)
    first = office.act(ctx, "lead", "convert", new_lead(ctx)["id"])
    again = office.act(ctx, "lead", "convert", new_lead(ctx, contact_name="何志强", mobile=None)["id"])
    assert (again["opportunity"], again["created"]) == (first["opportunity"], ["contact"])
    third = office.act(ctx, "lead", "convert", new_lead(ctx)["id"], amount=5)
    assert third["created"] == ["opportunity"]  # something is said of a new one

    firm = store.create(ctx, "customer", {"name": "广州市海珠仪表厂"})
    deal = store.create(ctx, "opportunity", {"name": "仪表改造", "customer": firm["id"]})
    other = new_lead(ctx, company="海珠仪表", contact_name=None, mobile=None)["id"]
    with pytest.raises(Invalid):
        office.act(ctx, "lead", "convert", other, opportunity=deal["id"], customer=first["customer"]["id"])
    with pytest.raises(Invalid):
        office.act(ctx, "lead", "convert", other, opportunity=deal["id"], create_opportunity=False)
    done = office.act(ctx, "lead", "convert", other, opportunity=deal["id"])
    assert (done["customer"]["id"], done["opportunity"]["id"]) == (firm["id"], deal["id"])
    assert done["created"] == []


def test_a_second_conversion_is_refused_and_says_what_it_became(office: Office) -> None:
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx)
    done = office.act(ctx, "lead", "convert", lead["id"])
    with pytest.raises(Conflict) as refused:
        office.act(ctx, "lead", "convert", lead["id"])
    assert refused.value.code == "already_converted"
    assert refused.value.extra["converted"]["customer"] == done["customer"]["id"]
    assert (count(ctx, "customer"), count(ctx, "opportunity")) == (1, 1)


def test_a_colleagues_customer_is_not_taken_in_silence(office: Office) -> None:
    store.create(office.ctx(office.other), "customer", {"name": COMPANY})
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx)
    with pytest.raises(Conflict) as refused:
        office.act(ctx, "lead", "convert", lead["id"])
    assert refused.value.code == "customer_of_colleague"
    assert "何销售" not in refused.value.message("zh-CN")
    done = office.act(ctx, "lead", "convert", lead["id"], create_customer=True)
    assert "customer" in done["created"]


def test_what_it_becomes_belongs_to_the_leads_owner(office: Office) -> None:
    lead = new_lead(office.ctx(office.rep))
    done = office.act(office.ctx(office.manager), "lead", "convert", lead["id"])
    for key in ("customer", "contact", "opportunity"):
        record = get_record(office.ctx(), key, uuid.UUID(done[key]["id"]))
        assert record["owner"]["id"] == str(office.rep.id)
        assert record["created_by"]["id"] == str(office.manager.id)


def test_who_may_not_change_the_lead_cannot_convert_it(office: Office) -> None:
    lead = new_lead(office.ctx(office.rep))
    with pytest.raises(Forbidden):
        office.act(office.ctx(office.reader), "lead", "convert", lead["id"])
    with pytest.raises(NotFound):
        office.act(office.ctx(office.other), "lead", "convert", lead["id"])
    assert get_record(office.ctx(), "lead", uuid.UUID(lead["id"]))["status"] == "new"


def test_the_status_alone_does_not_convert(office: Office) -> None:
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx)
    with pytest.raises(Invalid) as refused:
        store.update(ctx, "lead", uuid.UUID(lead["id"]), {"status": "converted"}, version=1)
    assert refused.value.errors[0].code == "use_convert"
    office.act(ctx, "lead", "convert", lead["id"])
    with pytest.raises(Invalid) as refused:
        store.update(ctx, "lead", uuid.UUID(lead["id"]), {"status": "new"}, version=2)
    assert refused.value.errors[0].code == "converted"


def test_a_lead_taken_up_again_forgets_why_it_was_closed(office: Office) -> None:
    ctx = office.ctx(office.rep)
    lead = new_lead(ctx, status="disqualified", disqualify_reason="no_budget")
    again = store.update(ctx, "lead", uuid.UUID(lead["id"]), {"status": "contacted"}, version=1)
    assert again["disqualify_reason"] is None


@pytest.mark.django_db(transaction=True)
def test_two_conversions_at_once_make_one_customer(transactional_db: None, make_firm: MakeFirm) -> None:
    firm = make_firm()
    with session(firm.workspace.id):
        info, actor = facade.load_actor(firm.workspace.id, firm.admin.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.API)
        lead_id = uuid.UUID(new_lead(ctx)["id"])
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def attempt() -> None:
        try:
            start.wait()
            with session(firm.workspace.id):
                convert(ctx, lead_id, {})
            outcomes.append("done")
        except Problem as problem:
            outcomes.append(problem.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_converted", "done"]
    with session(firm.workspace.id):
        assert count(ctx, "customer") == 1
