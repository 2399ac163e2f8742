"""The doors of targets and of what is paid by them: figures and numbers, no titles of records."""

from tests.battery.wall_doors import silent

silent("figures of people whose every record the reader sees, read through the read door; no titles (tests/domains/sales/test_targets.py)",
       "GET /targets", "GET /targets/plans", "GET /targets/plans/{plan_id}/grid", "GET /targets/plans/{plan_id}/board",
       "POST /targets/plans/{plan_id}/split")  # fmt: skip
silent("numbers that people are given, for who leads them", "POST /targets/plans", "PATCH /targets/plans/{plan_id}",
       "DELETE /targets/plans/{plan_id}", "PUT /targets/plans/{plan_id}/cells", "PUT /targets/shy")  # fmt: skip
silent("pay: one's own, of people one leads, or for who holds the area sales (tests/domains/sales/test_commissions.py)",
       "GET /targets/commissions", "POST /targets/commissions", "POST /targets/commissions/preview",
       "PATCH /targets/commissions/{rule_id}", "DELETE /targets/commissions/{rule_id}",
       "GET /targets/commissions/{rule_id}/statement", "POST /targets/commissions/{rule_id}/close", "GET /targets/cards",
       "POST /targets/cards", "PATCH /targets/cards/{card_id}", "DELETE /targets/cards/{card_id}", "GET /targets/contests", "POST /targets/contests",
       "PATCH /targets/contests/{contest_id}", "DELETE /targets/contests/{contest_id}")  # fmt: skip
