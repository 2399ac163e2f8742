"""`note` 跟进记录: what was said or learnt, written down in ten seconds."""

from guanxi.domains.sales import options
from guanxi.domains.sales.models import Note
from guanxi.domains.sales.objects.about import ABOUT, PARENTS, about_fields, next_contact_field, photos_field
from guanxi.engine.schema.definitions import BASIC
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

NOTE = declare(
    Note,
    key="note",
    label=Text("跟进记录", "Note"),
    label_plural=Text("跟进记录", "Notes"),
    icon="note",
    color="slate",
    group="activities",
    position=90,
    title_field="subject",
    parents=PARENTS,
    sections=(BASIC, ABOUT),
    subtitle_fields=("customer",),
    activity_kind="note",
    handed_over=False,
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
            "body",
            "long_text",
            Text("内容", "Content"),
            required=True,
            searchable=True,
            in_list=True,
            synonyms=(
                "跟进内容",
                "记录",
                "备注",
                "跟进记录",
                "content",
                "note",
                "note - content",
                "notes",
                "body",
                "text",
            ),
        ),
        field(
            "method",
            "select",
            Text("跟进方式", "Method"),
            options=options.FOLLOW_UP_METHODS,
            in_list=True,
            synonyms=("方式", "跟进类型", "method", "type", "activity type"),
        ),
        field(
            "outcome",
            "select",
            Text("结果", "Outcome"),
            options=options.FOLLOW_UP_OUTCOMES,
            in_list=True,
            in_create=False,
            synonyms=("跟进结果", "outcome", "result"),
        ),
        next_contact_field(),
        photos_field(),
        *about_fields(),
    ],
)
