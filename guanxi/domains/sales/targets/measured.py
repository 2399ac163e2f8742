"""The measures that sales begins with; `measures.py` says how to add one."""

from guanxi.domains.sales.targets.measures import Source, declare_measure

_SIGNED = {"field": "status", "op": "in", "value": ["active", "finished", "terminated"]}
declare_measure(
    "signed", ("签约额", "Signed"), ("已签订合同的金额，按签订日期", "Contracts signed, by the day they were signed"),
    Source("contract", "signed_on", "base_total", filter=_SIGNED),
)  # fmt: skip
declare_measure(
    "gross_profit", ("毛利", "Gross profit"),
    ("已签订合同的不含税金额减去成本，按签订日期", "Contracts signed, without tax, less the cost of what is sold, by the day they were signed"),
    Source("contract", "signed_on", "gross_profit", filter=_SIGNED),
)  # fmt: skip
declare_measure(
    "won", ("赢单额", "Deals won"), ("赢单商机的金额，按成交日期", "Deals won, by the day they closed"),
    Source("opportunity", "close_date", "amount", filter={"field": "status", "op": "is", "value": "won"}),
)  # fmt: skip
declare_measure(
    "new_customers", ("新增客户", "New customers"), ("新建的客户数，按创建时间", "Customers added, by when they were added"),
    Source("customer", "created_at"),
)  # fmt: skip
declare_measure(
    "follow_ups", ("跟进次数", "Follow-ups"),
    ("跟进记录、接通的电话和已过去的日程", "Notes, calls that got through, and events that have taken place"),
    Source("note", "created_at"),
    Source("call", "at", filter={"not": {"field": "outcome", "op": "in", "value": ["no_answer", "wrong_number"]}}),
    Source("event", "start_at", filter={"field": "start_at", "op": "before", "value": {"relative": "now"}}),
)  # fmt: skip
