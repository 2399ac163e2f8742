"""The doors of referrals: codes, whom a customer brought, what is given for it."""

from tests.battery.wall_doors import Leak, Visit, door, silent


@door("GET /referrals/{object_key}/{record_id}", "POST /referrals/{object_key}/{record_id}/code",
      "POST /referrals/customer/{record_id}/brought-by")  # fmt: skip
def referrals(visit: Visit) -> None:
    """What a customer's page tells of referrals, and a code, for who sees the customer."""
    for key in ("customer", "contact"):
        for record in (visit.wall.planted(key, whose) for whose in ("rep", "stranger")):
            path, seen = f"/referrals/{key}/{record.id}", visit.sees(record)
            if visit.ask("GET", path).status_code != (200 if seen else 404):
                raise Leak(f"{visit.name} asks who {record.name}’s {key} brought")
            made = visit.ask("POST", f"{path}/code").status_code
            if made == 201 and not seen:
                raise Leak(f"{visit.name} makes a code of {record.name}’s {key}")
    for record in (visit.wall.planted("customer", whose) for whose in ("rep", "stranger")):
        answer = visit.ask("POST", f"/referrals/customer/{record.id}/brought-by", {"code": "2222-2222"})
        if answer.status_code != 404 and not visit.sees(record):
            raise Leak(f"{visit.name} says who brought {record.name}’s customer")


silent(
    "what is given for referrals, for who sets it: no records", "GET /referrals/terms", "PUT /referrals/terms"
)
