"""`sales_order` 订单: what a customer has ordered, how much of it was delivered, and what came back."""

from typing import Any

from guanxi.domains.sales.orders.models import SalesOrder
from guanxi.domains.sales.papers.facade import MONEY, money_fields, party_fields, status_field
from guanxi.domains.sales.pricing.line_fields import document_lines
from guanxi.engine.schema.definitions import BASIC, FieldDef, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

DELIVERY = Section("delivery", Text("交付", "Delivery"))
STATES = options(
    ("draft", "草稿", "Draft", "slate"),
    ("confirmed", "已确认", "Confirmed", "blue"),
    ("in_delivery", "发货中", "In delivery", "gold"),
    ("delivered", "已交付", "Delivered", "teal"),
    ("completed", "已完成", "Completed", "green"),
    ("cancelled", "已取消", "Cancelled", "clay"),
)
OPEN = ("draft", "confirmed", "in_delivery", "delivered")
MONEY_KEPT: dict[str, Any] = {"readonly": True, "in_create": False, "section": "money"}


def order_lines() -> list[FieldDef]:
    """The fields of an order's lines: those of every paper, and what became of them."""
    kept: dict[str, Any] = {"readonly": True, "in_create": False, "config": {"decimals": 4}}
    return [
        *document_lines(),
        field("delivered", "decimal", Text("已交付", "Delivered"), **kept,
              help=Text("发出的减去退回的。", "What was shipped, less what came back.")),
        field("returned", "decimal", Text("已退货", "Returned"), **kept,
              help=Text("退回且不再补发的。", "What came back and is not to be delivered again.")),
    ]  # fmt: skip


SALES_ORDER = declare(
    SalesOrder,
    key="sales_order",
    label=Text("订单", "Order"),
    label_plural=Text("订单", "Orders"),
    icon="clipboard",
    color="blue",
    group="money",
    position=57,
    parents=("customer",),
    sections=(BASIC, DELIVERY, MONEY),
    board_fields=("status",),
    subtitle_fields=("number", "customer"),
    has_currency=True,
    rate_field="rate",
    lines={"items": order_lines()},
    handed_over={"field": "status", "op": "in", "value": list(OPEN)},
    fields=[
        field("name", "text", Text("订单名称", "Name"), required=True, searchable=True, in_list=True,
              synonyms=("名称", "标题", "order name", "title", "subject")),
        field("number", "serial", Text("订单编号", "Number"), in_list=True, searchable=True, unique=True, readonly=True,
              in_create=False, config={"pattern": "SO-{YYYY}{MM}-{0000}", "reset": "month"},
              synonyms=("编号", "订单号", "order number")),
        status_field(STATES, "draft"),
        *party_fields(),
        field("quote", "link", Text("报价单", "Quote"), target="quote", in_create=False),
        field("contract", "link", Text("合同", "Contract"), target="contract"),
        field("ordered_on", "date", Text("下单日期", "Ordered"), in_list=True,
              help=Text("不填为当天；价格表和汇率按这一天取。",
                        "Left empty, it is today; price books and rates are those of this day.")),
        field("due_on", "date", Text("要求交付日期", "Due"), section="delivery", in_list=True,
              synonyms=("交货日期", "交期", "delivery date")),
        field("delivery_address", "long_text", Text("收货信息", "Deliver to"), section="delivery",
              help=Text("收货人、电话、地址。", "Who receives it, phone, address."),
              synonyms=("收货地址", "送货地址", "shipping address")),
        field("confirmed_at", "datetime", Text("确认时间", "Confirmed"), readonly=True, in_create=False),
        field("closing_note", "text", Text("结束原因", "Why it was closed"), readonly=True, in_create=False),
        field("items", "sub_table", Text("明细", "Items")),
        field("description", "long_text", Text("内部备注", "Internal notes"), searchable=True),
        *money_fields(),
        field("returned_total", "money", Text("退货金额", "Returned"), **MONEY_KEPT,
              help=Text("退回且不再补发的货值。", "What came back for good comes to so much.")),
        field("owed_total", "money", Text("应付金额", "To be paid"), **MONEY_KEPT,
              help=Text("总额减去退货金额。", "The total, less what came back for good.")),
        field("credit_released", "money", Text("超信用额度放行", "Released beyond credit"), **MONEY_KEPT,
              copies=("sales_order", "total"),
              help=Text("主管放行的金额：订单不超过它，就能确认。",
                        "What a manager let pass: up to it, the order may be confirmed.")),
        field("credit_note", "text", Text("放行原因", "Why it was released"), **MONEY_KEPT),
    ],
)  # fmt: skip
