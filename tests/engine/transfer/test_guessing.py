"""Headers of real programs lead to the right fields without help, where their meaning is plain."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.registry import object_registry
from guanxi.engine.transfer.guessing.columns import guess_columns, guess_object
from guanxi.engine.transfer.guessing.new_fields import propose
from guanxi.engine.transfer.importing.members import MEMBER
from tests.engine.transfer.data import data_folder

ENV = Env(zone=ZoneInfo("Asia/Shanghai"), now=datetime(2026, 3, 5, tzinfo=UTC))
OBJECTS = {obj.key: obj for obj in object_registry}


def mapped(object_key: str, headers: list[str], samples: list[list[str]] | None = None) -> dict[str, str]:
    obj = MEMBER if object_key == "member" else OBJECTS[object_key]
    fields = [f for f in obj.fields.values() if not f.readonly or f.key == "owner"]
    guesses = guess_columns(headers, samples or [[] for _ in headers], obj, fields, OBJECTS, ENV)
    return {header: g.field for header, g in zip(headers, guesses, strict=True) if g and g.is_sure}


EXPECTED = {
    ("wukong_cn_客户", "customer"): {
        "*客户名称": "name", "客户来源": "source", "手机": "mobile", "电话": "phone", "网址": "website", "客户行业": "industry",
        "客户级别": "tier", "下次联系时间": "next_contact_at", "备注": "description", "邮箱": "email",
    },
    ("wukong_cn_线索", "lead"): {
        "*线索名称": "name", "邮箱": "email", "线索来源": "source", "手机": "mobile", "电话": "phone", "地址": "region",
        "客户行业": "industry", "客户级别": "tier", "下次联系时间": "next_contact_at", "备注": "description",
    },
    ("wukong_cn_联系人", "contact"): {
        "*姓名": "name", "*客户名称": "customer", "手机": "mobile", "电话": "phone", "邮箱": "email", "职务": "job_title",
        "是否关键决策人": "is_decision_maker", "地址": "region", "下次联系时间": "next_contact_at", "备注": "description",
        "性别": "gender",
    },
    ("wukong_cn_商机", "opportunity"): {
        "*商机名称": "name", "*客户名称": "customer", "商机金额": "amount", "预计成交日期": "expected_close_date",
        "备注": "description",
    },
    ("wukong_cn_产品", "product"): {
        "*产品名称": "name", "*产品类型": "category", "产品单位": "unit", "*产品编码": "code", "*价格": "price",
        "产品描述": "description",
    },
    ("企查查_export", "customer"): {
        "原文件导入名称": "name", "统一社会信用代码": "tax_number", "法定代表人": "legal_representative", "企业规模": "size",
        "注册资本": "registered_capital", "电话": "phone", "企业地址": "region",
    },
    ("pipedrive_sample_import", "contact"): {
        "Person - Name*": "name", "Person - First name": "given_name", "Person - Last name": "family_name",
        "Person - Phone": "phone", "Person - Email (Work)": "email", "Organization - Name*": "customer",
    },
    ("pipedrive_sample_import", "opportunity"): {
        "Deal - Title": "name", "Deal - Value": "amount", "Organization - Name*": "customer", "Person - Name*": "contact",
        "Product - Name*": "product",
    },
    ("pipedrive_sample_import", "product"): {
        "Product - Name*": "name", "Product - Product Code": "code", "Product - Unit": "unit", "Product - Price": "price",
    },
    ("hubspot_contacts_export", "contact"): {
        "First Name": "given_name", "Last Name": "family_name", "Email": "email", "Phone Number": "phone",
        "Associated Company": "customer", "Country/Region": "region", "Contact owner": "owner",
    },
    ("outlook_contacts_csv", "contact"): {
        "First Name": "given_name", "Last Name": "family_name", "Gender": "gender", "Birthday": "birthday",
        "Notes": "description", "E-mail Address": "email", "Primary Phone": "phone", "Mobile Phone": "mobile",
        "Company": "customer", "Job Title": "job_title", "Department": "department",
    },
    ("google_contacts_csv_legacy", "contact"): {
        "Name": "name", "Given Name": "given_name", "Family Name": "family_name", "Birthday": "birthday",
        "Gender": "gender", "Notes": "description", "E-mail 1 - Value": "email", "Phone 1 - Value": "phone",
        "Organization 1 - Name": "customer", "Organization 1 - Title": "job_title",
        "Organization 1 - Department": "department",
    },
}  # fmt: skip
# Columns that may well be left to a person, but may not be led astray.
NEVER = {
    "customer": {"登记状态", "更多电话"},
    "contact": {"Deal - Title", "Deal - Value", "Product - Price", "Activity - Subject*", "Lead Status", "Create Date", "Spouse", "Middle Name"},
    "opportunity": {"Person - Phone", "Product - Price", "Activity - Subject*", "Note - Content*"},
    "product": {"Deal - Title", "Person - Name*", "Organization - Name*"},
}  # fmt: skip


@pytest.mark.realdata
@pytest.mark.parametrize(("sample", "object_key"), list(EXPECTED))
def test_headers_of_real_programs(sample: str, object_key: str) -> None:
    headers = json.loads((data_folder("import_samples") / "headers.json").read_text(encoding="utf-8"))[sample]
    found = mapped(object_key, headers)
    expected = EXPECTED[sample, object_key]
    assert {header: found.get(header) for header in expected} == expected
    assert not NEVER.get(object_key, set()) & set(found)


@pytest.mark.parametrize(
    ("object_key", "headers", "expected"),
    [
        ("customer", ["公司名称（必填）", "联系电话", "所在省市"], {"公司名称（必填）": "name", "联系电话": "phone"}),
        ("contact", ["Full Name", "e_mail", "MOBILE"], {"Full Name": "name", "e_mail": "email", "MOBILE": "mobile"}),
        ("member", ["sales_agent", "manager", "regional_office"],
         {"sales_agent": "name", "manager": "manager", "regional_office": "team"}),
        ("opportunity", ["deal_stage", "close_value"], {"deal_stage": "stage", "close_value": "amount"}),
        ("customer", ["x", "y"], {}),
    ],
)  # fmt: skip
def test_headers_in_other_dress(object_key: str, headers: list[str], expected: dict[str, str]) -> None:
    found = mapped(object_key, headers)
    assert {header: found[header] for header in headers if header in found} == expected


def test_values_give_a_column_away() -> None:
    samples = [
        ["138 0277 4512", "13928841075"],
        ["a@b.cn", "c@d.com"],
        ["91440101MA59C1234X", "91440300279174789M"],
        ["甲", "乙"],
    ]
    found = mapped("customer", ["一", "二", "三", "四"], samples)
    assert found == {"一": "mobile", "二": "email", "三": "tax_number"}


def test_values_that_do_not_fit_take_confidence_away() -> None:
    assert mapped("customer", ["员工人数"], [["12", "40"]]) == {"员工人数": "employees"}
    assert mapped("customer", ["员工人数"], [["很多", "不多"]]) == {}


def test_the_object_is_guessed_from_the_headers() -> None:
    candidates = [(obj, list(obj.fields.values())) for obj in OBJECTS.values() if obj.listed]
    for headers, key in (
        (["*商机名称", "*客户名称", "商机金额", "预计成交日期"], "opportunity"),
        (["*产品名称", "*产品类型", "产品单位", "*产品编码", "*价格"], "product"),
        (["*姓名", "*客户名称", "手机", "职务", "是否关键决策人"], "contact"),
        (["account", "sector", "year_established", "revenue", "employees"], "customer"),
    ):
        assert guess_object(headers, [[] for _ in headers], candidates, OBJECTS, ENV) == key, headers


@pytest.mark.parametrize(
    ("header", "samples", "type_", "key"),
    [
        ("设备台数", ["1", "2", "30"], "number", "she_bei_tai_shu"),
        ("Price 2", ["1.5", "2"], "number", "price_2"),
        ("编号", ["001", "002"], "text", "bian_hao"),
        ("签约日", ["2026-03-05", "2026年3月6日"], "date", "qian_yue_ri"),
        ("代码", ["20260305", "20260306"], "number", "dai_ma"),
        ("E", ["a@b.cn", "c@d.cn"], "email", "e"),
        ("!!", ["x" * 300], "long_text", "field"),
        ("VIP", ["是", "否"], "boolean", "vip"),
        ("空", [], "text", "kong"),
    ],
)
def test_new_fields_get_a_cautious_type(header: str, samples: list[str], type_: str, key: str) -> None:
    new = propose(header, samples, {"name"}, ENV)
    assert (new.type, new.key) == (type_, key)
