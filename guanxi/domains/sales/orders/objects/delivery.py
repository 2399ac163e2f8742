"""`delivery` 发货单: a part of an order that goes to the customer."""

from guanxi.domains.sales.orders.models import Delivery
from guanxi.domains.sales.orders.objects.movement_fields import (
    carrier_fields,
    end_fields,
    head_fields,
    movement_lines,
)
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

STATES = options(
    ("planned", "待发货", "Planned", "slate"),
    ("shipped", "已发货", "Shipped", "blue"),
    ("received", "已签收", "Received", "green"),
    ("cancelled", "已取消", "Cancelled", "clay"),
)
NUMBER = field(
    "number", "serial", Text("发货单号", "Number"), in_list=True, searchable=True, unique=True, readonly=True,
    in_create=False, config={"pattern": "DN-{YYYY}{MM}-{0000}", "reset": "month"}, synonyms=("编号", "delivery number"),
)  # fmt: skip

DELIVERY = declare(
    Delivery,
    key="delivery",
    label=Text("发货单", "Delivery"),
    label_plural=Text("发货单", "Deliveries"),
    icon="truck",
    color="teal",
    group="money",
    position=58,
    parents=("sales_order",),
    board_fields=("status",),
    subtitle_fields=("number", "tracking_number"),
    lines={"items": movement_lines()},
    handed_over={"field": "status", "op": "in", "value": ["planned", "shipped"]},
    fields=[
        *head_fields(STATES, "planned", NUMBER),
        *carrier_fields(),
        field("planned_on", "date", Text("计划发货日期", "To be shipped")),
        field("shipped_on", "date", Text("发货日期", "Shipped on"), in_list=True, in_create=False,
              synonyms=("出库日期", "ship date")),
        *end_fields(),
    ],
)  # fmt: skip
