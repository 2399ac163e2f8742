"""`contract` 合同: what was agreed with a customer, for how much and for how long."""

from guanxi.domains.sales.papers.models import Contract
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
    ("active", "执行中", "In force", "blue"),
    ("finished", "已完成", "Finished", "green"),
    ("terminated", "已终止", "Terminated", "clay"),
)
KINDS = options(
    ("sale", "销售合同", "Sale"),
    ("service", "服务合同", "Service"),
    ("framework", "框架合同", "Framework"),
    ("change", "变更合同", "Change"),
    ("other", "其他", "Other", "gray"),
)

CONTRACT = declare(
    Contract,
    key="contract",
    label=Text("合同", "Contract"),
    label_plural=Text("合同", "Contracts"),
    icon="file-check",
    color="green",
    group="sales",
    position=56,
    parents=("customer",),
    sections=(BASIC, MONEY, APPROVAL),
    board_fields=("status", "kind"),
    subtitle_fields=("number", "customer"),
    has_currency=True,
    rate_field="rate",
    lines={"items": document_lines()},
    handed_over={"field": "status", "op": "in", "value": ["draft", "pending", "approved", "active"]},
    fields=[
        field("name", "text", Text("合同名称", "Name"), required=True, searchable=True, in_list=True,
              synonyms=("名称", "标题", "contract name", "title")),
        field("number", "serial", Text("合同编号", "Number"), in_list=True, searchable=True, unique=True, readonly=True,
              in_create=False, config={"pattern": "HT-{YYYY}-{0000}", "reset": "year"},
              synonyms=("编号", "contract number")),
        status_field(STATES, "draft"),
        field("kind", "select", Text("合同类型", "Kind"), options=KINDS, in_list=True),
        *party_fields(),
        field("quote", "link", Text("报价单", "Quote"), target="quote", in_create=False),
        field("amends", "link", Text("变更自", "Changes"), target="contract", in_create=False,
              help=Text("变更合同改的是哪一份。", "The contract that this one changes.")),
        field("signed_on", "date", Text("签订日期", "Signed"), in_list=True),
        field("starts_on", "date", Text("开始日期", "From")),
        field("ends_on", "date", Text("结束日期", "Until"), in_list=True),
        field("notice_days", "number", Text("提前几天续签", "Days of notice"), in_create=False,
              config={"min": 0, "max": 365},
              help=Text("到期前这么多天提醒负责人，并建一个续签商机；不填为 30 天，0 为不提醒。",
                        "So many days before its end the owner is told, and a deal to renew it is made; 30 where it is"
                        " left empty, 0 for never.")),
        field("renewal", "link", Text("续签商机", "Renewal"), target="opportunity", readonly=True, in_create=False),
        field("items", "sub_table", Text("明细", "Items")),
        field("terms", "long_text", Text("条款", "Terms"), searchable=True),
        field("attachments", "files", Text("附件", "Attachments"), in_create=False,
              help=Text("签字盖章的扫描件、技术协议等。", "The signed copy, technical annexes and the like.")),
        field("description", "long_text", Text("内部备注", "Internal notes"), searchable=True),
        *money_fields(),
        *(
            field(key, "money", Text(*label), section="money", readonly=True, in_create=False, help=Text(*help_text),
                  copies=("product", "cost"), config=config)
            for key, label, help_text, config in (
                ("cost_total", ("成本合计", "Cost"), ("明细的数量 × 成本单价；没有成本的明细按 0。",
                 "Quantity × unit cost of the items; one without a cost counts as nothing."), {}),
                ("gross_profit", ("毛利", "Gross profit"), ("不含税合计减去成本，折合本位币；成本以写入明细时为准，以后不变。",
                 "Net total less cost, in the workspace's currency; costs are those of when the items were written."),
                 {"currency": "workspace"}),
            )
        ),
        *approval_fields(),
    ],
)  # fmt: skip
