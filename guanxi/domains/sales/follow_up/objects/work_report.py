"""`work_report` 工作汇报: what somebody did in a day or a week, and what comes next."""

from typing import Any

from guanxi.domains.sales.follow_up.models import WorkReport
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

FIGURES = Section("figures", Text("这段时间的数字", "Figures"))
KINDS = options(("daily", "日报", "Daily", "blue"), ("weekly", "周报", "Weekly", "teal"))
STATES = options(("draft", "草稿", "Draft", "slate"), ("submitted", "已提交", "Submitted", "green"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}
COUNTS = ("calls", "visits", "notes", "tasks_done", "new_customers", "won_deals")

WORK_REPORT = declare(
    WorkReport,
    key="work_report",
    label=Text("工作汇报", "Work report"),
    label_plural=Text("工作汇报", "Work reports"),
    icon="clipboard",
    color="slate",
    group="activities",
    position=96,
    sections=(BASIC, FIGURES),
    board_fields=("status", "kind"),
    subtitle_fields=("owner", "starts_on"),
    handed_over=False,
    default_sort="-starts_on",
    fields=[
        field("name", "text", Text("标题", "Title"), required=True, searchable=True, in_list=True, in_create=False),
        field("kind", "select", Text("类型", "Kind"), options=KINDS, default="daily", required=True, in_list=True),
        field("status", "select", Text("状态", "Status"), options=STATES, default="draft", in_list=True, **_KEPT),
        field("starts_on", "date", Text("开始", "From"), required=True, in_list=True),
        field("ends_on", "date", Text("结束", "Until"), **_KEPT),
        field("manager", "user", Text("汇报给", "Reports to"), in_list=True, **_KEPT),
        field("submitted_at", "datetime", Text("提交时间", "Submitted"), in_list=True, **_KEPT),
        field("done", "long_text", Text("做了什么", "Done"), searchable=True),
        field("problems", "long_text", Text("遇到的问题", "Problems"), searchable=True),
        field("plan", "long_text", Text("接下来做什么", "Next"), searchable=True),
        field("calls", "number", Text("电话", "Calls"), section="figures", in_list=True, **_KEPT),
        field("visits", "number", Text("拜访", "Visits"), section="figures", in_list=True, **_KEPT),
        field("notes", "number", Text("其他跟进", "Other follow-ups"), section="figures", in_list=True, **_KEPT),
        field("tasks_done", "number", Text("完成任务", "Tasks done"), section="figures", in_list=True, **_KEPT),
        field("new_customers", "number", Text("新增客户", "New customers"), section="figures", **_KEPT),
        field("won_deals", "number", Text("赢单", "Deals won"), section="figures", **_KEPT),
    ],
)  # fmt: skip
