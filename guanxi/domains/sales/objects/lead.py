"""`lead` 线索: somebody who may become a customer, and what became of them."""

from guanxi.domains.customers import facade as customers
from guanxi.domains.sales import options
from guanxi.domains.sales.models import Lead
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field, identity
from guanxi.kit.text import Text

REACH = Section("reach", Text("联系方式", "How to reach them"))
ORIGIN = Section("origin", Text("来路", "Where they came from"))
FOLLOW_UP = Section("follow_up", Text("跟进", "Follow-up"))
CONVERSION = Section("conversion", Text("转化", "Conversion"))

LEAD = declare(
    Lead,
    key="lead",
    label=Text("线索", "Lead"),
    label_plural=Text("线索", "Leads"),
    icon="funnel",
    color="gold",
    group="customers",
    position=10,
    sections=(BASIC, REACH, FOLLOW_UP, ORIGIN, CONVERSION, customers.POOL),
    kept_by="pool",
    board_fields=("status", "tier"),
    subtitle_fields=("company", "mobile"),
    identity=(
        identity("mobile", mobile="phone"),
        identity("phone", phone="phone"),
        identity("email", email="email"),
    ),
    fields=[
        field(
            "name",
            "text",
            Text("线索名称", "Name"),
            required=True,
            searchable=True,
            in_list=True,
            synonyms=(
                "名称",
                "线索",
                "客户名称",
                "姓名",
                "name",
                "lead",
                "lead name",
                "full name",
                "prospect id",
            ),
        ),
        field(
            "company",
            "text",
            Text("公司", "Company"),
            searchable=True,
            in_list=True,
            synonyms=(
                "公司名称",
                "企业名称",
                "单位名称",
                "company",
                "company name",
                "organization",
                "organization - name",
                "account",
            ),
        ),
        field(
            "contact_name",
            "text",
            Text("联系人", "Contact"),
            searchable=True,
            in_list=True,
            synonyms=("联系人姓名", "contact", "contact name", "contact person", "person - name"),
        ),
        field(
            "job_title", "text", Text("职务", "Job title"), synonyms=("职位", "岗位", "job title", "position")
        ),
        field(
            "status",
            "select",
            Text("状态", "Status"),
            options=options.LEAD_STATUSES,
            default="new",
            in_list=True,
            in_create=False,
            synonyms=("线索状态", "跟进状态", "lead status", "status"),
        ),
        field(
            "tier",
            "select",
            Text("级别", "Tier"),
            options=customers.TIERS,
            synonyms=("客户级别", "线索级别", "等级", "tier", "level", "lead quality"),
        ),
        field(
            "rating",
            "rating",
            Text("意向度", "Rating"),
            in_create=False,
            synonyms=("意向", "意向程度", "rating", "interest"),
        ),
        field(
            "score",
            "number",
            Text("评分", "Score"),
            in_create=False,
            config={"min": 0, "max": 100},
            help=Text("0 到 100，由评分规则或接口写入。", "0 to 100, written by scoring or by the API."),
            synonyms=("线索评分", "线索得分", "得分", "lead score", "score"),
        ),
        field(
            "source",
            "select",
            Text("来源", "Source"),
            options=customers.SOURCES,
            in_list=True,
            synonyms=("线索来源", "客户来源", "source", "lead source"),
        ),
        field(
            "channel",
            "text",
            Text("渠道", "Channel"),
            in_create=False,
            synonyms=("来源渠道", "推广渠道", "channel", "lead origin"),
        ),
        field(
            "industry",
            "select",
            Text("行业", "Industry"),
            options=customers.INDUSTRIES,
            synonyms=("客户行业", "所属行业", "industry", "sector"),
        ),
        field(
            "need",
            "long_text",
            Text("需求", "Need"),
            searchable=True,
            synonyms=("客户需求", "需求描述", "咨询内容", "need", "requirement", "message", "inquiry"),
        ),
        field("attachments", "files", Text("附件", "Attachments"), in_create=False),
        field("tags", "tags", Text("标签", "Tags"), in_create=False, synonyms=("标记", "tags", "labels")),
        field(
            "mobile",
            "phone",
            Text("手机", "Mobile"),
            searchable=True,
            section="reach",
            in_list=True,
            synonyms=("手机号", "手机号码", "移动电话", "mobile", "mobile phone", "cell phone"),
        ),
        field(
            "phone",
            "phone",
            Text("电话", "Phone"),
            searchable=True,
            section="reach",
            synonyms=("座机", "固定电话", "联系电话", "电话号码", "phone", "phone number", "telephone"),
        ),
        field(
            "email",
            "email",
            Text("邮箱", "E-mail"),
            searchable=True,
            section="reach",
            synonyms=("电子邮箱", "电子邮件", "邮件", "email", "e-mail", "email address", "e-mail address"),
        ),
        field(
            "wechat", "text", Text("微信", "WeChat"), section="reach", synonyms=("微信号", "wechat", "weixin")
        ),
        field(
            "website",
            "url",
            Text("网址", "Website"),
            section="reach",
            in_create=False,
            synonyms=("官网", "网站", "website", "web site", "web page"),
        ),
        field(
            "region",
            "address",
            Text("地区", "Address"),
            section="reach",
            synonyms=(
                "地址",
                "所在地",
                "所在地区",
                "详细地址",
                "省市区",
                "城市",
                "address",
                "region",
                "location",
                "city",
                "country",
                "country/region",
            ),
        ),
        field(
            "next_contact_at",
            "datetime",
            Text("下次联系", "Next contact"),
            section="follow_up",
            in_list=True,
            synonyms=("下次联系时间", "下次跟进", "下次跟进时间", "next contact", "next follow-up"),
        ),
        field(
            "last_contact_at",
            "datetime",
            Text("最近联系", "Last contact"),
            section="follow_up",
            readonly=True,
            in_create=False,
            synonyms=("最后联系时间", "最近跟进时间", "last contact", "last activity", "last contacted"),
        ),
        field(
            "description",
            "long_text",
            Text("备注", "Notes"),
            searchable=True,
            section="follow_up",
            synonyms=("说明", "描述", "notes", "note", "description", "comments", "remarks"),
        ),
        field(
            "campaign",
            "text",
            Text("营销活动", "Campaign"),
            section="origin",
            in_create=False,
            synonyms=("活动", "市场活动", "推广活动", "campaign", "campaign name"),
        ),
        *(
            field(
                f"utm_{part}",
                "text",
                Text(zh, f"UTM {part}"),
                section="origin",
                in_create=False,
                synonyms=(f"utm_{part}", f"utm {part}", f"utm-{part}"),
            )
            for part, zh in (
                ("source", "UTM 来源"),
                ("medium", "UTM 媒介"),
                ("campaign", "UTM 活动"),
                ("term", "UTM 关键词"),
                ("content", "UTM 内容"),
            )
        ),
        field(
            "landing_page",
            "url",
            Text("落地页", "Landing page"),
            section="origin",
            in_create=False,
            synonyms=("来源页面", "landing page", "landing url", "page url", "referrer"),
        ),
        *(
            field(
                key, kind, Text(*label), section="follow_up", readonly=True, in_create=False, help=Text(*text)
            )
            for key, kind, label, text in (
                (
                    "first_response_due_at",
                    "datetime",
                    ("首次响应期限", "First response due"),
                    (
                        "按工作时间算，在「设置 → 线索分配」里设。",
                        "In working hours; set under “Sharing out leads”.",
                    ),
                ),
                (
                    "first_response_at",
                    "datetime",
                    ("首次响应", "First response"),
                    ("第一次联系上，或状态第一次改动。", "First contact, or the first change of status."),
                ),
                (
                    "first_response_minutes",
                    "number",
                    ("首次响应用时（工作分钟）", "Minutes to first response"),
                    ("只算工作时间。", "Working time only."),
                ),
            )
        ),
        field(
            "disqualify_reason",
            "select",
            Text("关闭原因", "Reason for closing"),
            options=options.DISQUALIFY_REASONS,
            section="conversion",
            in_create=False,
            synonyms=("无效原因", "disqualify reason", "unqualified reason"),
        ),
        field(
            "converted_at",
            "datetime",
            Text("转化时间", "Converted at"),
            section="conversion",
            readonly=True,
            in_create=False,
        ),
        field(
            "converted_customer",
            "link",
            Text("转化为客户", "Became customer"),
            target="customer",
            section="conversion",
            readonly=True,
            in_create=False,
        ),
        field(
            "converted_contact",
            "link",
            Text("转化为联系人", "Became contact"),
            target="contact",
            section="conversion",
            readonly=True,
            in_create=False,
        ),
        field(
            "converted_opportunity",
            "link",
            Text("转化为商机", "Became opportunity"),
            target="opportunity",
            section="conversion",
            readonly=True,
            in_create=False,
        ),
        *customers.pool_fields(),
    ],
)
