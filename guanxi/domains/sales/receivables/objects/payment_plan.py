"""`payment_plan` 回款计划: an instalment, so much that is due on such a day."""

from typing import Any

from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.domains.sales.receivables.models import PaymentPlan
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

STATES = options(
    ("due", "待回款", "Due", "blue"),
    ("partial", "部分回款", "Partly paid", "teal"),
    ("done", "已回清", "Paid", "green"),
    ("overdue", "已逾期", "Overdue", "red"),
    ("void", "已作废", "Void", "gray"),
)
REMINDERS = options(
    ("before", "已提前提醒", "Reminded before"),
    ("on_day", "当天已提醒", "Reminded on the day"),
    ("late", "逾期已提醒", "Reminded when late"),
)
MONEY = Section("money", Text("金额", "Money"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}
_OF_AMOUNT: dict[str, Any] = {**_KEPT, "section": "money", "copies": ("payment_plan", "amount")}

PAYMENT_PLAN = declare(
    PaymentPlan,
    key="payment_plan",
    label=Text("回款计划", "Instalment"),
    label_plural=Text("回款计划", "Instalments"),
    icon="calendar",
    color="teal",
    group="money",
    position=60,
    parents=("customer", "contract", "sales_order"),
    sections=(BASIC, MONEY),
    board_fields=("status",),
    subtitle_fields=("contract", "customer"),
    default_sort="due_on",
    has_currency=True,
    rate_field="rate",
    handed_over={"field": "status", "op": "in", "value": ["due", "partial", "overdue"]},
    fields=[
        field("name", "text", Text("名称", "Name"), searchable=True, in_list=True,
              help=Text("不填时取期数。", "Left empty, it is the number of the instalment."),
              synonyms=("期次", "instalment name")),
        field("customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
              synonyms=("客户名称", "公司名称", "account", "company")),
        field("contract", "link", Text("合同", "Contract"), target="contract", in_list=True,
              synonyms=("合同名称", "contract name")),
        field("sales_order", "link", Text("订单", "Order"), target="sales_order", in_list=True,
              synonyms=("订单名称", "订单编号", "order name")),
        field("sequence", "number", Text("期数", "Number"), in_create=False, config={"min": 1, "max": 9999},
              help=Text("合同或订单的第几期；不填时接着往下排。",
                        "Left empty, the next of the order or contract.")),
        field("due_on", "date", Text("应收日期", "Due"), required=True, in_list=True,
              synonyms=("计划回款日期", "到期日", "due date")),
        field("status", "select", Text("状态", "Status"), options=STATES, default="due", in_list=True, **_KEPT),
        field("amount", "money", Text("应收金额", "Amount"), required=True, in_list=True, section="money",
              config={"min": 0}, synonyms=("计划回款金额", "金额")),
        currency_field(section="money"),
        field("rate", "decimal", Text("汇率", "Exchange rate"), config={"decimals": 6}, section="money", **_KEPT,
              help=Text("取订单或合同的汇率；都没有时取建立当天的，以后不再变。",
                        "The order's or contract's, or else that of the day it was made; it stays.")),
        field("received", "money", Text("已回款", "Received"), in_list=True, **_OF_AMOUNT),
        field("outstanding", "money", Text("未回款", "Outstanding"), in_list=True, **_OF_AMOUNT),
        field("notice_days", "number", Text("提前几天提醒", "Days of notice"), in_create=False, default=None,
              config={"min": 0, "max": 90},
              help=Text("不填为提前 3 天；当天和逾期时还会提醒。",
                        "3 where it is left empty; on the day and when it is late the owner is told too.")),
        field("reminder", "select", Text("提醒", "Reminder"), options=REMINDERS, **_KEPT),
        field("void_reason", "text", Text("作废原因", "Why it is void"), **_KEPT),
        field("description", "long_text", Text("备注", "Notes"), searchable=True),
    ],
)  # fmt: skip
