"""The sample firm's follow-up plans, as the API takes them: for leads that are new, and for deals that have their quote."""

from typing import Any

from guanxi.kit.text import Text

_NEW_LEADS = (
    (0, Text("首次联系：问清需求、预算和时间", "First call: need, budget, time")),
    (2, Text("发产品资料和同行案例", "Send material and a reference of the trade")),
    (5, Text("约现场勘查或线上演示", "Agree on a site visit or an online demonstration")),
)
_QUOTED = (
    (1, Text("确认报价已收到，看对不对得上需求", "Ask whether the quote has arrived and fits")),
    (7, Text("问反馈：价格、交期、竞争对手", "Ask what they think: price, delivery, competitors")),
)


def plans_as_given() -> list[dict[str, Any]]:
    """The plans; those of new leads take in who is there already."""
    return [
        _plan(
            Text("新线索三步跟进", "Three steps for new leads"), "lead",
            {"field": "status", "op": "is", "value": "new"}, _NEW_LEADS, existing=True,
        ),
        _plan(
            Text("报价后回访", "After the quote"), "opportunity",
            {"field": "stage", "op": "is", "value": "proposal"}, _QUOTED, existing=False,
        ),
    ]  # fmt: skip


def _plan(
    name: Text,
    object_key: str,
    condition: dict[str, Any],
    steps: tuple[tuple[int, Text], ...],
    *,
    existing: bool,
) -> dict[str, Any]:
    return {
        "object": object_key, "name": name.as_dict(), "condition": condition, "existing": existing,
        "steps": [{"day": day, "subject": subject.as_dict()} for day, subject in steps],
    }  # fmt: skip
