"""The doors of referrals (codes, whom a customer brought, what is given for it) and of mails with quotes."""

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


@door("GET /papers/quote/{record_id}/mail", "POST /papers/quote/{record_id}/mail")
def mails_with_quotes(visit: Visit) -> None:
    """The mail that a quote could go out by is for who sees the quote, and knows of nobody they do not see."""
    for record in (visit.wall.planted("quote", whose) for whose in ("rep", "stranger")):
        path = f"/papers/quote/{record.id}/mail"
        if visit.ask("GET", path).status_code != (200 if visit.sees(record) else 404):
            raise Leak(f"{visit.name} writes a mail with {record.name}’s quote")
        visit.ask("POST", path, {"to": ["a@wall.example"], "subject": "a", "body": "b"})


silent(
    "what is given for referrals, for who sets it: no records", "GET /referrals/terms", "PUT /referrals/terms"
)
