"""The doors of orders: what is left of one, links for its customer, and the page behind them."""

from tests.battery.wall_doors import Leak, Visit, door, silent


@door("GET /orders/{record_id}/standing", "GET /orders/{record_id}/links", "POST /orders/{record_id}/links",
      "DELETE /orders/{record_id}/links/{link_id}")  # fmt: skip
def orders(visit: Visit) -> None:
    """What is left of an order, and its links, are for who sees it."""
    for record in (visit.wall.planted("sales_order", whose) for whose in ("rep", "stranger")):
        path, seen = f"/orders/{record.id}/links", visit.sees(record)
        for asked in (path, f"/orders/{record.id}/standing"):
            if visit.ask("GET", asked).status_code != (200 if seen else 404):
                raise Leak(f"{visit.name} asks {asked}, an order of {record.name}")
        visit.ask("DELETE", f"{path}/{record.id}")
        made = visit.ask("POST", path, {}).status_code
        if made == 201 or (made != 404 and not seen):
            raise Leak(f"{visit.name} makes a link to {record.name}’s draft")


silent(
    "the page of an order for who has its link: quantities and states, and nothing else",
    "GET /public/orders/{token}",
)
