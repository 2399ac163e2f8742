"""Customers and contacts: derived values, identity, and the pipeline every workspace starts with."""

import uuid
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.engine.records.duplicates import find_duplicates
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.registry import object_registry
from guanxi.kit.errors import Invalid
from tests.domains.conftest import Office

STANDARD = ("customer", "contact", "lead", "opportunity", "product", "task", "note", "call", "event")


def read(office: Office, object_key: str, record: dict[str, Any]) -> dict[str, Any]:
    return get_record(office.ctx(), object_key, uuid.UUID(record["id"]))


def test_the_size_follows_the_employees_unless_it_is_given(office: Office) -> None:
    ctx = office.ctx()
    assert store.create(ctx, "customer", {"name": "甲公司", "employees": 150})["size"] == "100-299"
    assert (
        store.create(ctx, "customer", {"name": "乙公司", "employees": 150, "size": "20-99"})["size"]
        == "20-99"
    )


def test_the_year_of_founding_follows_the_date(office: Office) -> None:
    made = store.create(office.ctx(), "customer", {"name": "甲公司", "founded_date": "2005-03-12"})
    assert made["founded"] == 2005


def test_a_customer_is_not_above_itself(office: Office) -> None:
    ctx = office.ctx()
    made = [store.create(ctx, "customer", {"name": name}) for name in ("集团", "公司", "分公司")]
    group, company, branch = (uuid.UUID(each["id"]) for each in made)
    store.update(ctx, "customer", company, {"parent": str(group)}, version=1)
    store.update(ctx, "customer", branch, {"parent": str(company)}, version=1)
    for parent in (group, company, branch):
        with pytest.raises(Invalid) as refused:
            store.update(ctx, "customer", group, {"parent": str(parent)}, version=1)
        assert [(error.field, error.code) for error in refused.value.errors] == [("parent", "circle")]
    with pytest.raises(Invalid):
        store.bulk_update(ctx, "customer", [group, branch], {"parent": str(company)})
    assert read(office, "customer", made[0])["parent"] is None
    store.update(ctx, "customer", branch, {"parent": None}, version=2)
    store.update(ctx, "customer", group, {"parent": str(branch)}, version=1)


def test_a_new_customer_is_a_potential_business(office: Office) -> None:
    made = store.create(office.ctx(), "customer", {"name": "甲公司"})
    assert (made["kind"], made["lifecycle"]) == ("business", "potential")


def test_a_tax_number_is_held_once_and_a_name_may_be_shared(office: Office) -> None:
    ctx = office.ctx()
    store.create(ctx, "customer", {"name": "甲公司", "tax_number": "91440300708461136T"})
    store.create(ctx, "customer", {"name": "甲公司"})
    with pytest.raises(Invalid) as refused:
        store.create(ctx, "customer", {"name": "乙公司", "tax_number": "91440300708461136t"})
    assert refused.value.errors[0].field == "tax_number"
    assert len(find_duplicates(ctx, "customer", {"name": "甲公司"})) == 2


def test_names_are_composed_of_their_parts(office: Office) -> None:
    ctx = office.ctx()
    assert store.create(ctx, "contact", {"family_name": "罗", "given_name": "建国"})["name"] == "罗建国"
    assert (
        store.create(ctx, "contact", {"family_name": "Lovelace", "given_name": "Ada"})["name"]
        == "Ada Lovelace"
    )
    with pytest.raises(Invalid):
        store.create(ctx, "contact", {"mobile": "13802774519"})


def test_the_first_contact_of_a_customer_is_its_primary_one(office: Office) -> None:
    ctx = office.ctx()
    customer = store.create(ctx, "customer", {"name": "甲公司"})
    first = store.create(ctx, "contact", {"name": "罗建国", "customer": customer["id"]})
    store.create(ctx, "contact", {"name": "邓启明", "customer": customer["id"]})
    now = read(office, "customer", customer)
    assert now["primary_contact"]["id"] == first["id"]
    assert now["version"] == customer["version"]


def test_who_has_the_role_of_deciding_is_a_decision_maker(office: Office) -> None:
    ctx = office.ctx()
    made = store.create(ctx, "contact", {"name": "邓启明", "roles": ["decision_maker", "finance"]})
    assert made["is_decision_maker"] is True
    other = store.create(ctx, "contact", {"name": "罗建国", "roles": ["technical"]})
    assert not other["is_decision_maker"]


