"""A board of 5,000 open deals whose stages ask for fields, conditions and checklists.

Over HTTP, as the board asks: the sums of its columns and the first page of each (first paint), one more page, and a
move to a stage with gates, whose floor is the same move with the rules of no stage: `UPDATE` of one row by the same role.
In a browser, where one is there (`GUANXI_CHROMIUM`, /usr/bin/chromium): from opening the address to the first card, with
everything of the page in the browser's cache, and from letting a card go to the server's word that it has moved.
"""

import http.client
import os
import random
import statistics
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from playwright.sync_api import sync_playwright

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled, restricted, served
from bench.writing import write
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.records.ruling.checking_stages import guide_reader
from guanxi.engine.records.store.stages_in_use import stages_in_use
from guanxi.engine.schema.loading import refreshed
from guanxi.engine.schema.models import Pipeline
from guanxi.engine.schema.pipelines import list_pipelines, update_pipeline
from guanxi.engine.tenancy.context import Ctx, Via, session

DEFAULT_ROWS = 5000
OPEN = ("qualification", "needs", "proposal", "negotiation", "contract")
CHROMIUM = os.environ.get("GUANXI_CHROMIUM", "/usr/bin/chromium")
PASSWORD = "bench-of-the-board-2026"
EMAIL = "bench@example.com"
GATE = {
    "required": ["expected_close_date"],
    "entry": {"filter": {"field": "amount", "op": "gte", "value": 1}},
    "exit": {"filter": {"field": "customer.name", "op": "is_not_empty"}},
    "checklist": [{"name": "预算已确认", "required": False}],
}


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report("board", conditions(open_deals=rows, gates=len(OPEN)))
        with served() as (host, port), restricted() as floor:
            _over_http(report, kept, http.client.HTTPConnection(host, port), floor)
            if Path(CHROMIUM).exists():
                _in_browser(report, f"http://{host}:{port}")
    return report


def _over_http(report: Report, kept: dict[str, Any], web: http.client.HTTPConnection, db: Any) -> None:
    def call(method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {kept['token']}", "Content-Type": "application/json"}
        web.request(method, "/api/v1" + path, orjson.dumps(body) if body is not None else None, headers)
        answer = web.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return orjson.loads(content)

    def column(stage: str, cursor: str | None = None) -> Any:
        body = {"filter": {"field": "stage", "op": "is", "value": stage}, "limit": 40, "count": False}
        return call("POST", "/opportunity/query", body | ({"cursor": cursor} if cursor else {}))

    def sums() -> Any:
        measures = [{"op": "count", "as": "count"}, {"op": "sum", "field": "amount", "as": "sum"}]
        return call("POST", "/opportunity/query", {"group": ["stage"], "measures": measures})

    def paint() -> None:
        call("GET", "/pipelines?object=opportunity")
        sums()
        for stage in OPEN:
            column(stage)

    report.add("all that the first paint asks, one by one", p50(paint, times=20, warm=3), None)
    report.add("sums of the columns", p50(sums), None)
    following = column("needs")["page"]["next"]
    report.add("the next page of a column", p50(lambda: column("needs", following)), None)
    deal = column("proposal")["data"][0]
    version = [deal["version"]]

    def move() -> None:
        to = "negotiation" if version[0] % 2 else "proposal"
        body = {"stage": to, "version": version[0]}
        version[0] = call("PATCH", f"/opportunity/{deal['id']}", body)["version"]

    db.execute("SELECT set_config('guanxi.workspace', %s, false)", [kept["workspace"]])

    def bare() -> None:
        db.execute("UPDATE opportunity SET next_step = next_step WHERE id = %s", [deal["id"]])
        db.commit()
        db.execute("SELECT set_config('guanxi.workspace', %s, false)", [kept["workspace"]])

    report.add("a card moved past gates, settled", p50(move), p50(bare))


def _in_browser(report: Report, base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US").new_page()
        page.goto(f"{base}/sign-in")
        page.locator("input[type=email], input[name=email], input").first.fill(EMAIL)
        page.locator("input[type=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        address = f"{base}/o/opportunity?kind=board"
        taken = []
        for _ in range(8):
            start = time.perf_counter()
            page.goto(address, wait_until="commit")
            page.locator("article").first.wait_for()
            taken.append((time.perf_counter() - start) * 1000)
        report.add("browser: address to first card (cached code)", statistics.median(taken[2:]), None)
        moved = [_drag(page) for _ in range(8)]
        report.add("browser: card let go, server has said yes", statistics.median(moved[2:]), None)
        browser.close()


def _drag(page: Any) -> float:
    """Milliseconds from the choice of another column for a card to the answer of the server."""
    card = page.locator("section article").first
    card.hover()
    card.get_by_role("button").last.click()
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as settled:
        start = time.perf_counter()
        page.get_by_role("menuitem").nth(2).click()
    settled.value.finished()
    taken = (time.perf_counter() - start) * 1000
    if settled.value.status != 200:
        raise SystemExit(f"move: {settled.value.status} {settled.value.text()[:300]}")
    page.wait_for_timeout(400)
    return taken


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(email=EMAIL, name="Bench", password=PASSWORD, verified=True)
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.IMPORT)
        _, token = identity.create_token(ctx, user_id=user.id, name="bench")
        pipeline = Pipeline.objects.get(object_key="opportunity")
        stages = list_pipelines(ctx, "opportunity")[0]["stages"]
        guided = [stage | ({"guide": GATE} if stage["key"] in OPEN else {}) for stage in stages]
        update_pipeline(ctx, pipeline.id, {"stages": guided}, in_use=stages_in_use(ctx, "opportunity"),
                        guides=guide_reader(ctx, "opportunity"))  # fmt: skip
        ctx = refreshed(ctx)
    rng = random.Random(72)
    customers = write(ctx, "customer", max(rows // 10, 1), lambda n: {
        "name": made_up.firm(rng, n), "phone": made_up.mobile(n), "owner": ctx.actor.user_id,
    })  # fmt: skip
    write(ctx, "opportunity", rows, lambda n: {
        "name": f"{rng.choice(made_up.CITIES)}{rng.choice(made_up.TRADES)}项目{n}", "customer": rng.choice(customers),
        "stage": OPEN[n % len(OPEN)], "amount": rng.randrange(1, 500) * 1000, "owner": ctx.actor.user_id,
        "expected_close_date": (ctx.now + timedelta(days=rng.randrange(1, 90))).date(),
        "start_date": (ctx.now - timedelta(days=rng.randrange(1, 60))).date(),
    })  # fmt: skip
    return {"workspace": str(workspace.id), "token": token, "user": str(uuid.UUID(str(user.id)))}
