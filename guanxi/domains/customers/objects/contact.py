"""`contact` 联系人: a person at a customer."""

from guanxi.domains.customers import options
from guanxi.domains.customers.models import Contact
from guanxi.engine.schema.definitions import BASIC, IdentityRule, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

REACH = Section("reach", Text("联系方式", "How to reach them"))
FOLLOW_UP = Section("follow_up", Text("跟进", "Follow-up"))

CONTACT = declare(
    Contact,
    key="contact",
    label=Text("联系人", "Contact"),
    label_plural=Text("联系人", "Contacts"),
    icon="users",
    color="blue",
    group="customers",
    position=30,
    parents=("customer",),
    sections=(BASIC, REACH, FOLLOW_UP),
    subtitle_fields=("customer", "job_title", "mobile"),
    identity=(
        IdentityRule("mobile", "mobile", "phone"),
        IdentityRule("email", "email", "email"),
    ),
    fields=[
        field(
            "name", "text", Text("姓名", "Name"), required=True, searchable=True, in_list=True,
            synonyms=(
                "联系人", "联系人姓名", "名字", "联系人名称",
                "name", "full name", "contact", "contact name", "display name", "person - name", "person name",
            ),
        ),
        field(
            "family_name", "text", Text("姓", "Family name"), in_create=False,
            synonyms=("姓氏", "last name", "surname", "family name", "person - last name"),
        ),
        field(
            "given_name", "text", Text("名", "Given name"), in_create=False,
            synonyms=("first name", "given name", "forename", "person - first name"),
        ),
        field(
            "customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
            synonyms=(
                "客户名称", "所属客户", "公司", "公司名称", "单位", "企业名称",
                "account", "account name", "company", "company name", "organization", "organisation",
                "organization - name", "organization 1 - name", "associated company", "customer name", "employer",
            ),
        ),
        field(
            "job_title", "text", Text("职务", "Job title"), in_list=True, searchable=True,
            synonyms=("职位", "岗位", "头衔", "job title", "position", "organization 1 - title"),
        ),
        field(
            "department", "text", Text("部门", "Department"),
            synonyms=("所在部门", "department", "organization 1 - department"),
        ),
        field(
            "roles", "multi_select", Text("角色", "Roles"), options=options.ROLES, in_list=True,
            synonyms=("联系人角色", "采购角色", "roles", "role", "buying role"),
        ),
        field(
            "is_decision_maker", "boolean", Text("关键决策人", "Decision maker"), in_list=True,
            synonyms=("是否关键决策人", "是否决策人", "决策人", "关键人", "decision maker", "is decision maker"),
        ),
        field(
            "mobile", "phone", Text("手机", "Mobile"), searchable=True, in_list=True, section="reach",
            synonyms=("手机号", "手机号码", "移动电话", "mobile", "mobile phone", "cell", "cell phone", "mobile phone number"),
        ),
        field(
            "phone", "phone", Text("电话", "Phone"), searchable=True, section="reach",
            synonyms=(
                "座机", "固定电话", "办公电话", "联系电话", "电话号码",
                "phone", "phone number", "telephone", "primary phone", "business phone", "work phone", "person - phone",
                "phone 1 - value",
            ),
        ),
        field(
            "email", "email", Text("邮箱", "E-mail"), searchable=True, in_list=True, section="reach",
            synonyms=(
                "电子邮箱", "电子邮件", "邮件", "邮箱地址",
                "email", "e-mail", "email address", "e-mail address", "person - email (work)", "person - email",
                "e-mail 1 - value", "work email",
            ),
        ),
        field(
            "wechat", "text", Text("微信", "WeChat"), searchable=True, section="reach",
            synonyms=("微信号", "wechat", "wechat id", "weixin"),
        ),
        field(
            "region", "address", Text("地址", "Address"), section="reach", in_create=False,
            synonyms=("地区", "联系地址", "详细地址", "address", "business address", "mailing address", "country/region"),
        ),
        field(
            "gender", "select", Text("性别", "Gender"), options=options.GENDERS, in_create=False,
            synonyms=("gender", "sex"),
        ),
        field(
            "birthday", "date", Text("生日", "Birthday"), in_create=False,
            synonyms=("出生日期", "birthday", "date of birth", "birth date"),
        ),
        field(
            "next_contact_at", "datetime", Text("下次联系", "Next contact"), section="follow_up",
            synonyms=("下次联系时间", "下次跟进", "下次跟进时间", "next contact", "next follow-up"),
        ),
        field(
            "last_contact_at", "datetime", Text("最近联系", "Last contact"), section="follow_up",
            readonly=True, in_create=False,
            synonyms=("最后联系时间", "最近跟进时间", "last contact", "last contacted"),
        ),
        field(
            "description", "long_text", Text("备注", "Notes"), searchable=True, section="follow_up",
            synonyms=("说明", "描述", "notes", "note", "description", "comments", "remarks"),
        ),
    ],
)
