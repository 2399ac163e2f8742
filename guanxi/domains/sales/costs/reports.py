"""Ready-made reports of what serving and selling costs."""

from guanxi.engine.views.builtin import COUNT, add_report
from guanxi.kit.text import Text

add_report("expense", "kinds", Text("每月费用", "Expenses by month"), by=["spent_on:month", "kind"],
           figures=["sum:amount"])  # fmt: skip
add_report("expense", "people", Text("个人费用", "Expenses by person"), by=["owner", "kind"],
           figures=["sum:amount", COUNT], top=20)  # fmt: skip
