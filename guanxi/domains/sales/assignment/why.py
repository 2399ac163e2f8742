"""Why somebody got a lead, in sentences: each is whole in both languages and filled with what decided."""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.assignment.rules import Choice, Passed
from guanxi.kit.regions import find
from guanxi.kit.text import LOCALES, Text

TURN = Text(
    "规则「{rule}」：{count} 人轮流，轮到 {person}。",
    "Rule “{rule}”: {count} people take turns, and it was {person}'s.",
)
ONLY = Text(
    "规则「{rule}」：只有 {person} 能接。", "Rule “{rule}”: {person} was the only one who could take it."
)
FEWEST = Text(
    "规则「{rule}」：{count} 人中 {person} 手上的线索最少。",
    "Rule “{rule}”: of {count} people, {person} had the least open work.",
)
PAST = Text(
    "规则「{rule}」：{person} 以前跟进过这位客户。", "Rule “{rule}”: {person} has looked after them before."
)
IN_REGION = Text("{sentence}地区：{region}。", "{sentence} Territory: {region}.")
QUEUE = Text(
    "规则「{rule}」：放进队列「{queue}」，等人领取。", "Rule “{rule}”: into the queue “{queue}”, to be taken."
)
FALLBACK = Text("没有规则能安排，按兜底交给 {person}。", "No rule could place it; {person} is the fallback.")
FALLBACK_QUEUE = Text(
    "没有规则能安排，按兜底放进队列「{queue}」。",
    "No rule could place it; it went to the fallback queue “{queue}”.",
)
FALLBACK_GONE = Text(
    "没有规则能安排，兜底负责人也不在了，交给管理员 {person}。",
    "No rule could place it and the fallback has left; it went to the administrator {person}.",
)
TAKEN = Text("{person} 从队列「{queue}」领取。", "{person} took it from the queue “{queue}”.")
PASSED_ON = Text(
    "{former} 没有按时接手，转交。{sentence}",
    "{former} did not take it up in time, so it was passed on. {sentence}",
)
PASSED_ON_AFTER = Text(
    "{former} 在 {minutes} 分钟内没有接手，转交。{sentence}",
    "{former} did not take it up within {minutes} minutes, so it was passed on. {sentence}",
)
PASSED_ON_AFTER_WORK = Text(
    "{former} 在 {minutes} 分钟工作时间内没有接手，转交。{sentence}",
    "{former} did not take it up within {minutes} working minutes, so it was passed on. {sentence}",
)
REBALANCED = Text(
    "{actor} 均衡工作量，从 {former} 转给 {person}。",
    "{actor} evened out the work: from {former} to {person}.",
)
NAMED = Text("{name}：{why}", "{name}: {why}")
PASSED: Mapping[Passed, Text] = {
    Passed.AWAY: Text("不在", "away"),
    Passed.OFF_HOURS: Text("不在工作时间", "out of hours"),
    Passed.FULL: Text("手上已满", "full"),
    Passed.QUOTA: Text("今天已够", "day's share done"),
    Passed.REGION: Text("不是这个地区", "another territory"),
    Passed.SKILL: Text("不做这类产品", "another skill"),
    Passed.TRIED: Text("已经给过", "had it before"),
}


def of_choice(choice: Choice, rule: Any, person: str) -> Text:
    """The sentence of a choice that a rule (its name) made."""
    if choice.by == "past_owner":
        text = PAST
    elif choice.among == 1:
        text = ONLY
    else:
        text = FEWEST if choice.by == "fewest" else TURN
    found = filled(text, rule=Text.of(rule), count=choice.among, person=person)
    region = find(choice.region) if choice.region else None
    if region is None:
        return found
    named = Text("".join(r.zh for r in region.path), ", ".join(r.en for r in reversed(region.path)))
    return filled(IN_REGION, sentence=found, region=named)


def filled(text: Text, **values: object) -> Text:
    """The sentence with its values, in both languages."""
    return Text(*(text.in_(locale, **values) for locale in LOCALES))


def facts_of(choice: Choice) -> dict[str, Any]:
    """What is kept beneath the sentence: by reason, who was passed over."""
    passed: dict[str, list[str]] = {}
    for person, why in choice.passed.items():
        passed.setdefault(why, []).append(str(person))
    return {"by": choice.by, "among": choice.among, "passed": passed}


def passed_in_words(
    facts: Mapping[str, Any], names: Mapping[uuid.UUID, str], locale: str, *, named: bool
) -> list[str]:
    """Who was passed over and why: by name for who looks after the rules, as numbers for others."""
    passed: Mapping[str, list[str]] = facts.get("passed") or {}
    if not named:
        counted = sorted(passed.items(), key=lambda each: -len(each[1]))
        return [f"{PASSED[Passed(why)].in_(locale)} × {len(ids)}" for why, ids in counted]
    return [
        NAMED.in_(locale, name=names[i], why=PASSED[Passed(why)])
        for why, ids in passed.items()
        for i in map(uuid.UUID, ids)
        if i in names
    ]
