"""Ready-made reports of the sales process, from the lead to the money received."""

from guanxi.engine.views.builtin import COUNT, add_report, rate
from guanxi.kit.text import Text

_WON = {"field": "status", "op": "is", "value": "won"}
_LOST = {"field": "status", "op": "is", "value": "lost"}
_OPEN = {"field": "status", "op": "is", "value": "open"}
_CLOSED = {"field": "status", "op": "in", "value": ["won", "lost"]}

add_report("lead", "sources", Text("线索来源与结果", "Leads by source and status"), by=["source", "status"])
add_report("lead", "conversion", Text("来源转化率", "Conversion by source"), by=["source"],
           figures=[rate(Text("转化率", "Conversion"), {"field": "status", "op": "is", "value": "converted"}), COUNT])  # fmt: skip
add_report("lead", "inflow", Text("每月新线索", "New leads by month"), by=["created_at:month", "channel"])
add_report("lead", "response", Text("首次响应用时", "Minutes to the first response"), by=["owner"],
           figures=["median:first_response_minutes", "avg:first_response_minutes", COUNT], top=20)  # fmt: skip
add_report("lead", "refused", Text("线索无效原因", "Why leads were disqualified"), by=["disqualify_reason"],
           filter={"field": "status", "op": "is", "value": "disqualified"})  # fmt: skip

add_report("opportunity", "funnel", Text("销售漏斗", "Sales funnel"), by=["stage"],
           figures=[COUNT, "sum:amount"], chart="funnel", filter=_OPEN)  # fmt: skip
add_report("opportunity", "expected", Text("预计成交金额", "Expected revenue by month"),
           by=["expected_close_date:month", "forecast_category"], figures=["sum:amount", COUNT], filter=_OPEN)  # fmt: skip
add_report("opportunity", "won_months", Text("每月赢单金额", "Won by month"), by=["close_date:month"],
           figures=["sum:amount", COUNT, "avg:amount"], chart="line", filter=_WON)  # fmt: skip
add_report("opportunity", "people", Text("个人赢单输单", "Won and lost by person"), by=["owner", "status"],
           figures=[COUNT, "sum:amount"], filter=_CLOSED, top=20)  # fmt: skip
add_report("opportunity", "products", Text("产品赢单输单", "Won and lost by product"), by=["product", "status"],
           figures=[COUNT, "sum:amount"], filter=_CLOSED, top=20)  # fmt: skip
add_report("opportunity", "sources", Text("来源赢单输单", "Won and lost by source"), by=["source", "status"],
           figures=[COUNT, "sum:amount"], filter=_CLOSED)  # fmt: skip
add_report("opportunity", "win_rate", Text("个人赢单率", "Win rate by person"), by=["owner"],
           figures=[rate(Text("赢单率", "Win rate"), _WON), COUNT], filter=_CLOSED, top=20)  # fmt: skip
add_report("opportunity", "industries", Text("客户行业赢单率", "Win rate by the customer’s industry"),
           by=["customer.industry"], figures=[rate(Text("赢单率", "Win rate"), _WON), COUNT, "sum:amount"],
           filter=_CLOSED, top=20)  # fmt: skip
add_report("opportunity", "cycle", Text("成交周期", "Days from start to close"), by=["owner"],
           figures=["median:cycle_days", "avg:cycle_days", COUNT], filter=_WON, top=20)  # fmt: skip
add_report("opportunity", "lost", Text("输单原因", "Why deals were lost"), by=["loss_reason"],
           figures=[COUNT, "sum:amount"], chart="pie", filter=_LOST)  # fmt: skip
add_report("opportunity", "competitors", Text("输给了谁", "Lost to competitors"), by=["competitor"],
           figures=[COUNT, "sum:amount"], filter=_LOST, top=10)  # fmt: skip

add_report(
    "note", "people", Text("跟进方式", "Follow-ups by person and method"), by=["owner", "method"], top=20
)
add_report("note", "months", Text("每月跟进", "Follow-ups by month"), by=["created_at:month"], chart="line")
add_report("call", "outcomes", Text("通话结果", "Calls by outcome"), by=["owner", "outcome"], top=20)
add_report("event", "kinds", Text("拜访与会议", "Visits and meetings"), by=["owner", "kind"], top=20)
