"""The lines of deals besides what is sold: who plays which part in it, and whose revenue it is."""

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.registry import field, options
from guanxi.kit.text import Text

ROLES = options(
    ("decision_maker", "决策人", "Decision maker", "green"),
    ("buyer", "采购", "Buyer", "blue"),
    ("influencer", "影响者", "Influencer", "teal"),
    ("user", "使用人", "User", "slate"),
    ("technical", "技术把关", "Technical approval", "purple"),
    ("champion", "支持我们的人", "Champion", "gold"),
    ("other", "其他", "Other", "gray"),
)
STANCES = options(
    ("for", "支持", "For us", "green"),
    ("neutral", "中立", "Neutral", "slate"),
    ("against", "反对", "Against", "clay"),
)


def role_lines() -> list[FieldDef]:
    """Who of the customer's people plays which part in a deal."""
    return [
        field("contact", "link", Text("联系人", "Contact"), target="contact", required=True, in_list=True),
        field("role", "select", Text("角色", "Role"), options=ROLES, in_list=True),
        field("stance", "select", Text("态度", "Stance"), options=STANCES, in_list=True),
        field("name", "text", Text("说明", "Note"), in_list=True, position=9),
    ]


def split_lines() -> list[FieldDef]:
    """Whose revenue a deal is, in hundredths that sum to 100."""
    return [
        field("person", "user", Text("同事", "Person"), required=True, in_list=True),
        field("share", "percent", Text("比例", "Share"), required=True, in_list=True, config={"min": 0, "max": 100}),
        field("amount", "money", Text("金额", "Amount"), readonly=True, in_create=False, in_list=True,
              config={"summed": True},
              help=Text("按比例分到分，合起来正好等于商机金额。", "By share, to the cent: together they are the deal's amount.")),
        field("name", "text", Text("说明", "Note"), in_list=True, position=9),
    ]  # fmt: skip
