"""Ready-made reports of quotes and contracts."""

from guanxi.engine.views.builtin import COUNT, add_report
from guanxi.kit.text import Text

_SIGNED = {"field": "signed_on", "op": "is_not_empty"}

add_report("quote", "outcomes", Text("报价结果", "Quotes by status"), by=["status"], figures=[COUNT, "sum:total"],
           chart="funnel")  # fmt: skip
add_report("contract", "signed", Text("每月签约金额", "Signed by month"), by=["signed_on:month"],
           figures=["sum:total", COUNT], chart="line", filter=_SIGNED)  # fmt: skip
add_report("contract", "progress", Text("合同进展", "Contracts by status"), by=["status"],
           figures=[COUNT, "sum:total"])  # fmt: skip
add_report("contract", "customers", Text("签约额最高的客户", "Customers by signed amount"), by=["customer"],
           figures=["sum:total", COUNT], filter=_SIGNED, top=20)  # fmt: skip
add_report("contract", "people", Text("个人签约额", "Signed by person"), by=["owner", "signed_on:quarter"],
           figures=["sum:total"], filter=_SIGNED, top=20)  # fmt: skip
