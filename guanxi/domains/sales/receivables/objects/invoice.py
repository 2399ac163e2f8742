"""`invoice` 发票: asked for, issued with its number, taken back by a negative one."""

from typing import Any

from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.domains.sales.receivables.models import Invoice
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

KINDS = options(
    ("special", "增值税专用发票", "Special VAT invoice", "purple"),
    ("ordinary", "增值税普通发票", "Ordinary VAT invoice", "blue"),
    ("electronic", "电子普通发票", "Electronic invoice", "teal"),
)
STATES = options(
    ("requested", "待开票", "Requested", "gold"),
    ("issued", "已开票", "Issued", "green"),
    ("rejected", "已退回", "Rejected", "clay"),
    ("reversed", "已红冲", "Reversed", "gray"),
)
MONEY = Section("money", Text("金额", "Money"))
BUYER = Section("buyer", Text("购方信息", "Buyer"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}
_OF_TOTAL: dict[str, Any] = {**_KEPT, "section": "money", "copies": ("invoice", "total")}

INVOICE = declare(
    Invoice,
    key="invoice",
    label=Text("发票", "Invoice"),
    label_plural=Text("发票", "Invoices"),
    icon="receipt",
    color="purple",
    group="money",
    position=60,
    parents=("customer", "contract", "sales_order"),
    sections=(BASIC, MONEY, BUYER),
    board_fields=("status", "kind"),
    subtitle_fields=("number", "customer"),
    has_currency=True,
    rate_field="rate",
    handed_over={"field": "status", "op": "is", "value": "requested"},
    fields=[
        field("name", "text", Text("发票抬头", "Title"), required=True, searchable=True, in_list=True,
              synonyms=("抬头", "购方名称", "invoice title", "buyer")),
        field("number", "text", Text("发票号码", "Number"), in_list=True, searchable=True, unique=True, **_KEPT,
              synonyms=("发票号", "invoice number")),
        field("status", "select", Text("状态", "Status"), options=STATES, default="requested", in_list=True, **_KEPT),
        field("kind", "select", Text("发票类型", "Kind"), options=KINDS, in_list=True, synonyms=("票种", "invoice type")),
        field("customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
              synonyms=("客户名称", "公司名称", "account", "company")),
        field("contract", "link", Text("合同", "Contract"), target="contract",
              synonyms=("合同名称", "contract name")),
        field("sales_order", "link", Text("订单", "Order"), target="sales_order",
              synonyms=("订单名称", "订单编号", "order name")),
        field("issued_on", "date", Text("开票日期", "Issued"), in_list=True, **_KEPT),
        field("content", "text", Text("开票内容", "What it is for"), help=Text("商品或服务名称。", "The goods or services.")),
        field("reverses", "link", Text("红冲的发票", "Takes back"), target="invoice", **_KEPT),
        field("total", "money", Text("价税合计", "Total"), required=True, in_list=True, section="money",
              synonyms=("开票金额", "含税金额", "invoice amount"), help=Text("红字发票是负数。", "Negative where it takes back.")),
        field("tax_rate", "percent", Text("税率", "Tax rate"), section="money", config={"min": 0, "max": 100},
              help=Text("不填时按订单或合同的税额分摊。",
                        "Left empty, its share of the order's or contract's tax.")),
        field("amount", "money", Text("不含税金额", "Net"), **_OF_TOTAL),
        field("tax", "money", Text("税额", "Tax"), **_OF_TOTAL),
        currency_field(section="money"),
        field("rate", "decimal", Text("汇率", "Exchange rate"), config={"decimals": 6}, section="money", **_KEPT),
        field("base_total", "money", Text("本位币金额", "In the workspace's currency"),
              config={"currency": "workspace"}, **_OF_TOTAL),
        field("reversed_total", "money", Text("已红冲", "Taken back"), **_OF_TOTAL),
        field("received", "money", Text("已回款", "Received"), **_OF_TOTAL),
        field("outstanding", "money", Text("未回款", "Outstanding"), **_OF_TOTAL),
        field("tax_number", "tax_number", Text("税号", "Tax number"), section="buyer", searchable=True,
              synonyms=("纳税人识别号", "统一社会信用代码", "tax id")),
        field("bank", "text", Text("开户银行", "Bank"), section="buyer"),
        field("bank_account", "text", Text("银行账号", "Bank account"), section="buyer"),
        field("address", "text", Text("地址", "Address"), section="buyer"),
        field("phone", "text", Text("电话", "Telephone"), section="buyer"),
        field("send_to", "text", Text("收票邮箱或地址", "Send it to"), section="buyer"),
        field("reason", "text", Text("退回或红冲原因", "Why it was rejected or taken back"), **_KEPT),
        field("description", "long_text", Text("备注", "Notes"), searchable=True),
    ],
)  # fmt: skip
