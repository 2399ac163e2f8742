"""`price_book` 价格表: prices for customers of a level or a region, in a currency, for some time."""

from guanxi.domains.customers import facade as customers
from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.domains.sales.pricing.models import PriceBook
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

FITS = Section("fits", Text("适用范围", "Holds for"))

PRICE_BOOK = declare(
    PriceBook,
    key="price_book",
    label=Text("价格表", "Price book"),
    label_plural=Text("价格表", "Price books"),
    icon="book",
    color="purple",
    group="catalogue",
    position=51,
    shared=True,
    sections=(BASIC, FITS),
    has_currency=True,
    default_sort="name",
    fields=[
        field("name", "text", Text("价格表名称", "Name"), required=True, searchable=True, in_list=True),
        field("is_active", "boolean", Text("启用", "In use"), default=True, in_list=True),
        currency_field(section="basic", in_create=True, in_list=True),
        field(
            "priority",
            "number",
            Text("优先级", "Priority"),
            in_list=True,
            config={"min": 0, "max": 9999},
            help=Text(
                "几张价格表同样合适时，数字小的先用。",
                "Of several books that fit equally well, the one with the smaller number is used.",
            ),
        ),
        field("description", "long_text", Text("备注", "Notes"), searchable=True),
        field(
            "tiers",
            "multi_select",
            Text("客户级别", "Customer tiers"),
            options=customers.TIERS,
            section="fits",
            in_list=True,
            help=Text("不填则适用所有级别。", "Left empty, it holds for all tiers."),
        ),
        field(
            "region",
            "address",
            Text("客户地区", "Customer region"),
            section="fits",
            in_list=True,
            help=Text(
                "填到省或市即可；不填则适用所有地区。",
                "A province or a city will do; left empty, it holds everywhere.",
            ),
        ),
        field("starts_on", "date", Text("开始日期", "From"), section="fits", in_list=True),
        field("ends_on", "date", Text("结束日期", "Until"), section="fits", in_list=True),
    ],
)
