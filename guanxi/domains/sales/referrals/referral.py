"""`referral` 转介绍: a customer that another customer brought, and the reward for it."""

from typing import Any

from guanxi.domains.sales.referrals.models import Referral
from guanxi.engine.schema.definitions import BASIC, Section
from guanxi.engine.schema.registry import declare, field, options
from guanxi.kit.text import Text

STATES = options(
    ("open", "待首笔回款", "Awaiting first payment", "slate"),
    ("due", "奖励待发", "Reward due", "gold"),
    ("paid", "奖励已发", "Rewarded", "green"),
    ("closed", "已成交", "Done", "blue"),
    ("void", "已作废", "Void", "gray"),
)
COUNTED = ("open", "due", "paid", "closed")
"""The states in which one has brought the other."""
REWARD = Section("reward", Text("奖励", "Reward"))
_KEPT: dict[str, Any] = {"readonly": True, "in_create": False}

REFERRAL = declare(
    Referral,
    key="referral",
    label=Text("转介绍", "Referral"),
    label_plural=Text("转介绍", "Referrals"),
    icon="gift",
    color="teal",
    group="customers",
    position=28,
    parents=("customer", "referrer"),
    sections=(BASIC, REWARD),
    board_fields=("status",),
    subtitle_fields=("referrer", "customer"),
    handed_over={"field": "status", "op": "in", "value": ["open", "due"]},
    fields=[
        field("name", "text", Text("名称", "Name"), searchable=True, in_create=False,
              help=Text("不填时取介绍日期。", "Left empty, it is the day.")),
        field("number", "serial", Text("编号", "Number"), searchable=True, readonly=True, in_create=False, in_list=True,
              config={"pattern": "TJ-{YYYY}{MM}-{0000}", "reset": "month"}, synonyms=("转介绍编号", "referral number")),
        field("status", "select", Text("状态", "Status"), options=STATES, default="open", in_list=True, **_KEPT),
        field("referrer", "link", Text("介绍方", "Referred by"), target="customer", in_list=True,
              synonyms=("推荐人", "介绍人", "推荐客户", "referrer"),
              help=Text("只选联系人时，取联系人的客户。", "With a contact alone, it is the contact's customer.")),
        field("referrer_contact", "link", Text("介绍人", "Person"), target="contact",
              synonyms=("推荐联系人", "referring contact")),
        field("customer", "link", Text("新客户", "New customer"), target="customer", required=True, in_list=True,
              synonyms=("被推荐客户", "被介绍客户", "referred customer")),
        field("lead", "link", Text("线索", "Lead"), target="lead", **_KEPT),
        field("code", "text", Text("推荐码", "Referral code"), searchable=True, **_KEPT),
        field("referred_on", "date", Text("介绍日期", "Referred on"), in_list=True,
              help=Text("不填为当天。这天以前已经付过款的，不再有奖励。",
                        "Left empty, it is today. Who had paid before that day brings no reward."),
              synonyms=("推荐日期", "日期", "date")),
        field("description", "long_text", Text("备注", "Notes"), searchable=True, in_create=False),
        field("first_paid_on", "date", Text("首笔回款日期", "First payment on"), section="reward", **_KEPT),
        field("first_payment", "link", Text("首笔回款", "First payment"), target="payment", section="reward", **_KEPT),
        field("reward", "money", Text("奖励", "Reward"), section="reward", in_list=True, in_create=False,
              config={"currency": "workspace", "min": 0}, synonyms=("奖励金额", "佣金", "reward amount"),
              help=Text("不填时，首笔回款到账后按规则算。", "Left empty, it follows from the terms once they have paid.")),
        field("reward_note", "text", Text("奖励说明", "About the reward"), section="reward", in_create=False),
        field("rewarded_on", "date", Text("发放日期", "Rewarded on"), section="reward", **_KEPT),
        field("void_reason", "text", Text("作废原因", "Why it is void"), section="reward", **_KEPT),
    ],
)  # fmt: skip
