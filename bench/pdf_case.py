"""Quotes as PDF, over HTTP: the first one printed by a process that has printed nothing yet, and those after it.

`rows` is how many quotes there are; one of ten lines and one of 200 are printed again and again. No printed paper is kept.
"""

import http.client
import time
from typing import Any

from bench.measuring import Report, conditions, p50
from bench.place import filled, served
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.records import store
from guanxi.engine.tenancy.context import Ctx, Via, session

DEFAULT_ROWS = 200
SHORT, LONG = 10, 200


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report("pdf", conditions(quotes=rows, lines=f"{SHORT} and {LONG}"))
        with served() as (host, port):
            web = http.client.HTTPConnection(host, port)

            def printed(quote: str) -> None:
                headers = {"Authorization": f"Bearer {kept['token']}"}
                web.request("GET", f"/api/v1/papers/quote/{quote}/pdf", headers=headers)
                answer = web.getresponse()
                content = answer.read()
                if answer.status >= 300 or not content.startswith(b"%PDF"):
                    raise SystemExit(f"no PDF: {answer.status} {content[:500]!r}")

            start = time.perf_counter()
            printed(kept["short"])
            report.add(f"the first PDF, {SHORT} lines", (time.perf_counter() - start) * 1000, None)
            report.add(
                f"after it, {SHORT} lines", p50(lambda: printed(kept["short"]), times=20, warm=2), None
            )
            report.add(f"after it, {LONG} lines", p50(lambda: printed(kept["long"]), times=10, warm=1), None)
    return report


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password="bench-of-papers-2026", verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.API)
        _, token = identity.create_token(ctx, user_id=user.id, name="bench")
        buyer = store.create(ctx, "customer", {"name": "佛山启明机械有限公司"})["id"]
        made = [_quote(ctx, buyer, LONG if n == 1 else SHORT) for n in range(max(rows, 2))]
    return {"token": token, "short": made[0], "long": made[1]}


def _quote(ctx: Ctx, buyer: str, lines: int) -> str:
    items = [
        {"name": f"六轴机械臂 {n}", "price": 1000 + n, "quantity": n, "tax_rate": 13}
        for n in range(1, lines + 1)
    ]
    made = store.create(ctx, "quote", {"name": "报价", "customer": buyer, "items": items})
    return str(made["id"])
