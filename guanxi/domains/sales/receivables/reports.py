"""Ready-made reports of what is due and what was received."""

from guanxi.engine.views.builtin import COUNT, add_report
from guanxi.kit.text import Text

_OPEN = {"field": "outstanding", "op": "gt", "value": 0}

add_report("payment", "months", Text("每月回款", "Received by month"), by=["paid_on:month"],
           figures=["sum:amount", COUNT], chart="line")  # fmt: skip
add_report("payment", "people", Text("个人回款", "Received by person"), by=["owner", "paid_on:quarter"],
           figures=["sum:amount"], top=20)  # fmt: skip
add_report("payment_plan", "due", Text("待收款到期分布", "Outstanding by due month"), by=["due_on:month", "status"],
           figures=["sum:outstanding", COUNT], filter=_OPEN)  # fmt: skip
add_report("payment_plan", "customers", Text("欠款最多的客户", "Customers that owe most"), by=["customer"],
           figures=["sum:outstanding", COUNT], filter=_OPEN, top=20)  # fmt: skip
