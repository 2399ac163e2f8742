"""`price_book_entry` 价目: what a product costs in a price book, from some quantity on."""

from guanxi.domains.sales.pricing.models import PriceBookEntry
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

PRICE_BOOK_ENTRY = declare(
    PriceBookEntry,
    key="price_book_entry",
    label=Text("价目", "Price"),
    label_plural=Text("价目", "Prices"),
    icon="tag",
    color="purple",
    group="catalogue",
    position=52,
    shared=True,
    subtitle_fields=("price_book",),
    timeline=False,
    fields=[
        field(
            "name",
            "text",
            Text("名称", "Name"),
            in_create=False,
            help=Text("不填时取产品名称。", "Left empty, it is the product's name."),
        ),
        field(
            "price_book",
            "link",
            Text("价格表", "Price book"),
            target="price_book",
            required=True,
            in_list=True,
            synonyms=("价格表名称", "price list", "pricebook"),
        ),
        field(
            "product",
            "link",
            Text("产品", "Product"),
            target="product",
            required=True,
            in_list=True,
            synonyms=("产品名称", "商品", "product name", "item"),
        ),
        field(
            "price",
            "money",
            Text("价格", "Price"),
            required=True,
            in_list=True,
            config={"min": 0},
            synonyms=("单价", "销售价格", "unit price", "list price"),
        ),
        field(
            "from_quantity",
            "decimal",
            Text("起订数量", "From quantity"),
            in_list=True,
            config={"decimals": 4, "trim": True, "min": 0},
            help=Text(
                "达到这个数量才用这个价；不填则任何数量都用。",
                "The price holds from this quantity on; left empty, for any.",
            ),
        ),
    ],
)
