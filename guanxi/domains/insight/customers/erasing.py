"""Where insight holds data of people: figures beside their records, and what these were before."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("customer_insight", "客户洞察", "Insight of customers", record=("id",))
declare_place(
    "customer_insight_change", "客户阶段与级别变化", "Changes of stages and tiers", record=("customer_id",)
)
declare_place("customer_insight_month", "客户洞察月度快照", "Months of insight", record=("customer_id",))
