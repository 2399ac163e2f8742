"""The doors of receivables: what a contract brings, what a payment could pay, what is owed by age."""

from tests.battery.wall_doors import Leak, Visit, door


@door("GET /receivables/contracts/{contract_id}", "POST /receivables/contracts/{contract_id}/plans/preview",
      "POST /receivables/contracts/{contract_id}/plans", "GET /receivables/payments/{payment_id}/proposal",
      "POST /receivables/payments/{payment_id}/allocations", "GET /receivables/ageing")  # fmt: skip
def receivables(visit: Visit) -> None:
    """What a contract brings and what a payment could pay, for who sees them."""
    visit.ask("GET", "/receivables/ageing")
    for whose in ("rep", "stranger"):
        contract, payment = (visit.wall.planted(key, whose) for key in ("contract", "payment"))
        path = f"/receivables/contracts/{contract.id}"
        if visit.ask("GET", path).status_code != (200 if visit.sees(contract) else 404):
            raise Leak(f"{visit.name} asks what {whose}’s contract brings")
        split = {"parts": 2, "first_due": "2031-01-01"}
        visit.ask("POST", f"{path}/plans/preview", split)
        visit.ask("POST", f"{path}/plans", split)
        path = f"/receivables/payments/{payment.id}"
        if visit.ask("GET", f"{path}/proposal").status_code != (200 if visit.sees(payment) else 404):
            raise Leak(f"{visit.name} asks what {whose}’s payment could pay")
        body = {"allocations": [{"plan": visit.wall.planted("payment_plan", "stranger").id, "amount": 1}]}
        visit.ask("POST", f"{path}/allocations", body)
