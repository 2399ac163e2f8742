"""A list with ten calculated columns against the same list without them, through HTTP.

Half a million deals of customers. Ours: a page of 50 with ten columns that come of other fields: formulas of
every kind, through links too, and lookups and rollups where those types are there. The floor: the same page
without them, in the same run. Filter and sort by a formula read every row: given with the same over a stored
field as their floor.
"""

import http.client
import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import orjson

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled, served
from bench.writing import write
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.schema import facade as schema
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Via, session

DEFAULT_ROWS = 500000
FORMULAS = {
    "days_left": "expected_close_date - TODAY()",
    "tax": "MONEY(amount * 0.06)",
    "size": 'IF(amount >= 300000, "大单", IF(amount >= 100000, "中单", "小单"))',
    "heading": 'name & "（" & customer.name & "）"',
    "late": "AND(NOT ISBLANK(expected_close_date), expected_close_date < TODAY())",
    "working_days": "WORKDAYS(TODAY(), expected_close_date)",
    "sector": 'SWITCH(customer.industry, "education", 1, "finance", 2, 3)',
    "seller": 'TEXTJOIN(" / ", owner.name, owner.email)',
    "share": "PERCENT(amount / (customer.credit_limit + 1))",
    "due": "EOMONTH(expected_close_date, 1)",
}
LOOKUPS = {"industry": "customer.industry", "owner_name": "customer.owner.name", "phone": "customer.phone"}
PLAIN = "name,customer,amount,stage,expected_close_date,owner"


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report(
            "formulas", conditions(deals=rows, customers=rows // 10, columns=", ".join(kept["columns"]))
        )
        with served() as (host, port):
            _measure(report, kept, http.client.HTTPConnection(host, port))
    return report


def _measure(report: Report, kept: dict[str, Any], web: http.client.HTTPConnection) -> None:
    def call(method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {kept['token']}", "Content-Type": "application/json"}
        web.request(method, "/api/v1" + path, orjson.dumps(body) if body is not None else None, headers)
        answer = web.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return orjson.loads(content)

    def page(fields: str, more: str = "sort=name") -> Callable[[], Any]:
        return lambda: call("GET", f"/opportunity?{more}&fields={fields}&limit=50")

    def where(field: str, op: str, value: Any) -> str:
        tree = {"field": field, "op": op, "value": value}
        return "sort=name&filter=" + quote(orjson.dumps(tree).decode())

    ten = PLAIN + "," + ",".join(kept["columns"])
    for name, more in (("by name", "sort=name"), ("by creation", "sort=-created_at")):
        report.add(f"50 rows {name}, ten columns more", p50(page(ten, more)), p50(page(PLAIN, more)))
    for key in kept["columns"]:
        report.add(f"50 rows, {key}", p50(page(f"{PLAIN},{key}"), times=30), p50(page(PLAIN), times=30))
    report.add(
        "filter by a formula",
        p50(page(PLAIN, where("days_left", "lt", -290)), times=8, warm=2),
        p50(page(PLAIN, where("amount", "gt", 495000)), times=8, warm=2),
    )
    report.add(
        "sort by a formula",
        p50(page(PLAIN, "sort=-tax&count=false"), times=5, warm=1),
        p50(page(PLAIN, "sort=-amount&count=false"), times=5, warm=1),
    )
    groups = {"measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]}
    report.add(
        "sums by a formula",
        p50(lambda: call("POST", "/opportunity/query", {"group": ["size"], **groups}), times=5, warm=1),
        p50(lambda: call("POST", "/opportunity/query", {"group": ["stage"], **groups}), times=5, warm=1),
    )


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password=uuid.uuid4().hex, verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.IMPORT)
        _, token = identity.create_token(ctx, user_id=user.id, name="bench")
        ctx, columns = _declare(ctx)
        stages = [o.value for o in get_object(ctx, "opportunity").fields["stage"].options]
        industries = [o.value for o in get_object(ctx, "customer").fields["industry"].options]
    rng = random.Random(21)
    customers = write(ctx, "customer", rows // 10, lambda n: {
        "name": made_up.firm(rng, n), "phone": made_up.mobile(n), "industry": made_up.pick(rng, industries),
        "owner": ctx.actor.user_id, "credit_limit": rng.randrange(1, 900) * 1000,
    })  # fmt: skip
    write(ctx, "opportunity", rows, lambda n: {
        "name": f"{rng.choice(made_up.CITIES)}{rng.choice(made_up.TRADES)}项目{n}", "customer": rng.choice(customers),
        "stage": rng.choice(stages), "amount": rng.randrange(1, 500) * 1000, "loss_reason": "price",
        "owner": ctx.actor.user_id, "expected_close_date": (ctx.now + timedelta(days=rng.randrange(-300, 90))).date(),
    })  # fmt: skip
    return {"workspace": str(workspace.id), "token": token, "columns": columns}


def _declare(ctx: Ctx) -> tuple[Ctx, list[str]]:
    """The calculated fields; with lookups and rollups where those types are there."""
    columns = []
    for key, expression in FORMULAS.items():
        ctx = schema.create_field(ctx, "opportunity", key, "formula", _field(key, expression=expression))
        columns.append(key)
    if field_type_registry.find("lookup"):
        for key, path in LOOKUPS.items():
            ctx = schema.create_field(ctx, "opportunity", key, "lookup", _field(key, path=path))
        columns = [*LOOKUPS, *columns[:7]]
    if field_type_registry.find("rollup"):
        for key, op in (("deals", "count"), ("worth", "sum")):
            over = {"object": "opportunity", "field": "customer", "op": op} | (
                {"measure": "amount"} if op == "sum" else {}
            )
            ctx = schema.create_field(ctx, "customer", key, "rollup", _field(key, **over))
            ctx = schema.create_field(
                ctx, "opportunity", f"of_{key}", "lookup", _field(key, path=f"customer.{key}")
            )
        columns = [*columns[:8], "of_deals", "of_worth"]
    return ctx, columns


def _field(key: str, **config: Any) -> dict[str, Any]:
    return {"label": key, "config": config}