def test_every_workspace_starts_with_the_standard_pipeline(office: Office) -> None:
    stages = get_object(office.ctx(), "opportunity").fields["stage"].options
    shown = [(s.label.zh, s.meta["kind"], s.meta["probability"]) for s in stages]
    assert shown == [
        ("初步接洽", "open", 10), ("需求确认", "open", 30), ("方案报价", "open", 50), ("商务谈判", "open", 70),
        ("合同审批", "open", 90), ("赢单", "won", 100), ("输单", "lost", 0),
    ]  # fmt: skip


@pytest.mark.parametrize("key", STANDARD)
def test_a_declaration_is_whole(key: str) -> None:
    obj = object_registry.get(key)
    sections = {section.key for section in obj.sections} | {"system"}
    for field in obj.fields.values():
        assert field.label.zh and field.label.en, field.key
        assert field.section in sections, field.key
        assert not (field.required and not field.in_create), field.key
        for option in field.options:
            assert option.label.zh and option.label.en
    for name in (obj.title_field, *obj.parents, *obj.board_fields, *obj.subtitle_fields):
        assert name in obj.fields
    assert any(field.in_list for field in obj.fields.values())


@pytest.mark.parametrize("key", STANDARD)
def test_no_header_means_two_fields(key: str) -> None:
    seen: dict[str, str] = {}
    for field in object_registry.get(key).fields.values():
        for word in {w.casefold() for w in (field.label.zh, field.label.en, *field.synonyms)}:
            assert seen.setdefault(word, field.key) == field.key, word


HEADERS = {
    "customer": {
        "客户名称": "name", "客户来源": "source", "手机": "mobile", "电话": "phone", "网址": "website", "客户行业": "industry",
        "客户级别": "tier", "下次联系时间": "next_contact_at", "备注": "description", "邮箱": "email", "统一社会信用代码": "tax_number",
        "法定代表人": "legal_representative", "成立日期": "founded_date", "企业规模": "size", "注册资本": "registered_capital", "企业地址": "region",
        "Organization - Name": "name", "Organization - Address": "region", "account": "name", "sector": "industry",
        "year_established": "founded", "revenue": "annual_revenue", "employees": "employees",
        "office_location": "region", "subsidiary_of": "parent",
    },
    "contact": {
        "姓名": "name", "客户名称": "customer", "职务": "job_title", "是否关键决策人": "is_decision_maker", "性别": "gender",
        "地址": "region", "Person - Name": "name", "Person - Email (Work)": "email", "First Name": "given_name",
        "Last Name": "family_name", "Associated Company": "customer", "Contact owner": "owner", "Mobile Phone": "mobile",
        "Birthday": "birthday", "Company": "customer", "Job Title": "job_title", "Organization 1 - Name": "customer",
        "E-mail 1 - Value": "email",
    },
    "lead": {"线索名称": "name", "线索来源": "source", "客户级别": "tier", "Lead Status": "status", "备注": "description"},
    "opportunity": {
        "商机名称": "name", "客户名称": "customer", "商机金额": "amount", "预计成交日期": "expected_close_date",
        "Deal - Title": "name", "Deal - Value": "amount", "opportunity_id": "number", "sales_agent": "owner",
        "product": "product", "account": "customer", "deal_stage": "stage", "engage_date": "start_date",
        "close_date": "close_date", "close_value": "amount",
    },
    "product": {
        "产品名称": "name", "产品类型": "category", "产品单位": "unit", "产品编码": "code", "价格": "price",
        "Product - Product Code": "code", "product": "name", "series": "category", "sales_price": "price",
    },
    "task": {"Activity - Subject": "subject", "Activity - Due date": "due_at"},
    "note": {"Note - Content": "body"},
}  # fmt: skip


@pytest.mark.parametrize("key", HEADERS)
def test_the_headers_of_other_systems_are_understood(key: str) -> None:
    fields = object_registry.get(key).fields.values()
    known = {w.casefold(): f.key for f in fields for w in (f.label.zh, f.label.en, f.key, *f.synonyms)}
    for header, field in HEADERS[key].items():
        word = header.casefold()
        assert known.get(word, known.get(word.replace("_", " "))) == field, header
