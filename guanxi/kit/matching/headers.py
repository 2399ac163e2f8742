"""Which column of any table is what: headers, in Chinese or English, to the roles that rules compare.

*How it works*: headers lose case, width and separators and are looked up; what is not found whole is tried
without an entity in front (客户, contact) and without a number behind.

*Rules*: a column that is not recognised is not compared; columns of ids are never.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_NAMES = {
    "given_name": "given name, givenname, first name, firstname, forename, 名, 名字",
    "surname": "surname, last name, lastname, family name, 姓, 姓氏",
    "birth_date": "date of birth, birth date, birthdate, birthday, dob, 出生日期, 生日, 出生年月日",
    "id_number": "id number, identity number, id card, soc sec id, ssn, social security number, passport, passport number, "
    "national id, 身份证, 身份证号, 身份证号码, 证件号, 证件号码, 护照号",
    "phone": "phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, contact number, 电话, 手机, 手机号, "
    "手机号码, 联系电话, 联系方式, 座机, 固定电话, 电话号码, 公司电话, 移动电话",
    "email": "email, e mail, mail, email address, 邮箱, 电子邮箱, 电子邮件, 邮件, 公司邮箱",
    "street_number": "street number, house number, 门牌号, 门牌",
    "street": "street, street address, address, address 1, address1, address line 1, addr, 地址, 详细地址, 街道, 街道地址, 联系地址, "
    "通讯地址, 注册地址, 公司地址, 办公地址, 住址, 家庭住址",
    "street_more": "address 2, address2, address line 2, 地址 2, 地址2",
    "suburb": "suburb, city, town, 市, 城市, 区, 区县, 镇",
    "postcode": "postcode, postal code, zip, zip code, zipcode, 邮编, 邮政编码",
    "state": "state, province, county, 省, 省份, 州",
    "region": "region, area, 省市区, 地区, 所在地区, 区域",
    "tax_number": "tax number, tax id, vat, vat number, vat id, unified social credit code, uscc, credit code, "
    "registration number, 税号, 纳税人识别号, 统一社会信用代码, 信用代码, 社会信用代码, 工商注册号",
    "website": "website, web site, web, url, homepage, domain, 网站, 网址, 官网, 主页",
}  # fmt: skip
_OF_PERSON = {
    "name": "name, full name, fullname, person, person name, contact, contact name, customer, customer name, lead name, 姓名, 名称, "
    "联系人, 联系人姓名, 客户, 客户名称, 客户姓名, 全名",
    "company": "company, company name, organization, organisation, account, account name, employer, 公司, 公司名称, 单位, 单位名称, 企业名称, "
    "所属公司, 工作单位",
}
_OF_COMPANY = {
    "name": "name, company, company name, organization, organisation, organization name, account, account name, firm, business name, "
    "customer, customer name, legal name, title, supplier, vendor, applicant, 名称, 公司, 公司名称, 公司名, 企业, 企业名称, 单位, "
    "单位名称, 客户, 客户名称, 厂商, 供应商, 供应商名称, 字号, 全称, 公司全称, 企业全称, 申请人",
}
_SEPARATORS = re.compile(r"[\s_\-–—/.:：·,，;、|*＊]+")
_NUMBER = re.compile(r"\s*[0-9]+$")
SEVERAL = frozenset(("phone", "email", "street"))


def normal(header: str) -> str:
    """A header without case, width, separators."""
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", header).casefold()).strip()


def _table(rule: str) -> Mapping[str, str]:
    own = _OF_PERSON if rule == "person" else _OF_COMPANY
    return {name.strip(): role for role, names in {**_NAMES, **own}.items() for name in names.split(",")}


def guess(headers: Sequence[str], rule: str) -> dict[int, str]:
    """Column → role. Several columns may be phones or mails; of all other roles the first column is taken."""
    table = _table(rule)
    found: dict[int, str] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for index, header in enumerate(headers):
            if index in found:
                continue
            name = normal(header)
            role = table.get(name) if exact else _inexact(name, table)
            if role and (role not in taken or role in SEVERAL):
                found[index] = role
                taken.add(role)
    return found


def _inexact(name: str, table: Mapping[str, str]) -> str | None:
    bare = _NUMBER.sub("", name)
    if bare in table and table[bare] in SEVERAL:
        return table[bare]
    first, _, rest = name.partition(" ")
    if rest and first in (
        "customer",
        "contact",
        "company",
        "person",
        "lead",
        "account",
        "organization",
        "organisation",
        "primary",
        "work",
    ):
        return table.get(rest)
    for entity in ("客户", "联系人", "公司", "企业", "线索", "单位"):
        if name.startswith(entity) and len(name) > len(entity):
            return table.get(name.removeprefix(entity).strip())
    return None


def roles(rule: str) -> frozenset[str]:
    """Every role that columns may have for a rule."""
    return frozenset(_table(rule).values())
