"""`payment` 回款: money that came from a customer (or went back to one), and what it pays."""

from typing import Any

from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.domains.sales.receivables.models import Payment
from guanxi.engine.schema.definitions import BASIC, FieldDef, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

KINDS = options(("receipt", "收款", "Receipt", "green"), ("refund", "退款", "Refund", "clay"))
STATES = options(("confirmed", "已确认", "Confirmed", "green"), ("void", "已作废", "Void", "gray"))
METHODS = options(
    ("transfer", "银行转账", "Bank transfer"),
    ("acceptance", "承兑汇票", "Acceptance bill"),
    ("cheque", "支票", "Cheque"),
    ("wechat", "微信支付", "WeChat Pay"),
    ("alipay", "支付宝", "Alipay"),
    ("card", "刷卡", "Card"),
    ("cash", "现金", "Cash"),
    ("other", "其他", "Other", "gray"),
)
MONEY = Section("money", Text("金额", "Money"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}
_OF_AMOUNT: dict[str, Any] = {**_KEPT, "section": "money", "copies": ("payment", "amount")}


def allocation_fields() -> list[FieldDef]:
    """The fields of what a payment pays."""
    of_amount: dict[str, Any] = {**_KEPT, "copies": ("payment", "amount")}
    return [
        field("plan", "link", Text("回款计划", "Instalment"), target="payment_plan", in_list=True),
        field("invoice", "link", Text("发票", "Invoice"), target="invoice", in_list=True),
        field("amount", "money", Text("核销金额", "Amount"), in_list=True, config={"min": 0, "summed": True},
              copies=("payment", "amount"),
              help=Text("按回款的币种。", "In the currency of the payment.")),
        field("settled", "money", Text("结清金额", "Settles"), config={"min": 0}, copies=("payment", "amount"),
              help=Text("按回款计划或发票的币种；同币种时与核销金额一样。",
                        "In the currency of the instalment or invoice; the amount itself where that is the same.")),
        field("base", "money", Text("折合本位币", "In the workspace's currency"),
              config={"currency": "workspace", "summed": True}, **of_amount),
        field("difference", "money", Text("汇兑差额", "Exchange difference"),
              config={"currency": "workspace", "summed": True}, **of_amount,
              help=Text("收到时的本位币金额，减去应收时记的金额。",
                        "What it was worth when it came, less what was booked when it was owed.")),
    ]  # fmt: skip


PAYMENT = declare(
    Payment,
    key="payment",
    label=Text("回款", "Payment"),
    label_plural=Text("回款", "Payments"),
    icon="wallet",
    color="green",
    group="money",
    position=61,
    parents=("customer",),
    sections=(BASIC, MONEY),
    board_fields=("status", "method"),
    subtitle_fields=("number", "customer"),
    default_sort="-paid_on",
    has_currency=True,
    rate_field="rate",
    lines={"allocations": allocation_fields()},
    handed_over=False,
    fields=[
        field("name", "text", Text("名称", "Name"), searchable=True, in_create=False,
              help=Text("不填时取到账日期。", "Left empty, it is the day.")),
        field("number", "serial", Text("回款编号", "Number"), in_list=True, searchable=True, unique=True, readonly=True,
              in_create=False, config={"pattern": "SK-{YYYY}{MM}-{0000}", "reset": "month"},
              synonyms=("编号", "payment number")),
        field("customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
              synonyms=("客户名称", "公司名称", "account", "company")),
        field("kind", "select", Text("类型", "Kind"), options=KINDS, default="receipt", in_list=True, **_KEPT),
        field("refunds", "link", Text("退的是", "Refund of"), target="payment", **_KEPT),
        field("paid_on", "date", Text("到账日期", "Received on"), required=True, in_list=True,
              synonyms=("回款日期", "收款日期", "payment date")),
        field("status", "select", Text("状态", "Status"), options=STATES, default="confirmed", in_list=True, **_KEPT),
        field("method", "select", Text("方式", "Method"), options=METHODS, in_list=True, synonyms=("回款方式", "付款方式")),
        field("payer", "text", Text("付款户名", "Payer"), searchable=True, synonyms=("付款方", "对方户名")),
        field("reference", "text", Text("流水号", "Bank reference"), searchable=True,
              synonyms=("银行流水号", "交易号", "reference number")),
        field("amount", "money", Text("金额", "Amount"), required=True, in_list=True, section="money",
              synonyms=("回款金额", "收款金额", "到账金额"),
              help=Text("退款是负数。", "Negative for a refund.")),
        currency_field(section="money"),
        field("rate", "decimal", Text("汇率", "Exchange rate"), config={"decimals": 6}, section="money", **_KEPT,
              help=Text("到账当天的汇率。", "That of the day it came.")),
        field("base_amount", "money", Text("本位币金额", "In the workspace's currency"),
              config={"currency": "workspace"}, **_OF_AMOUNT,
              help=Text("作废的回款为 0。", "0 for a void payment.")),
        field("allocated", "money", Text("已核销", "Allocated"), **_OF_AMOUNT),
        field("refunded", "money", Text("已退款", "Refunded"), **_OF_AMOUNT),
        field("surplus", "money", Text("未核销", "Not allocated"), in_list=True, **_OF_AMOUNT),
        field("exchange_difference", "money", Text("汇兑差额", "Exchange difference"),
              config={"currency": "workspace"}, **_OF_AMOUNT),
        field("allocations", "sub_table", Text("核销明细", "What it pays"), readonly=True, in_create=False),
        field("void_reason", "text", Text("作废原因", "Why it is void"), **_KEPT),
        field("description", "long_text", Text("备注", "Notes"), searchable=True),
    ],
)  # fmt: skip
