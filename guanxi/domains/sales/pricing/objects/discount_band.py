"""`discount_band` 折扣权限: how much discount people of a role may give customers of a level without asking."""

from guanxi.domains.customers import facade as customers
from guanxi.domains.sales.pricing.models import DiscountBand
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

ROLES = options(
    ("admin", "管理员", "Administrator"),
    ("manager", "主管", "Manager"),
    ("member", "成员", "Member"),
)

DISCOUNT_BAND = declare(
    DiscountBand,
    key="discount_band",
    label=Text("折扣权限", "Discount band"),
    label_plural=Text("折扣权限", "Discount bands"),
    icon="percent",
    color="purple",
    group="catalogue",
    position=53,
    shared=True,
    timeline=False,
    fields=[
        field("name", "text", Text("名称", "Name"), in_create=False),
        field(
            "role",
            "select",
            Text("角色", "Role"),
            options=ROLES,
            in_list=True,
            help=Text(
                "不填则对所有人。自建的角色可以在这里加成选项，选项的值就是角色的标识。",
                "Left empty, it holds for everybody. Add roles of your own as options; an option's value is the role's key.",
            ),
        ),
        field(
            "tier",
            "select",
            Text("客户级别", "Customer tier"),
            options=customers.TIERS,
            in_list=True,
            help=Text("不填则对所有级别。", "Left empty, it holds for all tiers."),
        ),
        field(
            "limit",
            "percent",
            Text("最大折扣", "Largest discount"),
            column="limit_percent",
            in_list=True,
            config={"min": 0, "max": 100},
            help=Text(
                "超过它要审批；不填则不限。", "More than this needs approval; left empty, there is no limit."
            ),
        ),
        field(
            "contract_limit",
            "money",
            Text("合同金额上限", "Contracts up to"),
            in_list=True,
            config={"min": 0, "currency": "workspace"},
            help=Text(
                "本位币；超过它的合同要审批，不填则不限。",
                "In the workspace's currency; contracts above need approval. Left empty, there is no limit.",
            ),
        ),
    ],
)
