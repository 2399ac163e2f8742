"""Ready-made dashboards: what a salesperson, their manager, the owner and whoever brings leads in look at first.

Charts over months keep their whole time: the period of the filter bar narrows the figures and what is counted by kind.
"""

from typing import Any

from guanxi.engine.dashboards.builtin import COUNT, ReadyDashboard, figure, ready_dashboards, report
from guanxi.kit.text import Text

_WON = {"field": "status", "op": "is", "value": "won"}
_OPEN = {"field": "status", "op": "is", "value": "open"}
_CONVERTED = {"field": "status", "op": "is", "value": "converted"}
_QUARTERS = [(x, 0, 3, 2) for x in (0, 3, 6, 9)]


def _left(y: int) -> tuple[int, int, int, int]:
    return 0, y, 6, 7


def _right(y: int) -> tuple[int, int, int, int]:
    return 6, y, 6, 7


def _won(at: tuple[int, int, int, int]) -> dict[str, Any]:
    return figure(
        "won", Text("赢单金额", "Won"), "opportunity", "sum:amount", at, date="close_date", filter=_WON
    )


def _received(at: tuple[int, int, int, int]) -> dict[str, Any]:
    return figure("received", Text("回款", "Received"), "payment", "sum:amount", at, date="paid_on")


def _new_leads(at: tuple[int, int, int, int]) -> dict[str, Any]:
    return figure("leads", Text("新线索", "New leads"), "lead", COUNT, at, date="created_at")


ready_dashboards.register(ReadyDashboard(
    "sales_rep",
    Text("我的销售", "My sales"),
    Text("我的线索、跟进、商机和回款", "My leads, follow-ups, deals and money received"),
    ("member", "read_only", "limited"),
    (
        _new_leads(_QUARTERS[0]),
        figure("notes", Text("跟进", "Follow-ups"), "note", COUNT, _QUARTERS[1], date="created_at"),
        _won(_QUARTERS[2]),
        _received(_QUARTERS[3]),
        report("opportunity", "funnel", _left(2)),
        report("opportunity", "expected", _right(2)),
        report("note", "months", _left(9)),
        report("opportunity", "won_months", _right(9)),
        report("customer", "lifecycle", _left(16)),
        report("payment_plan", "due", _right(16)),
    ),
    {"period": "this_month", "owner": "me"},
))  # fmt: skip

ready_dashboards.register(ReadyDashboard(
    "sales_manager",
    Text("团队销售", "Team sales"),
    Text("团队的业绩、漏斗、跟进和输单原因", "The team's results, funnel, follow-ups and why deals are lost"),
    ("manager",),
    (
        _won(_QUARTERS[0]),
        figure("deals", Text("赢单数", "Deals won"), "opportunity", COUNT, _QUARTERS[1], date="close_date", filter=_WON),
        figure("created", Text("新增商机", "New deals"), "opportunity", COUNT, _QUARTERS[2], date="created_at"),
        figure("notes", Text("跟进", "Follow-ups"), "note", COUNT, _QUARTERS[3], date="created_at"),
        report("opportunity", "people", _left(2), date="close_date"),
        report("opportunity", "funnel", _right(2)),
        report("note", "people", _left(9), date="created_at"),
        report("opportunity", "won_months", _right(9)),
        report("opportunity", "lost", _left(16), date="close_date"),
        report("opportunity", "expected", _right(16)),
        report("opportunity", "win_rate", _left(23), date="close_date"),
        report("payment", "people", _right(23), date="paid_on"),
    ),
    {"period": "this_month", "team": "my_teams"},
))  # fmt: skip

ready_dashboards.register(ReadyDashboard(
    "executive",
    Text("经营概览", "Business overview"),
    Text("签约、回款、应收、客户和费用", "Signed, received, outstanding, customers and costs"),
    ("admin",),
    (
        _received(_QUARTERS[0]),
        figure("signed", Text("签约金额", "Signed"), "contract", "sum:total", _QUARTERS[1], date="signed_on"),
        figure("customers", Text("新客户", "New customers"), "customer", COUNT, _QUARTERS[2], date="created_at"),
        figure("open", Text("在谈商机", "Open pipeline"), "opportunity", "sum:amount", _QUARTERS[3], filter=_OPEN),
        report("payment", "months", _left(2)),
        report("contract", "signed", _right(2)),
        report("opportunity", "funnel", _left(9)),
        report("payment_plan", "customers", _right(9)),
        report("customer", "lifecycle", _left(16)),
        report("customer", "growth", _right(16)),
        report("contract", "people", _left(23), date="signed_on"),
        report("expense", "kinds", _right(23)),
    ),
    {"period": "this_month"},
))  # fmt: skip

ready_dashboards.register(ReadyDashboard(
    "acquisition",
    Text("获客", "Acquisition"),
    Text("线索从哪里来、响应多快、转化多少", "Where leads come from, how fast they are answered, what comes of them"),
    (),
    (
        _new_leads(_QUARTERS[0]),
        figure("converted", Text("新线索中已转化", "Converted of these"), "lead", COUNT, _QUARTERS[1],
               date="created_at", filter=_CONVERTED),
        figure("response", Text("首次响应（分钟，中位数）", "First response (minutes, median)"), "lead",
               "median:first_response_minutes", _QUARTERS[2], date="created_at"),
        figure("customers", Text("新客户", "New customers"), "customer", COUNT, _QUARTERS[3], date="created_at"),
        report("lead", "conversion", _left(2), date="created_at"),
        report("lead", "inflow", _right(2)),
        report("lead", "refused", _left(9), date="created_at"),
        report("opportunity", "sources", _right(9), date="close_date"),
        report("customer", "structure", _left(16), date="created_at"),
        report("customer", "regions", _right(16), date="created_at"),
    ),
    {"period": "this_quarter"},
))  # fmt: skip
