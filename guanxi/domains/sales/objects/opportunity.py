"""`opportunity` 商机: a deal on its way through a pipeline."""

from guanxi.domains.customers import facade as customers
from guanxi.domains.sales import options
from guanxi.domains.sales.models import Opportunity
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

PROGRESS = Section("progress", Text("进展", "Progress"))
OUTCOME = Section("outcome", Text("结果", "Outcome"))

OPPORTUNITY = declare(
    Opportunity,
    key="opportunity",
    label=Text("商机", "Opportunity"),
    label_plural=Text("商机", "Opportunities"),
    icon="target",
    color="teal",
    group="sales",
    position=40,
    parents=("customer",),
    sections=(BASIC, PROGRESS, OUTCOME),
    board_fields=("stage",),
    subtitle_fields=("customer", "stage"),
    has_currency=True,
    fields=[
        field(
            "name", "text", Text("商机名称", "Name"), required=True, searchable=True, in_list=True,
            synonyms=(
                "名称", "商机", "项目名称", "商机标题",
                "name", "deal", "deal name", "deal - title", "deal title", "opportunity", "opportunity name", "title",
            ),
        ),
        field(
            "customer", "link", Text("客户", "Customer"), target="customer", in_list=True,
            synonyms=(
                "客户名称", "公司", "公司名称", "企业名称", "所属客户",
                "account", "account name", "company", "company name", "organization", "organization - name", "customer name",
            ),
        ),
        field(
            "contact", "link", Text("联系人", "Contact"), target="contact",
            synonyms=("联系人姓名", "客户联系人", "contact", "contact name", "contact person", "person - name"),
        ),
        field(
            "amount", "money", Text("金额", "Amount"), in_list=True,
            synonyms=(
                "商机金额", "预计金额", "项目金额", "成交金额",
                "amount", "value", "deal value", "deal - value", "close value", "deal amount", "deal size", "revenue",
            ),
        ),
        field(
            "product", "link", Text("意向产品", "Product"), target="product",
            synonyms=("产品", "产品名称", "product", "product name", "product - name"),
        ),
        field(
            "source", "select", Text("来源", "Source"), options=customers.SOURCES, in_create=False,
            synonyms=("商机来源", "客户来源", "source", "lead source"),
        ),
        field(
            "number", "text", Text("编号", "Number"), unique=True, searchable=True, in_create=False,
            help=Text("原系统的编号，可用来更新导入。", "Its number in the system it came from; imports can update by it."),
            synonyms=("商机编号", "项目编号", "number", "opportunity id", "deal id", "deal - id", "record id"),
        ),
        field("tags", "tags", Text("标签", "Tags"), in_create=False, synonyms=("标记", "tags", "labels", "label")),
        field(
            "description", "long_text", Text("备注", "Notes"), searchable=True,
            synonyms=("说明", "描述", "notes", "note", "description", "comments", "remarks"),
        ),
        field(
            "pipeline", "select", Text("销售流程", "Pipeline"), options_source="pipelines", section="progress",
            in_create=False, synonyms=("流程", "管道", "商机组", "pipeline", "deal - pipeline"),
        ),
        field(
            "stage", "stage", Text("阶段", "Stage"), options_source="stages", section="progress", in_list=True,
            synonyms=("商机阶段", "销售阶段", "stage", "deal stage", "deal - stage", "sales stage", "opportunity stage"),
        ),
        field(
            "probability", "percent", Text("赢率", "Probability"), section="progress", in_create=False,
            config={"min": 0, "max": 100},
            help=Text("随阶段变化，也可以自己改。", "Follows the stage; you can set your own."),
            synonyms=("成交概率", "可能性", "probability", "win probability"),
        ),
        field(
            "start_date", "date", Text("开始日期", "Start date"), section="progress", in_create=False,
            synonyms=("立项日期", "接洽日期", "engage date", "engaged", "start date", "open date"),
        ),
        field(
            "expected_close_date", "date", Text("预计成交日期", "Expected close"), section="progress", in_list=True,
            synonyms=("预计成交日", "预计签单日期", "预计结单日期", "expected close date", "expected close", "deal - expected close date"),
        ),
        field(
            "next_step", "text", Text("下一步", "Next step"), section="progress",
            synonyms=("下一步计划", "next step", "next steps"),
        ),
        field(
            "next_contact_at", "datetime", Text("下次联系", "Next contact"), section="progress", in_list=True,
            synonyms=("下次联系时间", "下次跟进", "下次跟进时间", "next contact", "next follow-up"),
        ),
        field(
            "last_contact_at", "datetime", Text("最近联系", "Last contact"), section="progress",
            readonly=True, in_create=False,
            synonyms=("最后联系时间", "最近跟进时间", "last contact", "last activity"),
        ),
        field(
            "stage_entered_at", "datetime", Text("进入阶段时间", "In this stage since"), section="progress",
            readonly=True, in_create=False,
        ),
        field(
            "status", "select", Text("状态", "Status"), options=options.OPPORTUNITY_STATUSES, section="outcome",
            readonly=True, in_create=False,
        ),
        field(
            "close_date", "date", Text("成交日期", "Close date"), section="outcome", in_create=False,
            help=Text("赢单或输单的日期。", "The day it was won or lost."),
            synonyms=("结单日期", "关闭日期", "赢单日期", "实际成交日期", "close date", "closed", "closed at", "deal - won time"),
        ),
        field(
            "loss_reason", "select", Text("输单原因", "Loss reason"), options=options.LOSS_REASONS, section="outcome",
            in_create=False, synonyms=("丢单原因", "失败原因", "loss reason", "lost reason", "closed lost reason"),
        ),
        field(
            "loss_note", "text", Text("输单说明", "About the loss"), section="outcome", in_create=False,
            config={"max": 500},
        ),
        field(
            "competitor", "text", Text("竞争对手", "Competitor"), section="outcome", in_create=False, searchable=True,
            synonyms=("对手", "竞品", "competitor", "competitors"),
        ),
    ],
)
