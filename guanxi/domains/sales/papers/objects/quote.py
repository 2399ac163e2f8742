"""`quote` 报价单: what the firm offers a customer, at what prices, and until when."""

from guanxi.domains.sales.papers.models import Quote
from guanxi.domains.sales.papers.paper_fields import (
    APPROVAL,
    MONEY,
    approval_fields,
    money_fields,
    party_fields,
    status_field,
)
from guanxi.domains.sales.pricing.line_fields import document_lines
from guanxi.engine.schema.definitions import BASIC
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

STATES = options(
    ("draft", "草稿", "Draft", "slate"),
    ("pending", "待审批", "Awaiting approval", "gold"),
    ("approved", "已批准", "Approved", "teal"),
    ("sent", "已发出", "Sent", "blue"),
    ("accepted", "客户已接受", "Accepted", "green"),
    ("declined", "客户未接受", "Declined", "clay"),
    ("superseded", "已有新版本", "Superseded", "gray"),
)

QUOTE = declare(
    Quote,
    key="quote",
    label=Text("报价单", "Quote"),
    label_plural=Text("报价单", "Quotes"),
    icon="file-text",
    color="gold",
    group="sales",
    position=55,
    parents=("customer",),
    sections=(BASIC, MONEY, APPROVAL),
    board_fields=("status",),
    subtitle_fields=("number", "customer"),
    has_currency=True,
    rate_field="rate",
    lines={"items": document_lines()},
    handed_over={"field": "status", "op": "in", "value": ["draft", "pending", "approved", "sent"]},
    fields=[
        field("name", "text", Text("标题", "Title"), required=True, searchable=True, in_list=True,
              synonyms=("报价单名称", "主题", "subject", "quote name")),
        field("number", "serial", Text("报价单号", "Number"), in_list=True, searchable=True, readonly=True,
              in_create=False, config={"pattern": "QT-{YYYY}{MM}-{0000}", "reset": "month"},
              synonyms=("编号", "quote number")),
        field("revision", "number", Text("版本", "Version"), in_list=True, readonly=True, in_create=False),
        status_field(STATES, "draft"),
        *party_fields(),
        field("issued_on", "date", Text("报价日期", "Date"), in_create=False,
              help=Text("不填为当天；价格表和汇率按这一天取。",
                        "Left empty, it is today; price books and rates are those of this day.")),
        field("valid_until", "date", Text("有效期至", "Valid until"), in_list=True,
              help=Text("不填为 30 天后。", "Left empty, it is 30 days later.")),
        field("items", "sub_table", Text("明细", "Items")),
        field("terms", "long_text", Text("条款", "Terms")),
        field("description", "long_text", Text("内部备注", "Internal notes"), searchable=True),
        *money_fields(),
        field("previous", "link", Text("上一版本", "Previous version"), target="quote", readonly=True, in_create=False),
        field("sent_at", "datetime", Text("发出时间", "Sent"), readonly=True, in_create=False),
        field("opened_at", "datetime", Text("客户首次打开", "First opened"), readonly=True, in_create=False,
              help=Text("客户第一次打开确认链接的时间。", "When the customer first opened the link.")),
        field("answered_at", "datetime", Text("客户答复时间", "Answered"), readonly=True, in_create=False),
        field("answered_by", "text", Text("答复人", "Answered by"), readonly=True, in_create=False),
        field("answer_note", "text", Text("客户的话", "What the customer said"), readonly=True, in_create=False),
        *approval_fields(),
    ],
)  # fmt: skip
