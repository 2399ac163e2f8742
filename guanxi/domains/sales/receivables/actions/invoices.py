"""Invoices from asking to taking back, as buttons: requested, issued with a number, taken back by a negative one."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.receivables import invoicing, providers
from guanxi.domains.sales.receivables.ledger import INVOICE
from guanxi.domains.sales.receivables.objects.invoice import KINDS
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class RequestInvoice(Action):
    """Ask for an invoice over what is not invoiced of a contract or an order."""

    key = "request_invoice"
    label = Text("申请开票", "Ask for an invoice")
    icon = "receipt"
    objects = ("contract", "sales_order")
    when = ("status", tuple(sorted({state for states in invoicing.AGREED.values() for state in states})))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Kind, amount, and to whom."""
        return (
            field("kind", "select", Text("发票类型", "Kind"), options=KINDS, required=True, default="special"),
            field("total", "money", Text("价税合计", "Total"), config={"min": 0},
                  help=Text("不填时开完剩下的金额。", "Left empty, all that is not invoiced.")),
            field("name", "text", Text("发票抬头", "Title"), help=Text("不填时取客户名称。", "Left empty, the customer's name.")),
            field("tax_number", "tax_number", Text("税号", "Tax number"),
                  help=Text("不填时取客户的统一社会信用代码。", "Left empty, the customer's.")),
            field("bank", "text", Text("开户银行", "Bank")),
            field("bank_account", "text", Text("银行账号", "Bank account")),
            field("address", "text", Text("地址", "Address")),
            field("phone", "text", Text("电话", "Telephone")),
            field("content", "text", Text("开票内容", "What it is for")),
            field("send_to", "text", Text("收票邮箱或地址", "Send it to")),
        )  # fmt: skip

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"invoice": a link to it}`; raises Invalid for more than is left, Forbidden for who may not read the total."""
        return invoicing.request(ctx, obj.key, ids[0], data)


class IssueInvoice(Action):
    """Write down number and day of an invoice: from then on it is locked."""

    key = "issue_invoice"
    label = Text("登记开票", "Mark as issued")
    icon = "check"
    objects = (INVOICE,)
    when = ("status", ("requested",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Number and day."""
        return (
            field("number", "text", Text("发票号码", "Number"), required=len(providers.provider_registry) == 1,
                  config={"max": 40}, help=Text("发票上的号码；电子发票是 20 位数字。",
                                                "What is printed on it; 20 digits on an electronic one.")),
            field("issued_on", "date", Text("开票日期", "Issued"), help=Text("不填为今天。", "Left empty, today.")),
        )  # fmt: skip

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"status": "issued", "number"}`; raises Conflict unless it is asked for, Invalid for a number that is taken."""
        return invoicing.issue(ctx, ids[0], data)


class ReverseInvoice(Action):
    """Take an issued invoice back, all of it or a part: a negative invoice is asked for."""

    key = "reverse_invoice"
    label = Text("红冲", "Take back")
    icon = "rotate-ccw"
    danger = True
    objects = (INVOICE,)
    when = ("status", ("issued",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """How much, and why."""
        return (
            field("total", "money", Text("红冲金额", "Amount"), config={"min": 0},
                  help=Text("不填时全部红冲。", "Left empty, all of it.")),
            field("comment", "text", Text("原因", "Reason"), required=True, config={"max": 500}),
        )  # fmt: skip

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"invoice": a link to the negative one}`; raises Invalid for more than is left of it."""
        return invoicing.reverse(ctx, ids[0], data)


invoicing.MACHINE.register()
for _action in (RequestInvoice(), IssueInvoice(), ReverseInvoice()):
    action_registry.register(_action)
