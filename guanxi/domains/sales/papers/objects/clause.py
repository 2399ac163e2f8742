"""`clause` 条款库: wording that goes into one contract after the other, kept in one place."""

from guanxi.domains.sales.papers.models import Clause
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

TOPICS = options(
    ("payment", "付款", "Payment"),
    ("delivery", "交付与验收", "Delivery and acceptance"),
    ("warranty", "质保与服务", "Warranty and service"),
    ("liability", "违约责任", "Liability"),
    ("confidential", "保密与数据", "Confidentiality and data"),
    ("dispute", "争议解决", "Disputes"),
    ("other", "其他", "Other", "gray"),
)

CLAUSE = declare(
    Clause,
    key="clause",
    label=Text("条款", "Clause"),
    label_plural=Text("条款库", "Clauses"),
    icon="file-text",
    color="slate",
    group="catalogue",
    position=54,
    shared=True,
    timeline=False,
    fields=[
        field("name", "text", Text("条款名称", "Name"), required=True, searchable=True, in_list=True,
              synonyms=("标题", "clause name", "title")),
        field("topic", "select", Text("分类", "Topic"), options=TOPICS, in_list=True),
        field("body", "long_text", Text("条款内容", "Wording"), required=True, searchable=True, in_list=True,
              help=Text("用「加条款」写进报价单或合同；写进去以后，这里再改也不影响它。",
                        "“Add clauses” writes it into a quote or a contract; what is changed here later does not change these."),
              synonyms=("正文", "内容", "wording", "text")),
    ],
)  # fmt: skip
