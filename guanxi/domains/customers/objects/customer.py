"""`customer` 客户: a firm, a person or an institution that buys, or may."""

from guanxi.domains.customers import options
from guanxi.domains.customers.models import Customer
from guanxi.engine.schema.definitions import BASIC, IdentityRule, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

REACH = Section("reach", Text("联系方式", "How to reach them"))
BUSINESS = Section("business", Text("经营与信用", "Business and credit"))
FOLLOW_UP = Section("follow_up", Text("跟进", "Follow-up"))

CUSTOMER = declare(
    Customer,
    key="customer",
    label=Text("客户", "Customer"),
    label_plural=Text("客户", "Customers"),
    icon="building",
    color="teal",
    group="customers",
    position=20,
    sections=(BASIC, REACH, BUSINESS, FOLLOW_UP),
    board_fields=("lifecycle", "tier", "kind"),
    subtitle_fields=("industry", "phone"),
    identity=(
        IdentityRule("name", "name", "name"),
        IdentityRule("phone", "phone", "phone"),
        IdentityRule("mobile", "mobile", "phone"),
        IdentityRule("tax_number", "tax_number", "tax_number", strict=True),
    ),
    fields=[
        field(
            "name", "text", Text("客户名称", "Name"), required=True, searchable=True, in_list=True,
            synonyms=(
                "名称", "公司", "公司名称", "企业名称", "单位名称", "客户", "客户全称", "客户姓名", "客户简称", "原文件导入名称",
                "account", "account name", "company", "company name", "customer", "customer name",
                "organization", "organisation", "organization - name", "organization name", "business name", "client", "client name",
            ),
        ),
        field(
            "kind", "select", Text("客户类型", "Kind"), options=options.KINDS, default="business", in_list=True,
            synonyms=("类型", "客户性质", "客户类别", "customer type", "account type", "type"),
        ),
        field(
            "tier", "select", Text("客户级别", "Tier"), options=options.TIERS, in_list=True,
            synonyms=("级别", "分级", "客户等级", "客户分级", "等级", "tier", "level", "rating", "customer level"),
        ),
        field(
            "lifecycle", "select", Text("生命周期", "Lifecycle"), options=options.LIFECYCLE, default="potential",
            in_list=True, in_create=False,
            synonyms=("客户状态", "客户阶段", "生命周期阶段", "lifecycle stage", "customer status"),
        ),
        field(
            "industry", "select", Text("行业", "Industry"), options=options.INDUSTRIES, in_list=True,
            synonyms=("客户行业", "所属行业", "行业类型", "sector", "industry", "vertical", "line of business"),
        ),
        field(
            "source", "select", Text("来源", "Source"), options=options.SOURCES,
            synonyms=("客户来源", "来源渠道", "获客渠道", "source", "lead source", "account source"),
        ),
        field(
            "size", "select", Text("规模", "Size"), options=options.SIZES,
            synonyms=("企业规模", "人员规模", "公司规模", "客户规模", "company size", "size"),
        ),
        field(
            "relationship_level", "select", Text("关系类型", "Relationship"), options=options.RELATIONSHIP_LEVELS,
            in_create=False, synonyms=("关系级别", "客户关系", "relationship level"),
        ),
        field("tags", "tags", Text("标签", "Tags"), in_list=True, synonyms=("客户标签", "标记", "tags", "labels", "keywords")),
        field(
            "parent", "link", Text("上级客户", "Parent customer"), target="customer", in_create=False,
            synonyms=("母公司", "上级公司", "集团", "所属集团", "subsidiary of", "parent account", "parent company", "parent"),
        ),
        field(
            "primary_contact", "link", Text("首要联系人", "Primary contact"), target="contact", in_create=False,
            section="reach", synonyms=("主要联系人", "primary contact", "main contact"),
        ),
        field(
            "phone", "phone", Text("电话", "Phone"), searchable=True, section="reach", in_list=True,
            synonyms=(
                "座机", "公司电话", "固定电话", "联系电话", "电话号码", "总机",
                "phone", "phone number", "telephone", "tel", "company phone", "company main phone", "business phone",
            ),
        ),
        field(
            "mobile", "phone", Text("手机", "Mobile"), searchable=True, section="reach",
            synonyms=("手机号", "手机号码", "移动电话", "mobile", "mobile phone", "cell", "cell phone"),
        ),
        field(
            "email", "email", Text("邮箱", "E-mail"), searchable=True, section="reach",
            synonyms=("电子邮箱", "电子邮件", "邮件", "邮箱地址", "email", "e-mail", "email address", "e-mail address"),
        ),
        field(
            "wechat", "text", Text("微信", "WeChat"), searchable=True, section="reach", in_create=False,
            synonyms=("微信号", "wechat", "wechat id", "weixin"),
        ),
        field(
            "website", "url", Text("网址", "Website"), section="reach",
            synonyms=("官网", "网站", "公司网址", "公司网站", "website", "web site", "web page", "homepage", "url", "domain"),
        ),
        field(
            "region", "address", Text("地区", "Address"), section="reach",
            synonyms=(
                "地址", "所在地", "所在地区", "详细地址", "企业地址", "公司地址", "客户地址", "办公地址", "注册地址", "省市区", "区域", "省份城市",
                "address", "region", "location", "office location", "headquarters", "organization - address",
                "billing address", "business address", "country/region",
            ),
        ),
        field(
            "tax_number", "tax_number", Text("统一社会信用代码", "Tax number"), searchable=True, section="business",
            synonyms=("信用代码", "税号", "纳税人识别号", "社会信用代码", "tax number", "tax id", "vat number", "uscc"),
        ),
        field(
            "legal_representative", "text", Text("法定代表人", "Legal representative"), section="business", in_create=False,
            synonyms=("法人", "法人代表", "legal representative"),
        ),
        field(
            "registered_capital", "money", Text("注册资本", "Registered capital"), section="business", in_create=False,
            synonyms=("注册资金", "registered capital"),
        ),
        field(
            "founded", "number", Text("成立年份", "Founded"), section="business", in_create=False,
            config={"min": 1000, "max": 2200, "grouping": False},
            synonyms=("创立年份", "year established", "founded", "year founded", "established"),
        ),
        field(
            "founded_date", "date", Text("成立日期", "Incorporated on"), section="business", in_create=False,
            synonyms=("注册日期", "成立时间", "date of incorporation", "incorporation date", "date founded"),
        ),
        field(
            "employees", "number", Text("员工人数", "Employees"), section="business", in_create=False, config={"min": 0},
            synonyms=("人数", "员工数", "employees", "number of employees", "headcount"),
        ),
        field(
            "annual_revenue", "money", Text("年营业额", "Annual revenue"), section="business", in_create=False,
            synonyms=("年收入", "年销售额", "营业收入", "revenue", "annual revenue", "turnover"),
        ),
        field(
            "credit_limit", "money", Text("信用额度", "Credit limit"), section="business", config={"min": 0},
            synonyms=("授信额度", "信用限额", "credit limit"),
        ),
        field(
            "payment_terms", "select", Text("账期", "Payment terms"), options=options.PAYMENT_TERMS, section="business",
            synonyms=("付款方式", "付款条件", "结算方式", "payment terms"),
        ),
        field(
            "next_contact_at", "datetime", Text("下次联系", "Next contact"), section="follow_up", in_list=True,
            synonyms=("下次联系时间", "下次跟进", "下次跟进时间", "next contact", "next follow-up", "next activity date"),
        ),
        field(
            "last_contact_at", "datetime", Text("最近联系", "Last contact"), section="follow_up", in_list=True,
            readonly=True, in_create=False,
            synonyms=("最后联系时间", "最后跟进时间", "最近跟进", "最近跟进时间", "last contact", "last contacted", "last activity"),
        ),
        field(
            "description", "long_text", Text("备注", "Notes"), searchable=True, section="follow_up",
            synonyms=("说明", "描述", "客户描述", "简介", "notes", "note", "description", "comments", "remarks", "remark"),
        ),
    ],
)
