"""`product` 产品: something the firm sells. Everybody sees products, managers keep them."""

from guanxi.domains.sales.models import Product
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

PRICE = Section("price", Text("价格", "Price"))

PRODUCT = declare(
    Product,
    key="product",
    label=Text("产品", "Product"),
    label_plural=Text("产品", "Products"),
    icon="package",
    color="purple",
    group="sales",
    position=50,
    shared=True,
    sections=(BASIC, PRICE),
    board_fields=(),
    subtitle_fields=("code", "category"),
    has_currency=True,
    default_sort="name",
    fields=[
        field(
            "name", "text", Text("产品名称", "Name"), required=True, searchable=True, in_list=True,
            synonyms=("名称", "产品", "商品名称", "品名", "name", "product", "product name", "product - name", "item", "item name"),
        ),
        field(
            "code", "text", Text("产品编码", "Code"), unique=True, searchable=True, in_list=True,
            synonyms=("编码", "产品编号", "货号", "型号", "code", "sku", "product code", "product - product code", "part number", "item code"),
        ),
        field(
            "category", "text", Text("产品类型", "Category"), in_list=True, searchable=True,
            synonyms=("类别", "分类", "产品分类", "产品类别", "系列", "产品系列", "category", "series", "product series", "product category", "family"),
        ),
        field(
            "unit", "text", Text("单位", "Unit"), in_list=True,
            synonyms=("产品单位", "计量单位", "unit", "product - unit", "unit of measure", "uom"),
        ),
        field(
            "is_active", "boolean", Text("在售", "On sale"), default=True, in_list=True,
            synonyms=("是否上架", "上架", "是否在售", "是否上下架", "active", "is active"),
        ),
        field(
            "description", "long_text", Text("产品描述", "Description"), searchable=True,
            synonyms=("描述", "说明", "备注", "产品说明", "description", "notes"),
        ),
        field(
            "price", "money", Text("价格", "Price"), section="price", in_list=True, config={"min": 0},
            synonyms=("单价", "标准价格", "售价", "销售价格", "price", "sales price", "unit price", "list price", "product - price"),
        ),
        field(
            "cost", "money", Text("成本", "Cost"), section="price", config={"min": 0},
            synonyms=("成本价", "单位成本", "cost", "cost price", "unit cost", "product - cost"),
        ),
        field(
            "tax_rate", "percent", Text("税率", "Tax rate"), section="price", config={"min": 0, "max": 100},
            synonyms=("增值税率", "税点", "tax", "tax rate", "vat"),
        ),
    ],
)
