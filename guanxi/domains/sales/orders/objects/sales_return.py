"""`sales_return` 退货单: what a customer sends back, to be replaced or for good."""

from guanxi.domains.sales.orders.models import SalesReturn
from guanxi.domains.sales.orders.objects.movement_fields import (
    carrier_fields,
    end_fields,
    head_fields,
    movement_lines,
)
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

STATES = options(
    ("requested", "待收货", "Requested", "gold"),
    ("received", "已收货", "Received", "green"),
    ("cancelled", "已取消", "Cancelled", "clay"),
)
KINDS = options(
    ("refund", "退货", "For good", "clay"),
    ("exchange", "换货", "To be replaced", "blue"),
)
REASONS = options(
    ("quality", "质量问题", "Quality"),
    ("damaged", "运输损坏", "Damaged on the way"),
    ("wrong", "发错货", "Wrong goods"),
    ("unwanted", "客户不要了", "Not wanted any more"),
    ("other", "其他", "Other", "gray"),
)
NUMBER = field(
    "number", "serial", Text("退货单号", "Number"), in_list=True, searchable=True, unique=True, readonly=True,
    in_create=False, config={"pattern": "RT-{YYYY}{MM}-{0000}", "reset": "month"}, synonyms=("编号", "return number"),
)  # fmt: skip

SALES_RETURN = declare(
    SalesReturn,
    key="sales_return",
    label=Text("退货单", "Return"),
    label_plural=Text("退货单", "Returns"),
    icon="rotate-ccw",
    color="clay",
    group="money",
    position=58,
    parents=("sales_order",),
    board_fields=("status", "kind"),
    subtitle_fields=("number", "kind"),
    lines={"items": movement_lines()},
    handed_over={"field": "status", "op": "is", "value": "requested"},
    fields=[
        *head_fields(STATES, "requested", NUMBER),
        field("kind", "select", Text("方式", "Kind"), options=KINDS, default="refund", in_list=True,
              help=Text("退货：不再补发，应付金额减少。换货：要重新发货。",
                        "For good: not delivered again, and less is to be paid. To be replaced: delivered again.")),
        field("reason", "select", Text("原因", "Reason"), options=REASONS, in_list=True),
        field("requested_on", "date", Text("申请日期", "Requested on"), help=Text("不填为当天。", "Left empty, it is today.")),
        *carrier_fields(),
        *end_fields(),
    ],
)  # fmt: skip
