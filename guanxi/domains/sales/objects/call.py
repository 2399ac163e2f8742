"""`call` 通话: a telephone call, made or taken."""

from guanxi.domains.sales import options
from guanxi.domains.sales.models import Call
from guanxi.domains.sales.objects.about import ABOUT, PARENTS, about_fields, next_contact_field, photos_field
from guanxi.engine.schema.definitions import BASIC
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

CALL = declare(
    Call,
    key="call",
    label=Text("通话", "Call"),
    label_plural=Text("通话", "Calls"),
    icon="phone",
    color="green",
    group="activities",
    position=92,
    title_field="subject",
    parents=PARENTS,
    sections=(BASIC, ABOUT),
    board_fields=("outcome", "direction"),
    subtitle_fields=("customer", "phone"),
    activity_kind="call",
    happened_field="at",
    handed_over=False,
    default_sort="-at",
    fields=[
        field(
            "subject",
            "text",
            Text("摘要", "Summary"),
            in_list=True,
            in_create=False,
            help=Text("不填时取内容的第一句。", "Left empty, it is the first words of the content."),
            synonyms=("主题", "标题", "subject", "title", "summary"),
        ),
        field(
            "outcome",
            "select",
            Text("结果", "Outcome"),
            options=options.CALL_OUTCOMES,
            in_list=True,
            synonyms=("通话结果", "outcome", "result", "call result"),
        ),
        field(
            "body",
            "long_text",
            Text("内容", "Content"),
            searchable=True,
            synonyms=("通话内容", "备注", "记录", "content", "notes", "description", "comments"),
        ),
        field(
            "direction",
            "select",
            Text("方向", "Direction"),
            options=options.CALL_DIRECTIONS,
            default="outbound",
            in_list=True,
            synonyms=("呼叫类型", "呼叫方向", "direction", "call type"),
        ),
        field(
            "at",
            "datetime",
            Text("通话时间", "Time"),
            in_list=True,
            help=Text("不填时是现在。", "Left empty, it is now."),
            synonyms=("时间", "呼叫时间", "开始时间", "time", "call time", "start time", "called at"),
        ),
        field(
            "duration",
            "number",
            Text("时长（秒）", "Duration (s)"),
            in_list=True,
            in_create=False,
            config={"min": 0, "max": 864000},
            synonyms=("通话时长", "时长", "duration", "call duration", "duration in seconds"),
        ),
        field(
            "phone",
            "phone",
            Text("号码", "Number"),
            searchable=True,
            in_create=False,
            synonyms=("电话", "对方号码", "电话号码", "phone", "phone number", "number"),
        ),
        next_contact_field(),
        photos_field(),
        *about_fields(),
    ],
)
