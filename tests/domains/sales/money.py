"""What tests of instalments and payments say in one word: contracts split, money paid and allocated."""

from typing import Any

from tests.domains.sales.conftest import made
from tests.firms import Door


def contract(door: Door, customer: dict[str, Any], price: Any = 1000, **values: Any) -> dict[str, Any]:
    return made(
        door,
        "contract",
        name="年度合同",
        customer=customer["id"],
        items=[{"name": "泵", "price": price}],
        **values,
    )


def split(door: Door, of: dict[str, Any], **body: Any) -> Any:
    return door.post(f"/receivables/contracts/{of['id']}/plans", body)


def plan(door: Door, **values: Any) -> dict[str, Any]:
    return made(door, "payment_plan", **values)


def pay(door: Door, amount: Any, customer: dict[str, Any], **values: Any) -> dict[str, Any]:
    return made(
        door, "payment", amount=amount, customer=customer["id"], **{"paid_on": "2026-03-01", **values}
    )


def allocate(
    door: Door, payment: dict[str, Any], *lines: tuple[Any, Any], remove: tuple[str, ...] = ()
) -> Any:
    rows = [{"plan": plan["id"], "amount": amount} for plan, amount in lines]
    return door.post(
        f"/receivables/payments/{payment['id']}/allocations", {"allocations": rows, "remove": list(remove)}
    )


def read(door: Door, record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = door.get(f"/{record['object']}/{record['id']}").data
    return found


def figures(door: Door, record: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    found = read(door, record)
    return tuple(found[key] for key in keys)


def errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [(error["field"], error["code"]) for error in answer.data["errors"]]
