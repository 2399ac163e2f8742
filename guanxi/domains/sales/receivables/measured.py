"""What of payments somebody can be given a target for."""

from guanxi.domains.sales.targets.measures import Source, declare_measure

declare_measure(
    "received", ("回款额", "Received"), ("到账的金额减去退款，按到账日期", "Payments less refunds, by the day they came in"),
    Source("payment", "paid_on", "base_amount", filter={"field": "status", "op": "is", "value": "confirmed"}),
)  # fmt: skip
