"""The doors of insight: figures of customers whom one sees, and of the firm for who sees everybody."""

from tests.battery.wall_doors import Leak, Visit, door, silent

silent("rules of the firm without a record in them", "GET /insight/settings", "PATCH /insight/settings")
silent("starts a job of the program and tells how it stands", "POST /insight/runs")


@door("GET /insight/forecast")
def forecast(visit: Visit) -> None:
    """Sums of the whole firm: for nobody who does not see every deal."""
    visit.ask("GET", "/insight/forecast")


@door("GET /insight", "GET /insight/customers/{customer_id}")
def insight(visit: Visit) -> None:
    """Counts of the customers one sees; the card of one of them."""
    visit.ask("GET", "/insight")
    for whose in ("rep", "stranger"):
        customer = visit.wall.planted("customer", whose)
        told = visit.ask("GET", f"/insight/customers/{customer.id}").status_code
        if told != (200 if visit.sees(customer) else 404):
            raise Leak(f"{visit.name} asks for the insight of {whose}’s customer")


@door("GET /insight/tiers")
def tiers(visit: Visit) -> None:
    """Counts and names of the customers one sees, for who reads their profit."""
    visit.ask("GET", "/insight/tiers")
