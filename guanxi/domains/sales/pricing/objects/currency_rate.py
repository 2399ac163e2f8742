"""`currency_rate` 汇率: what one unit of a currency is worth in the workspace's, from a day on."""

from guanxi.domains.sales.pricing.line_fields import currency_field
from guanxi.domains.sales.pricing.models import CurrencyRate
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

CURRENCY_RATE = declare(
    CurrencyRate,
    key="currency_rate",
    label=Text("汇率", "Exchange rate"),
    label_plural=Text("汇率", "Exchange rates"),
    icon="refresh",
    color="slate",
    group="catalogue",
    position=54,
    shared=True,
    timeline=False,
    default_sort="-day",
    fields=[
        field(
            "name",
            "text",
            Text("名称", "Name"),
            in_create=False,
            help=Text("不填时取币种和日期。", "Left empty, it is the currency and the day."),
        ),
        currency_field(section="basic", in_create=True, in_list=True, required=True),
        field(
            "day", "date", Text("生效日期", "From"), required=True, in_list=True, synonyms=("日期", "date")
        ),
        field(
            "rate",
            "decimal",
            Text("汇率", "Rate"),
            required=True,
            in_list=True,
            config={"decimals": 6, "trim": True, "min": 0.000001, "max": 1_000_000},
            help=Text(
                "1 单位该币种折合多少本位币；到下一条汇率的日期为止有效。",
                "What one unit is worth in the workspace's currency; it holds until the day of the next.",
            ),
            synonyms=("exchange rate",),
        ),
    ],
)
