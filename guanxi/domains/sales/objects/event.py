"""`event` 日程: a meeting, a visit, a demonstration: something with a time and a place."""

from dataclasses import replace
from typing import Any

from guanxi.domains.sales import options
from guanxi.domains.sales.models import Event
from guanxi.domains.sales.objects.about import ABOUT, PARENTS, about_fields, next_contact_field, photos_field
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text

VISIT = Section("visit", Text("签到", "Check-in"))
KEPT: dict[str, Any] = {"readonly": True, "in_create": False}

EVENT = declare(
    Event,
    key="event",
    label=Text("日程", "Event"),
    label_plural=Text("日程", "Events"),
    icon="calendar",
    color="purple",
    group="activities",
    position=85,
    title_field="subject",
    parents=PARENTS,
    sections=(BASIC, ABOUT, VISIT),
    board_fields=("kind",),
    subtitle_fields=("customer", "start_at"),
    activity_kind="event",
    happened_field="start_at",
    handed_over={"field": "start_at", "op": "after", "value": "now"},
    default_sort="-start_at",
    fields=[
        field(
            "subject",
            "text",
            Text("主题", "Subject"),
            required=True,
            searchable=True,
            in_list=True,
            synonyms=("标题", "日程", "会议主题", "subject", "title", "event", "event name"),
        ),
        field(
            "kind",
            "select",
            Text("类型", "Kind"),
            options=options.EVENT_KINDS,
            default="meeting",
            in_list=True,
            synonyms=("日程类型", "type", "event type"),
        ),
        field(
            "start_at",
            "datetime",
            Text("开始", "Start"),
            required=True,
            in_list=True,
            synonyms=("开始时间", "时间", "start", "start time", "start date", "starts at", "begin"),
        ),
        field(
            "end_at",
            "datetime",
            Text("结束", "End"),
            in_list=True,
            synonyms=("结束时间", "end", "end time", "end date", "ends at"),
        ),
        field(
            "place",
            "text",
            Text("地点", "Place"),
            searchable=True,
            synonyms=("地址", "会议地点", "place", "location", "venue"),
        ),
        field(
            "body",
            "long_text",
            Text("内容", "Details"),
            searchable=True,
            synonyms=("说明", "备注", "纪要", "details", "description", "notes", "agenda"),
        ),
        field(
            "outcome",
            "select",
            Text("结果", "Outcome"),
            options=options.FOLLOW_UP_OUTCOMES,
            in_create=False,
            synonyms=("拜访结果", "outcome", "result"),
        ),
        replace(next_contact_field(), in_create=False),
        photos_field(),
        field("checked_in_at", "datetime", Text("签到时间", "Checked in"), section="visit", **KEPT),
        field(
            "checked_in_place",
            "location",
            Text("签到位置", "Where"),
            section="visit",
            confidential=True,
            **KEPT,
        ),
        field("accuracy", "number", Text("定位误差（米）", "Accuracy (m)"), section="visit", **KEPT),
        field(
            "distance",
            "number",
            Text("离客户地址（米）", "From their address (m)"),
            section="visit",
            help=Text(
                "客户地址有坐标时按两点间的直线距离算；没有坐标时为空。",
                "As the crow flies, where the customer's address has coordinates; empty where it has none.",
            ),
            **KEPT,
        ),
        *about_fields(),
    ],
)
