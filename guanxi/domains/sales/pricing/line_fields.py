"""The fields that papers share: those of their lines, and those of their currency and totals.

*How it works*: an opportunity, a quote, an order … declares `lines={"items": document_lines()}` and takes
`currency_fields()`; documents.py keeps what is read-only here.

*Rules*: lines have no columns: their values live in their `custom` (docs/adr/0044, 0065).
"""

from typing import Any

from guanxi.domains.sales.pricing.currencies import CURRENCIES
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.registry import field
from guanxi.kit.text import Text

MAX_QUANTITY = 99_999_999


def document_lines() -> list[FieldDef]:
    """The fields of a paper's lines."""
    kept: dict[str, Any] = {"readonly": True, "in_create": False}
    return [
        field("product", "link", Text("产品", "Product"), target="product", in_list=True,
              synonyms=("产品名称", "商品", "product name", "item")),
        field("name", "text", Text("名称", "Item"), in_list=True, synonyms=("品名", "description")),
        field("sku", "text", Text("编码", "Code"), synonyms=("产品编码", "sku", "product code")),
        field("unit", "text", Text("单位", "Unit"), in_list=True, synonyms=("计量单位", "uom")),
        field("quantity", "decimal", Text("数量", "Quantity"), in_list=True, default=None,
              config={"decimals": 4, "trim": True, "min": 0, "max": MAX_QUANTITY}, synonyms=("qty", "count", "件数")),
        field("price", "money", Text("单价", "Unit price"), in_list=True, config={"min": 0},
              synonyms=("售价", "销售单价", "sales price")),
        field("list_price", "money", Text("标准价", "List price"), **kept,
              help=Text("写入时价格表里的价格。", "What the price book said when the line was written.")),
        field("discount", "percent", Text("折扣", "Discount"), in_list=True, config={"min": 0, "max": 100},
              help=Text("减去的百分数：10 表示九折。", "The hundredths taken off: 10 leaves 90 %.")),
        field("tax_rate", "percent", Text("税率", "Tax rate"), in_list=True, config={"min": 0, "max": 100}),
        field("amount", "money", Text("金额", "Amount"), in_list=True, config={"summed": True}, **kept,
              help=Text("数量 × 单价，减去本行折扣。", "Quantity × price, less the line's discount.")),
        field("net", "money", Text("不含税金额", "Net"), config={"summed": True}, **kept),
        field("tax", "money", Text("税额", "Tax"), config={"summed": True}, **kept),
        field("cost", "money", Text("成本单价", "Unit cost"), confidential=True, copies=("product", "cost"), **kept),
        field("note", "text", Text("备注", "Note")),
    ]  # fmt: skip


def currency_field(*, section: str = "price", in_create: bool = False, in_list: bool = False,
                   required: bool = False) -> FieldDef:  # fmt: skip
    """The currency of a record's amounts; the workspace's where none is given."""
    return field("currency", "select", Text("币种", "Currency"), options=CURRENCIES, section=section,
                 in_create=in_create, in_list=in_list, required=required, synonyms=("货币", "deal - currency"))  # fmt: skip


def currency_fields(section: str) -> list[FieldDef]:
    """A paper's currency, the rate it was written at, and what it comes to in the workspace's currency."""
    kept: dict[str, Any] = {"readonly": True, "in_create": False, "section": section}
    return [
        currency_field(section=section),
        field("rate", "decimal", Text("汇率", "Exchange rate"), config={"decimals": 6, "trim": True}, **kept,
              help=Text("写入币种那天的汇率，以后不再变。", "The rate of the day the currency was written; it stays.")),
        field("base_total", "money", Text("本位币金额", "In the workspace's currency"), **kept,
              config={"currency": "workspace"}),
    ]  # fmt: skip
