"""The fields that quotes, contracts and orders share beside those of their lines."""

from typing import Any

from guanxi.domains.sales.pricing.line_fields import currency_fields
from guanxi.engine.schema.definitions import FieldDef, Option, Section
from guanxi.engine.schema.registry import field
from guanxi.kit.text import Text

MONEY = Section("money", Text("金额", "Money"))
APPROVAL = Section("approval", Text("审批", "Approval"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}


def party_fields() -> list[FieldDef]:
    """Whom it is for and which deal it belongs to."""
    return [
        field("customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
              synonyms=("客户名称", "公司名称", "account", "company")),
        field("contact", "link", Text("联系人", "Contact"), target="contact"),
        field("opportunity", "link", Text("商机", "Opportunity"), target="opportunity"),
    ]  # fmt: skip


def status_field(states: tuple[Option, ...], first: str) -> FieldDef:
    """The state; only the moves of its machine (states.py) change it."""
    return field(
        "status", "select", Text("状态", "Status"), options=states, default=first, in_list=True, **_KEPT
    )


def money_fields() -> list[FieldDef]:
    """Currency, the discount on the whole, and the totals that the program keeps."""
    kept = {**_KEPT, "section": "money"}
    currency, rate, base_total = currency_fields("money")
    return [
        currency,
        rate,
        field("tax_included", "boolean", Text("单价含税", "Prices include tax"), default=True, section="money",
              in_create=False, help=Text("不含税时，税额另加。", "Otherwise tax is added.")),
        field("discount", "percent", Text("整单折扣", "Discount on the whole"), section="money",
              config={"min": 0, "max": 100}, help=Text("减去的百分数：5 表示九五折。", "The hundredths taken off.")),
        field("subtotal", "money", Text("折前合计", "Before discounts"), **kept),
        field("discount_total", "money", Text("折扣合计", "Discounts"), **kept),
        field("net_total", "money", Text("不含税合计", "Net"), **kept),
        field("tax_total", "money", Text("税额合计", "Tax"), **kept),
        field("total", "money", Text("总额", "Total"), in_list=True, **kept),
        base_total,
    ]  # fmt: skip


def approval_fields() -> list[FieldDef]:
    """Who asked for approval, why it is needed, and what was said to it."""
    kept = {**_KEPT, "section": "approval"}
    return [
        field("submitted_by", "user", Text("提交人", "Submitted by"), column="submitted_by", **kept),
        field("submitted_at", "datetime", Text("提交时间", "Submitted"), **kept),
        field("approval_reasons", "long_text", Text("需要审批的原因", "Why it needs approval"), **kept),
        field("decided_by", "user", Text("审批人", "Decided by"), column="decided_by", **kept),
        field("decided_at", "datetime", Text("审批时间", "Decided"), **kept),
        field("decision_note", "text", Text("审批意见", "What was said"), **kept),
    ]  # fmt: skip
