"""What the law and the firm ask of a request: kinds, deadlines, grounds. Pure Python.

*Sources*: 《个人信息保护法》 art. 44-50; 《App违法违规收集使用个人信息行为认定方法》 (15 working days to answer);
GB/T 35273-2020 8.7 (at most 30 days); GDPR art. 12(3) (one month, two more with reasons), 15-22.
"""

import calendar
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit.text import Text
from guanxi.kit.working_calendar import workday_after

KINDS: Mapping[str, tuple[Text, str, str]] = {
    "access": (Text("查阅", "See"), "第四十五条", "Art. 15"),
    "copy": (Text("复制", "Copy"), "第四十五条", "Art. 15(3)"),
    "correct": (Text("更正、补充", "Correct"), "第四十六条", "Art. 16"),
    "erase": (Text("删除", "Erase"), "第四十七条", "Art. 17"),
    "transfer": (Text("转移", "Transfer"), "第四十五条", "Art. 20"),
    "explain": (Text("解释说明", "Explain"), "第四十八条、第二十四条", "Art. 13-15, 22"),
    "object": (Text("拒绝营销与自动化", "Object"), "第四十四条、第二十四条", "Art. 21, 22"),
}
"""Kind → label, article of the PIPL, article of the GDPR."""
PIPL_IN_ENGLISH = {
    "access": "PIPL Art. 45", "copy": "PIPL Art. 45", "correct": "PIPL Art. 46", "erase": "PIPL Art. 47",
    "transfer": "PIPL Art. 45", "explain": "PIPL Art. 48, 24", "object": "PIPL Art. 44, 24",
}  # fmt: skip
LAWS = ("pipl", "gdpr")
CHANNELS = ("email", "phone", "letter", "person", "form", "chat", "other")
CHECKS = ("id_card", "code", "callback", "known", "other")
"""How somebody's identity was checked: document, code to the stored number, call back, known in person."""
GROUNDS: Mapping[str, Text] = {
    "not_subject": Text("申请人不是本人，也没有有效授权", "Not the person, nor authorised by them"),
    "not_proven": Text("身份无法核实", "The identity could not be checked"),
    "law_requires": Text("法律、行政法规规定的保存期限未届满", "The law requires it to be kept"),
    "claims": Text("处理争议、诉讼所必需", "Needed for legal claims"),
    "others": Text("会侵害他人的权益或商业秘密", "It would harm others or reveal trade secrets"),
    "excessive": Text("明显无理由或重复申请", "Manifestly unfounded or excessive"),
    "no_data": Text("未处理申请人的个人信息", "No data of this person is kept"),
    "other": Text("其他", "Other"),
}
OPEN = ("open", "failed")
DISCLOSING = ("access", "copy", "transfer", "explain", "correct", "erase")
"""Kinds that need the identity checked first; who objects to marketing need not prove who they are."""
HOWS = ("erase", "unlink", "keep")


def due(received: datetime, law: str, zone: ZoneInfo, workdays: int) -> datetime:
    """The end of the day by which a request must be answered."""
    day = received.astimezone(zone).date()
    last = month_after(day, 1) if law == "gdpr" else workday_after(day, workdays)
    return datetime.combine(last, time(23, 59, 59), zone)


def longest(received: datetime, law: str, zone: ZoneInfo, workdays: int) -> datetime:
    """The latest day to which it may be put off: three months, or twice the workdays."""
    day = received.astimezone(zone).date()
    last = month_after(day, 3) if law == "gdpr" else workday_after(day, 2 * workdays)
    return datetime.combine(last, time(23, 59, 59), zone)


def month_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month (Regulation 1182/71 art. 3)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def kept_until(now: datetime, years: int) -> datetime:
    """When a record kept by law may go."""
    return now + timedelta(days=365 * years + years // 4 + 1)


def seal(body: Mapping[str, Any]) -> str:
    """The hash of a certificate: SHA-256 of its JSON with sorted keys and no spaces, in UTF-8."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
