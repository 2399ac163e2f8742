"""Tiers looked at as a whole: what other cuts would change, who has moved since a month, and who costs more than they bring.

*How it works*: a customer's place by profit is a field (`insight_share`), so what another cut would do is a filter: each
number is asked through the query door and leads to its list. The rule is that of the runs (rules.cuts).

*Rules*: of the customers that the actor sees; who does not read profits has none of it. What was in a month is told to
who sees every customer. Nothing is changed here, and statements are a constant number.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from guanxi.domains.insight.customers.deciding import decided, latest
from guanxi.domains.insight.customers.fields import OBJECT
from guanxi.domains.insight.customers.models import InsightMonth
from guanxi.domains.insight.customers.rules import HIGH, LOW, STANDARD, TIER_KEYS, InsightRules, check, cuts
from guanxi.engine.access import rights
from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.read import fetch_page, get_records
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery, Sort
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

TIER, SHARE, PROFIT = "insight_tier", "insight_share", "insight_profit"
PARTS = ("insight_revenue", "insight_goods", "insight_serving")
MOST_MOVED, MOST_EXITS = 50, 20

NOT_SEEN = Text("能看到客户利润的人才能看分级。", "Tiers are for people who see what customers bring.")
NOT_YET = Text("下次计算洞察后显示。", "It shows once insight has been computed.")
CAME_BACK = Text("退货多于购买", "More came back than was bought")
BOUGHT_NOTHING = Text("近 12 个月没有购买，仍有费用", "Bought nothing in 12 months, and still cost money")
BELOW_COST = Text("产品成本高于收入", "The goods cost more than they brought")
COSTLY = Text("服务费用超过毛利", "Serving them costs more than the goods bring")

_MONTH_MOVES = """
SELECT coalesce(m.tier, ''), coalesce(c.tier, ''), count(*), coalesce(sum(c.profit), 0)
  FROM customer_insight c
  LEFT JOIN customer_insight_month m ON m.workspace_id = c.workspace_id AND m.customer_id = c.id AND m.month = %(month)s
 WHERE c.workspace_id = %(workspace)s AND (m.tier IS NOT NULL OR c.tier IS NOT NULL)
 GROUP BY 1, 2
"""
_MOVED = """
SELECT c.id, m.tier, c.tier
  FROM customer_insight c
  JOIN customer_insight_month m ON m.workspace_id = c.workspace_id AND m.customer_id = c.id AND m.month = %(month)s
 WHERE c.workspace_id = %(workspace)s AND m.tier <> c.tier
 ORDER BY abs(c.profit) DESC NULLS LAST, c.id LIMIT %(most)s
