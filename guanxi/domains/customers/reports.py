"""Ready-made reports of customers and contacts."""

from guanxi.engine.views.builtin import add_report
from guanxi.kit.text import Text

add_report(
    "customer",
    "growth",
    Text("客户增长", "Customer growth"),
    by=["created_at:month"],
    chart="line",
    show="running",
)
add_report("customer", "new", Text("每月新客户", "New customers by month"), by=["created_at:month", "source"])
add_report(
    "customer",
    "lifecycle",
    Text("客户生命周期分布", "Customers by lifecycle stage"),
    by=["lifecycle"],
    chart="pie",
)
add_report(
    "customer",
    "structure",
    Text("行业与级别", "Customers by industry and tier"),
    by=["industry", "tier"],
    top=10,
)
add_report(
    "customer", "regions", Text("客户地区分布", "Customers by province"), by=["region:province"], top=20
)
add_report(
    "customer", "owners", Text("每人名下客户", "Customers by owner"),
    by=["owner", "lifecycle"], top=20,
)  # fmt: skip
add_report("customer", "cost", Text("服务成本最高的客户", "Customers that cost most to serve"),
           by=["name"], figures=["sum:cost_to_serve"], top=20)  # fmt: skip
