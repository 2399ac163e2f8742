"""What the firm would call its rules about deals, leads and activities; plain Python.

*See*: hooks/ and actions/, where they are applied to records being written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit.text import Text

SUMMARY_LENGTH = 40
_CHINESE_NAME = re.compile("^[\u3400-\u9fff]{2,3}([\u3400-\u9fff]|先生|女士|小姐|经理|老师|主任)?$")
_FIRM_ENDINGS = ("公司", "厂", "集团", "学院", "学校", "中心", "医院", "银行", "商行", "协会", "店", "局")
_FIRM_WORDS = frozenset(
    {"ltd", "limited", "inc", "llc", "gmbh", "ag", "co", "corp", "corporation", "company", "group", "plc"}
)
_SENTENCE_ENDS = "。！？；\n!?;"


@dataclass(frozen=True, slots=True)
class StageRule:
    """One stage of the pipeline that every workspace starts with."""

    key: str
    name: Text
    kind: str
    probability: int
    expected_days: int | None
    color: str


DEFAULT_PIPELINE = "standard"
DEFAULT_PIPELINE_NAME = Text("标准销售流程", "Standard sales")
DEFAULT_STAGES = (
    StageRule("qualification", Text("初步接洽", "Qualification"), "open", 10, 10, "stage-1"),
    StageRule("needs", Text("需求确认", "Needs analysis"), "open", 30, 10, "stage-2"),
    StageRule("proposal", Text("方案报价", "Proposal"), "open", 50, 14, "stage-3"),
    StageRule("negotiation", Text("商务谈判", "Negotiation"), "open", 70, 10, "stage-4"),
    StageRule("contract", Text("合同审批", "Contract"), "open", 90, 5, "stage-5"),
    StageRule("won", Text("赢单", "Won"), "won", 100, None, "stage-won"),
    StageRule("lost", Text("输单", "Lost"), "lost", 0, None, "stage-lost"),
)


COMMITTED = 90
LIKELY = 60


def forecast_of(kind: str, probability: float) -> str:
    """The forecast category of a stage that was given none: won is certain, lost is nothing, else as likely as it is."""
    if kind != "open":
        return "commit" if kind == "won" else "omitted"
    return "commit" if probability >= COMMITTED else "best_case" if probability >= LIKELY else "pipeline"


def summary(text: str) -> str:
    """The first sentence of a text, cut to a line."""
    line = text.strip()
    end = min((i for i in (line.find(mark) for mark in _SENTENCE_ENDS) if i > 0), default=len(line))
    line = " ".join(line[:end].split())
    return line if len(line) <= SUMMARY_LENGTH else f"{line[: SUMMARY_LENGTH - 1].rstrip()}…"


def is_contact(kind: str, outcome: str | None) -> bool:
    """True when an activity means that somebody was reached: what nobody answered does not."""
    return kind in ("note", "call", "event") and outcome not in ("no_answer", "wrong_number")


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in the firm's time zone."""
    return datetime.combine(day, time(), tzinfo=zone)


def customer_name(lead: Mapping[str, Any]) -> str:
    """The name of the customer that a lead becomes: its company, or itself."""
    return str(lead.get("company") or lead["name"])


def person_name(lead: Mapping[str, Any]) -> str | None:
    """The name of the person behind a lead: the one given, or the lead's own where it is a person's."""
    if lead.get("contact_name"):
        return str(lead["contact_name"])
    name = str(lead["name"])
    return name if name != lead.get("company") and looks_like_person(name) else None


def looks_like_person(name: str) -> bool:
    """True for 罗建国, 王女士 and Ada Lovelace; False for firms, and for what is no name at all."""
    if _CHINESE_NAME.match(name):
        return not name.endswith(_FIRM_ENDINGS)
    if any("\u3400" <= letter <= "\u9fff" for letter in name):
        return False
    words = name.split()
    plain = all(word.replace("-", "").replace("'", "").rstrip(".").isalpha() for word in words)
    return 2 <= len(words) <= 4 and plain and words[-1].rstrip(".").casefold() not in _FIRM_WORDS


def customer_values(lead: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the customer that a lead becomes; it takes the person's numbers where there is none."""
    keys = ["industry", "source", "tier", "region", "phone", "website", "tags", "description"]
    if person_name(lead) is None:
        keys += ["mobile", "email", "wechat"]
    return {"name": customer_name(lead)} | {key: lead.get(key) for key in keys}


def person_values(lead: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields of the contact that a lead becomes; None when no person is known."""
    name = person_name(lead)
    if name is None:
        return None
    return {"name": name} | {
        key: lead.get(key) for key in ("job_title", "mobile", "phone", "email", "wechat")
    }