"""


def told(ctx: Ctx, given: Mapping[str, Any], since: date | None) -> dict[str, Any]:
    """`{"rules", "now", "cells", "moves", "exits", …}` under the cuts `given` in place of those in force; raises Invalid."""
    rules, _ = decided(ctx)
    tried = replace(rules, **given)
    check(tried)
    done = latest(ctx, "done") if rules.is_on else None
    found: dict[str, Any] = {
        "is_on": rules.is_on, "may": ctx.actor.manages("insight"), "as_of": done.finished_at if done else None,
        "currency": ctx.workspace.currency, "missing": None, "cells": [], "moves": None, "exits": None,
        "now": _cuts_of(rules), "tried": _cuts_of(tried),
    }  # fmt: skip
    obj = rights.get_object(ctx, OBJECT)
    readable = rights.readable(ctx, obj)
    if not {TIER, SHARE, PROFIT} <= set(readable):
        return found | {"missing": NOT_SEEN.in_(ctx.locale)}
    if done is None:
        return found | {"missing": NOT_YET.in_(ctx.locale)}
    found["cells"] = _cells(ctx, tried)
    found["exits"] = _exits(ctx, [key for key in PARTS if key in readable])
    if rights.sees_everything(ctx, obj):
        found["moves"] = _moves(ctx, since)
    return found


def _cuts_of(rules: InsightRules) -> dict[str, float]:
    return {"high_cut": rules.high_cut, "low_cut": rules.low_cut, "hysteresis": rules.hysteresis}


def _cells(ctx: Ctx, rules: InsightRules) -> list[dict[str, Any]]:
    """By tier now and tier under the rules: customers, their profit, and the list of them."""
    measures = (Measure("count"), Measure("sum", PROFIT, "profit"))
    found = []
    for to in (HIGH, STANDARD, LOW):
        each = {code: _filter(code, to, rules) for code in (HIGH, STANDARD, LOW)}
        query = RecordQuery(
            OBJECT, {"or": list(each.values())}, group=(Grouping(TIER),), measures=measures, limit=10
        )
        for row in fetch_groups(ctx, query)["data"]:
            before = TIER_KEYS.index(str(row["keys"][TIER]))
            found.append({"from": TIER_KEYS[before], "to": TIER_KEYS[to], "customers": row["values"]["count"],
                          "profit": row["values"]["profit"], "filter": each[before]})  # fmt: skip
    return found


def _filter(before: int, to: int, rules: InsightRules) -> dict[str, Any]:
    """Who is in a tier now and would be in another."""
    first, second = cuts(before, rules)
    brings, none = {"field": PROFIT, "op": "gt", "value": 0}, {"field": PROFIT, "op": "lte", "value": 0}
    where: list[Any] = [{"field": TIER, "op": "is", "value": TIER_KEYS[before]}]
    if to == HIGH:
        where += [brings, {"field": SHARE, "op": "lt", "value": first}]
    elif to == STANDARD:
        where += [brings, {"field": SHARE, "op": "gte", "value": first}, {"field": SHARE, "op": "lt", "value": second}]  # fmt: skip
    else:
        where.append({"or": [none, {"field": SHARE, "op": "gte", "value": second}]})
    return {"and": where}


def _moves(ctx: Ctx, since: date | None) -> dict[str, Any]:
    """From the tiers of a month (the oldest within a year by itself) to those of now, and whom it is about."""
    months = list(
        InsightMonth.objects.filter(workspace_id=ctx.workspace.id)
        .order_by("-month").values_list("month", flat=True).distinct()[:36]
    )  # fmt: skip
    if not months:
        return {"months": [], "since": None, "cells": [], "customers": []}
    month = since if since in months else months[:13][-1]
    values: dict[str, Any] = {"workspace": ctx.workspace.id, "month": month, "most": MOST_MOVED}
    with connection.cursor() as db:
        db.execute(_MONTH_MOVES, values)
        cells = [{"from": was or None, "to": now or None, "customers": count, "profit": profit}
                 for was, now, count, profit in db.fetchall()]  # fmt: skip
        db.execute(_MOVED, values)
        moved = {one: (was, now) for one, was, now in db.fetchall()}
    records = {uuid.UUID(each["id"]): each for each in get_records(ctx, OBJECT, list(moved), fields=[PROFIT])}
    return {
        "months": months, "since": month, "cells": cells,
        "customers": [_named(records[one], was=was, now=now) for one, (was, now) in moved.items() if one in records],
    }  # fmt: skip


def _exits(ctx: Ctx, parts: list[str]) -> dict[str, Any]:
    """Who has bought and cost more than they brought in 12 months, the worst first, and what it comes from."""
    where = {"and": [{"field": PROFIT, "op": "lt", "value": 0}, {"field": TIER, "op": "is_not_empty"}]}
    query = RecordQuery(
        OBJECT, where, sort=(Sort(PROFIT),), fields=(PROFIT, *parts), limit=MOST_EXITS, count=True
    )
    page = fetch_page(ctx, query)
    return {
        "count": page.count, "exact": page.exact, "filter": where,
        "customers": [_named(each, why=_why(ctx, each), **{key.removeprefix("insight_"): each.get(key) for key in parts})
                      for each in page.data],
    }  # fmt: skip


def _why(ctx: Ctx, record: Mapping[str, Any]) -> str | None:
    """What a loss comes from, as far as its parts may be seen."""
    revenue, goods, serving = (_amount(record.get(key)) for key in PARTS)
    if revenue is not None and revenue <= 0:
        return (CAME_BACK if revenue < 0 else BOUGHT_NOTHING).in_(ctx.locale)
    if revenue is not None and goods is not None and goods >= revenue:
        return BELOW_COST.in_(ctx.locale)
    return COSTLY.in_(ctx.locale) if serving else None


def _amount(value: Any) -> float | None:
    return None if value is None else float(value["amount"] if isinstance(value, dict) else value)


def _named(record: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": record["id"], "title": record["title"], "profit": record.get(PROFIT), **more}
