"""The doors of receivables: what a contract or an order brings, what a payment could pay, credit, what is owed by age."""

from tests.battery.wall_doors import Leak, Visit, door


@door("GET /receivables/contracts/{contract_id}", "POST /receivables/contracts/{contract_id}/plans/preview",
      "POST /receivables/contracts/{contract_id}/plans", "GET /receivables/payments/{payment_id}/proposal",
      "POST /receivables/payments/{payment_id}/allocations", "GET /receivables/ageing",
      "GET /receivables/orders/{order_id}", "POST /receivables/orders/{order_id}/plans/preview",
      "POST /receivables/orders/{order_id}/plans", "GET /receivables/customers/{customer_id}/credit")  # fmt: skip
def receivables(visit: Visit) -> None:
    """What contracts and orders bring, what a payment could pay, how much credit is used: for who sees them."""
    visit.ask("GET", "/receivables/ageing")
    for whose in ("rep", "stranger"):
        payment, customer = (visit.wall.planted(key, whose) for key in ("payment", "customer"))
        for key, part in (("contract", "contracts"), ("sales_order", "orders")):
            paper = visit.wall.planted(key, whose)
            path = f"/receivables/{part}/{paper.id}"
            if visit.ask("GET", path).status_code != (200 if visit.sees(paper) else 404):
                raise Leak(f"{visit.name} asks what {whose}’s {key} brings")
            split = {"parts": 2, "first_due": "2031-01-01"}
            visit.ask("POST", f"{path}/plans/preview", split)
            visit.ask("POST", f"{path}/plans", split)
        told = visit.ask("GET", f"/receivables/customers/{customer.id}/credit").status_code
        if told not in ((200, 403) if visit.sees(customer) else (404,)):
            raise Leak(f"{visit.name} asks for the credit of {whose}’s customer")
        path = f"/receivables/payments/{payment.id}"
        if visit.ask("GET", f"{path}/proposal").status_code != (200 if visit.sees(payment) else 404):
            raise Leak(f"{visit.name} asks what {whose}’s payment could pay")
        body = {"allocations": [{"plan": visit.wall.planted("payment_plan", "stranger").id, "amount": 1}]}
        visit.ask("POST", f"{path}/allocations", body)
