"""`task` 任务: something to be done by its owner."""

from guanxi.domains.sales import options
from guanxi.domains.sales.models import Task
from guanxi.domains.sales.objects.about import ABOUT, PARENTS, about_fields
from guanxi.engine.schema.definitions import BASIC
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

TASK = declare(
    Task,
    key="task",
    label=Text("任务", "Task"),
    label_plural=Text("任务", "Tasks"),
    icon="check-square",
    color="blue",
    group="activities",
    position=80,
    title_field="subject",
    parents=PARENTS,
    sections=(BASIC, ABOUT),
    board_fields=("status", "priority"),
    subtitle_fields=("customer", "due_at"),
    activity_kind="task",
    handed_over={"field": "status", "op": "is", "value": "open"},
    default_sort="due_at",
    fields=[
        field(
            "subject",
            "text",
            Text("任务", "Subject"),
            required=True,
            searchable=True,
            in_list=True,
            synonyms=(
                "主题",
                "标题",
                "任务名称",
                "任务内容",
                "subject",
                "task",
                "title",
                "activity - subject",
                "to do",
            ),
        ),
        field(
            "due_at",
            "datetime",
            Text("截止时间", "Due"),
            in_list=True,
            synonyms=(
                "截止日期",
                "到期时间",
                "完成期限",
                "due",
                "due date",
                "due at",
                "deadline",
                "activity - due date",
            ),
        ),
        field(
            "status",
            "select",
            Text("状态", "Status"),
            options=options.TASK_STATUSES,
            default="open",
            in_list=True,
            in_create=False,
            synonyms=("任务状态", "完成情况", "status", "activity - done"),
        ),
        field(
            "priority",
            "select",
            Text("优先级", "Priority"),
            options=options.PRIORITIES,
            default="normal",
            in_list=True,
            synonyms=("重要程度", "紧急程度", "priority", "importance"),
        ),
        field(
            "body",
            "long_text",
            Text("说明", "Details"),
            searchable=True,
            synonyms=("描述", "备注", "内容", "details", "description", "notes", "activity - note"),
        ),
        field("done_at", "datetime", Text("完成时间", "Done at"), readonly=True, in_create=False),
        *about_fields(),
    ],
)
