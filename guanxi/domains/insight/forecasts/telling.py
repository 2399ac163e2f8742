"""The forecast of the firm as people see it, each month with the records behind it.

*Rules*: what is told is of the whole firm: for who sees every deal (every payment) with its amount, its days and its state. For
everybody else there is nothing, and it says so. No numbers are made here.
"""

from datetime import date, timedelta
from typing import Any

from guanxi.domains.insight.customers.deciding import decided, latest
from guanxi.engine.access import rights
from guanxi.engine.identity.models import Team
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NEEDS = {
    "won": ("opportunity", ("amount", "status", "stage", "close_date", "start_date", "owner")),
    "received": ("payment", ("amount", "base_amount", "status", "paid_on")),
}
NOT_SEEN = Text(
    "要能看到全部商机和金额才能看预测。", "The forecast is for people who see every deal and its amount."
)
NOT_YET = Text("下次计算洞察后显示。", "It shows once insight has been computed.")


def told(ctx: Ctx) -> dict[str, Any]:
    """`{"as_of", "currency", "is_on", "won", "received", "teams", "missing"}`."""
    rules, _ = decided(ctx)
    done = latest(ctx, "done") if rules.is_on else None
    figures = (done.figures.get("forecast") if done else None) or {}
    found: dict[str, Any] = {
        "is_on": rules.is_on, "as_of": done.finished_at if done else None, "currency": ctx.workspace.currency,
        "won": None, "received": None, "teams": [], "missing": None,
    }  # fmt: skip
    if not any(_sees(ctx, measure) for measure in NEEDS):
        return found | {"missing": NOT_SEEN.in_(ctx.locale)}
    if not figures:
        return found | {"missing": NOT_YET.in_(ctx.locale)}
    for measure in NEEDS:
        if _sees(ctx, measure):
            found[measure] = _measure(ctx, measure, figures[measure])
    if found["won"] is not None:
        found["teams"] = _teams(ctx, figures["teams"])
    return found


def _sees(ctx: Ctx, measure: str) -> bool:
    key, fields = NEEDS[measure]
    obj = get_schema(ctx).find(key)
    return obj is not None and rights.can(ctx, obj, "read") and all(
        rights.sees_values(ctx, obj, each) for each in fields
    )  # fmt: skip


def _measure(ctx: Ctx, measure: str, figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with the list behind each month; the months to come lead to the open deals."""
    missing = figures["missing"]
    return figures | {
        "object": NEEDS[measure][0],
        "missing": Text.of(missing).in_(ctx.locale) if missing else None,
        "history": [{"month": month, "value": value, "filter": _behind(measure, month)} for month, value in figures["history"]],
        "behind": _behind(measure, figures["month"]),
        "open": {"field": "status", "op": "is", "value": "open"} if measure == "won" else None,
    }  # fmt: skip


def _behind(measure: str, month: str) -> dict[str, Any]:
    """The records of a month."""
    first = date.fromisoformat(month)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    day, state = ("close_date", "won") if measure == "won" else ("paid_on", "confirmed")
    return {"and": [
        {"field": "status", "op": "is", "value": state},
        {"field": day, "op": "on_or_after", "value": first.isoformat()},
        {"field": day, "op": "on_or_before", "value": last.isoformat()},
    ]}  # fmt: skip


def _teams(ctx: Ctx, figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By team, the next months; teams that are gone are left out."""
    rows = Team.objects.filter(workspace_id=ctx.workspace.id, id__in=[each["team"] for each in figures])
    names = {str(team.id): team.name for team in rows}
    found = [
        {**each, "name": names[each["team"]], "missing": Text.of(each["missing"]).in_(ctx.locale) if each["missing"] else None,
         "filter": {"and": [{"field": "status", "op": "is", "value": "open"},
                            {"field": "owner.team", "op": "is", "value": each["team"]}]}}
        for each in figures if each["team"] in names
    ]  # fmt: skip
    return sorted(found, key=lambda each: -sum(month["value"] for month in each["ahead"]))
