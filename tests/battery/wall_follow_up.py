"""The doors of following up: writing down what happened with a record, and the plans of who keeps the rules."""

from tests.battery.wall_doors import Leak, Visit, door, silent

LOGGED = ("customer", "lead", "opportunity")


@door("POST /follow-ups")
def logging(visit: Visit) -> None:
    """Nothing can be written down about a record that one does not see, and the answer tells nothing else of it."""
    with visit.trying():
        for key in LOGGED:
            about = Visit(visit.wall, visit.name, key, visit.through)
            for record in about.aims:
                body = {
                    "object": key,
                    "record": record.id,
                    "kind": "note",
                    "text": "记一笔",
                    "next": {"subject": "再联系"},
                }
                answer = about.ask("POST", "/follow-ups", body)
                if not about.sees(record) and answer.status_code not in (403, 404):
                    raise Leak(f"{visit.name} logs with a hidden {key}: {answer.status_code}")


@door("POST /follow-ups/plans/preview")
def fitting(visit: Visit) -> None:
    """Who would fit a plan: titles come through the read door, and are asked for by who keeps the rules."""
    for key in LOGGED:
        visit.ask("POST", "/follow-ups/plans/preview", {"object": key, "condition": None})


@door(
    "GET /remarks/{object_key}/{record_id}",
    "POST /remarks/{object_key}/{record_id}",
    "DELETE /remarks/{remark_id}",
)
def remarks(visit: Visit) -> None:
    """What is said about a record is for who sees it; nobody else says anything, or takes it back."""
    with visit.trying():
        said = {}
        for record in visit.aims:
            answer = visit.wall.doors["boss"].post(f"/remarks/{visit.key}/{record.id}", {"body": "看看"})
            if answer.status_code == 201:
                said[record.id] = answer.data["id"]
        visit.aimed("GET", "/{id}", prefix="/remarks")
        visit.aimed("POST", "/{id}", {"body": "我也看看"}, prefix="/remarks")
        for record in visit.aims:
            if not visit.sees(record) and record.id in said:
                answer = visit.ask("DELETE", f"/remarks/{said[record.id]}")
                if answer.status_code not in (403, 404):
                    raise Leak(f"{visit.name} takes back a remark on a hidden {visit.key}")


silent(
    "one's own report of what one sees oneself (tests/domains/sales/test_reviews.py)",
    "POST /follow-ups/reports",
)
silent("what is to be done about whom, for who keeps the rules: conditions and numbers",
       "POST /follow-ups/plans", "PATCH /follow-ups/plans/{follow_up_plan_id}", "DELETE /follow-ups/plans/{follow_up_plan_id}")  # fmt: skip
silent("one's own calendar: what one sees oneself, under an address of one's own (tests/domains/sales/test_calendar.py)",
       "POST /follow-ups/calendar", "DELETE /follow-ups/calendar", "GET /public/calendars/{token}")  # fmt: skip


@door("GET /follow-ups/events/{event_id}/guests", "POST /follow-ups/events/{event_id}/guests",
      "DELETE /follow-ups/events/{event_id}/guests/{guest_id}",
      "POST /follow-ups/events/{event_id}/guests/{guest_id}/proposal")  # fmt: skip
def guests_of_events(visit: Visit) -> None:
    """Who is asked to an event is for who sees the event, and nobody is asked whom they do not see."""
    for record in (visit.wall.planted("event", whose) for whose in ("rep", "stranger")):
        path = f"/follow-ups/events/{record.id}/guests"
        if visit.ask("GET", path).status_code != (200 if visit.sees(record) else 404):
            raise Leak(f"{visit.name} reads the guests of {record.name}’s event")
        for key in ("contact", "customer", "lead"):
            for whose in ("rep", "stranger"):
                guest = visit.wall.planted(key, whose)
                asked = visit.ask("POST", path, {"to": [{"object": key, "id": str(guest.id)}]})
                if asked.status_code == 201 and not (visit.sees(record) and visit.sees(guest)):
                    raise Leak(f"{visit.name} asks {guest.name}’s {key} to {record.name}’s event")
        answer = visit.ask("DELETE", f"{path}/{record.id}")
        if answer.status_code not in (403, 404):
            raise Leak(f"{visit.name} asks somebody no more: {answer.status_code}")
        answer = visit.ask("POST", f"{path}/{record.id}/proposal", {"answer": "accepted"})
        if answer.status_code not in (403, 404):
            raise Leak(f"{visit.name} moves an event by a proposal: {answer.status_code}")
