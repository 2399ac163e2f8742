"""The fields that deliveries and returns share: of which order, what, and by whom it is carried."""

from typing import Any

from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.registry import field
from guanxi.kit.text import Text

LINES_OF_ORDER = "sales_order_items"
MAX_QUANTITY = 99_999_999
KEPT: dict[str, Any] = {"readonly": True, "in_create": False}


def movement_lines() -> list[FieldDef]:
    """What goes or comes back: so many of a line of the order."""
    return [
        field("item", "link", Text("订单明细", "Order line"), target=LINES_OF_ORDER, required=True, in_list=True),
        field("name", "text", Text("名称", "Item"), in_list=True, **KEPT),
        field("sku", "text", Text("编码", "Code"), in_list=True, **KEPT),
        field("unit", "text", Text("单位", "Unit"), in_list=True, **KEPT),
        field("quantity", "decimal", Text("数量", "Quantity"), required=True, in_list=True,
              config={"decimals": 4, "min": 0, "max": MAX_QUANTITY}, synonyms=("qty", "count", "件数")),
        field("note", "text", Text("备注", "Note"), in_list=True),
    ]  # fmt: skip


def head_fields(states: tuple[Option, ...], first: str, number: FieldDef) -> list[FieldDef]:
    """What it is called, of which order it is and how it stands."""
    return [
        field("name", "text", Text("名称", "Name"), searchable=True, in_list=True,
              help=Text("不填就用订单名称加序号。", "Left empty, it is the order's name and a number.")),
        number,
        field("sales_order", "link", Text("订单", "Order"), target="sales_order", required=True, in_list=True),
        field("status", "select", Text("状态", "Status"), options=states, default=first, in_list=True, **KEPT),
    ]  # fmt: skip


def carrier_fields() -> list[FieldDef]:
    """Who carries it."""
    return [
        field("carrier", "text", Text("承运商", "Carrier"), in_list=True, searchable=True,
              synonyms=("快递公司", "物流公司", "shipping company")),
        field("tracking_number", "text", Text("运单号", "Tracking number"), in_list=True, searchable=True,
              synonyms=("快递单号", "物流单号", "waybill")),
    ]  # fmt: skip


def end_fields() -> list[FieldDef]:
    """When it arrived, its lines, and what is said of it."""
    return [
        field("received_on", "date", Text("签收日期", "Received")),
        field("items", "sub_table", Text("明细", "Items")),
        field("description", "long_text", Text("内部备注", "Internal notes"), searchable=True),
        field("closing_note", "text", Text("取消原因", "Why it was cancelled"), **KEPT),
    ]
