"""A desk in a firm: a person known under a few records, and requests on the way."""

from typing import Any

from tests.firms import Door

NAME, PHONE, EMAIL = "欧阳金丝雀", "13912345678", "canary@jinsique.example"


def person(door: Door, **values: Any) -> dict[str, Any]:
    """A contact by that name and number."""
    made = door.post("/contact", {"name": NAME, "mobile": PHONE, "email": EMAIL} | values)
    assert made.status_code == 201, made.data
    return dict(made.data)


def take_in(door: Door, kind: str = "erase", **values: Any) -> dict[str, Any]:
    """A new request of the person."""
    made = door.post(
        "/privacy/requests", {"kind": kind, "name": NAME, "channel": "email", "reach": EMAIL} | values
    )
    assert made.status_code == 201, made.data
    return dict(made.data)


def step(door: Door, request: dict[str, Any], verb: str, body: dict[str, Any] | None = None) -> Any:
    """One step of a request, at its present version."""
    now = door.get(f"/privacy/requests/{request['id']}").data
    path = f"/privacy/requests/{request['id']}"
    given = {"version": now["version"], **(body or {})}
    return door.patch(path, given) if not verb else door.post(f"{path}/{verb}", given)


def ready(door: Door, records: list[dict[str, Any]], kind: str = "erase", **change: Any) -> dict[str, Any]:
    """A request whose records are chosen and whose person is known to be who they say."""
    request = take_in(door, kind)
    chosen = [{"object": each["object"], "id": each["id"]} for each in records]
    changed = step(door, request, "", {"records": chosen, **change})
    assert changed.status_code == 200, changed.data
    verified = step(door, request, "verify", {"how": "callback"})
    assert verified.status_code == 200, verified.data
    return dict(verified.data)
