"""`expense` 费用: what was spent on a customer, a deal or a campaign, and whether it was approved."""

from typing import Any

from guanxi.domains.sales.costs.models import Expense
from guanxi.domains.sales.papers.paper_fields import APPROVAL, MONEY, approval_fields, status_field
from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.engine.schema.definitions import BASIC
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

SERVICE = "service"
STATES = options(
    ("draft", "草稿", "Draft", "slate"),
    ("submitted", "待审批", "Awaiting approval", "gold"),
    ("approved", "已批准", "Approved", "green"),
    ("rejected", "已退回", "Sent back", "clay"),
)
KINDS = options(
    ("visit", "拜访差旅", "Visit and travel", "blue"),
    ("gift", "礼品招待", "Gift and hospitality", "gold"),
    ("sample", "样品", "Sample", "teal"),
    ("shipping", "运费", "Shipping", "slate"),
    (SERVICE, "服务工时", "Service hours", "purple"),
    ("campaign", "市场活动", "Campaign", "green"),
    ("other", "其他", "Other", "gray"),
)
MOST_HOURS = 10_000
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False, "section": "money"}

EXPENSE = declare(
    Expense,
    key="expense",
    label=Text("费用", "Expense"),
    label_plural=Text("费用", "Expenses"),
    icon="wallet",
    color="clay",
    group="money",
    position=66,
    parents=("customer", "opportunity"),
    sections=(BASIC, MONEY, APPROVAL),
    board_fields=("status", "kind"),
    subtitle_fields=("customer", "kind"),
    has_currency=True,
    rate_field="rate",
    handed_over={"field": "status", "op": "in", "value": ["draft", "submitted", "rejected"]},
    fields=[
        field("name", "text", Text("事由", "What for"), required=True, searchable=True, in_list=True,
              synonyms=("摘要", "名称", "费用说明", "purpose", "subject")),
        field("number", "serial", Text("费用单号", "Number"), searchable=True, readonly=True, in_create=False,
              config={"pattern": "FY-{YYYY}{MM}-{0000}", "reset": "month"}, synonyms=("编号", "expense number")),
        status_field(STATES, "draft"),
        field("kind", "select", Text("费用类型", "Kind"), options=KINDS, default="visit", in_list=True,
              synonyms=("类型", "费用类别", "category", "expense type")),
        field("spent_on", "date", Text("发生日期", "Spent on"), in_list=True,
              help=Text("不填为当天；汇率按这一天取。", "Left empty, it is today; the exchange rate is that of this day."),
              synonyms=("日期", "费用日期", "date", "expense date")),
        field("customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
              help=Text("不填时取商机的客户。", "Left empty, it is the deal's."),
              synonyms=("客户名称", "公司", "account", "company")),
        field("opportunity", "link", Text("商机", "Opportunity"), target="opportunity", synonyms=("商机名称", "deal")),
        field("campaign", "text", Text("营销活动", "Campaign"), searchable=True, config={"max": 200},
              synonyms=("活动", "市场活动", "campaign name")),
        field("receipts", "files", Text("票据", "Receipts"), synonyms=("发票", "附件")),
        field("description", "long_text", Text("备注", "Notes"), searchable=True, in_create=False,
              synonyms=("说明", "notes", "description")),
        field("amount", "money", Text("金额", "Amount"), section="money", in_list=True, config={"min": 0},
              synonyms=("费用金额", "花费", "cost", "total"),
              help=Text("服务工时可以不填，按工时 × 每小时成本算。", "For service hours it may be left empty: hours × their cost.")),
        currency_field(section="money", in_create=True),
        field("rate", "decimal", Text("汇率", "Exchange rate"), config={"decimals": 6}, **_KEPT,
              help=Text("发生那天的汇率，以后不再变。", "The rate of the day it was spent; it stays.")),
        field("base_amount", "money", Text("本位币金额", "In the workspace's currency"),
              config={"currency": "workspace"}, **_KEPT),
        field("hours", "decimal", Text("工时", "Hours"), section="money", in_create=False,
              config={"decimals": 2, "min": 0, "max": MOST_HOURS}, synonyms=("服务工时", "service hours")),
        field("hourly_cost", "money", Text("每小时成本", "Cost per hour"), section="money", in_create=False,
              config={"min": 0}),
        *(each for each in approval_fields() if each.key != "approval_reasons"),
    ],
)  # fmt: skip
