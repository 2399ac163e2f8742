"""Lists, filters, groups, search and writes over a million customers, through HTTP as an integration calls.

Ours: the median over loopback HTTP, one keep-alive connection, against the running product. The floor:
the same SELECT (columns, predicate, order, limit) by psycopg and orjson, as the same restricted role.
Searches and writes have no floor of their own; their targets are absolute (docs/reference/benchmarks.md).
"""

import http.client
import random
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import orjson

from bench import made_up
from bench.measuring import Report, conditions, p50
from bench.place import filled, restricted, served
from bench.writing import write
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.records.indexing import build_indexes, index_sql
from guanxi.engine.schema import facade as schema
from guanxi.engine.schema.facade import indexed_fields
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Via, session

DEFAULT_ROWS = 1000000
COLUMNS = (
    "id, title, version, owner_id, created_at, created_by, updated_at, updated_by, deleted_at, custom, name, kind, tier,"
    " lifecycle, industry, source, size, relationship_level, tags, parent_id, primary_contact_id, phone, mobile, email,"
    " wechat, website, region, tax_number, legal_representative, registered_capital, founded, employees,"
    " annual_revenue, credit_limit, payment_terms, next_contact_at, last_contact_at, description"
)


def run(rows: int) -> Report:
    """Fill once, serve, measure."""
    with filled(lambda: fill(rows)) as kept:
        report = Report(
            "records", conditions(customers=rows, contacts=rows * 3 // 10, opportunities=rows // 5)
        )
        with served() as (host, port), restricted() as floor:
            _Measuring(report, kept, http.client.HTTPConnection(host, port), floor, rows).all()
    return report


class _Measuring:
    def __init__(
        self, report: Report, kept: dict[str, Any], web: http.client.HTTPConnection, db: Any, rows: int
    ) -> None:
        self.report, self.kept, self.web, self.db, self.rows = report, kept, web, db, rows
        self.workspace = kept["workspace"]
        db.execute("SELECT set_config('guanxi.workspace', %s, false)", [self.workspace])

    def all(self) -> None:
        """Every figure."""
        own = "workspace_id = %s AND deleted_at IS NULL"
        by_name = "ORDER BY title_sort, id LIMIT 51"
        self.read("list 50 by name", "/customer?sort=name", f"{own} {by_name}", [])
        self.read("filter: typed field", _list({"field": "industry", "op": "is", "value": "education"}),
                  f"{own} AND industry = %s {by_name}", ["education"])  # fmt: skip
        self.read("filter: indexed custom field", _list({"field": "code", "op": "is", "value": "C000777"}),
                  f"{own} AND (custom ->> 'code') = %s {by_name}", ["C000777"])  # fmt: skip
        self.related()
        self.group()
        self.deep()
        # What people meet is a warm index: each text is searched a few times before it is timed.
        for name, text in (
            ("search: 2 characters", "恒拓"),
            ("search: initials", "zshr"),
            ("search: phone", "77190"),
        ):
            self.plain(name, "GET", f"/search?q={quote(text)}")
        self.one()
        self.writes()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.kept['token']}", "Content-Type": "application/json"}
        self.web.request(method, "/api/v1" + path, orjson.dumps(body) if body is not None else None, headers)
        answer = self.web.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return orjson.loads(content) if content else None

    def select(self, where: str, params: list[Any], *, table: str = "customer") -> list[Any]:
        cursor = self.db.execute(f"SELECT {COLUMNS} FROM {table} WHERE {where}", [self.workspace, *params])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return list(orjson.loads(orjson.dumps(rows, default=str)))

    def read(self, name: str, path: str, where: str, params: list[Any]) -> None:
        self.report.add(name, p50(lambda: self.call("GET", path)), p50(lambda: self.select(where, params)))

    def plain(self, name: str, method: str, path: str, body: Any = None) -> None:
        self.report.add(name, p50(lambda: self.call(method, path, body)), None)

    def related(self) -> None:
        tree = quote(orjson.dumps({"field": "customer.industry", "op": "is", "value": "education"}).decode())
        statement = (
            "SELECT o.* FROM opportunity o LEFT JOIN customer c ON c.id = o.customer_id AND c.deleted_at IS NULL"
            " AND c.workspace_id = %s WHERE o.workspace_id = %s AND o.deleted_at IS NULL AND c.industry = %s"
            " ORDER BY o.title_sort, o.id LIMIT 51"
        )
        params = [self.workspace, self.workspace, "education"]
        floor = p50(lambda: orjson.dumps(self.db.execute(statement, params).fetchall(), default=str))
        self.report.add(
            "filter: field of a related record",
            p50(lambda: self.call("GET", f"/opportunity?sort=name&filter={tree}")),
            floor,
        )

    def group(self) -> None:
        body = {"group": ["stage"], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]}
        statement = "SELECT stage, count(*), sum(amount) FROM opportunity WHERE workspace_id = %s AND deleted_at IS NULL GROUP BY 1 ORDER BY 1"
        floor = p50(
            lambda: orjson.dumps(self.db.execute(statement, [self.workspace]).fetchall(), default=str),
            times=20,
        )
        self.report.add(
            "board sums by stage", p50(lambda: self.call("POST", "/opportunity/query", body), times=20), floor
        )

    def deep(self) -> None:
        cursor = None
        target = self.rows * 9 // 10
        for _ in range(target // 200):
            page = self.call(
                "GET",
                "/customer?sort=name&limit=200&fields=name&count=false"
                + (f"&cursor={cursor}" if cursor else ""),
            )
            cursor = page["page"]["next"]
        first = p50(lambda: self.call("GET", "/customer?sort=name&count=false"))
        self.report.add(
            f"page at row {target:,} against the first",
            p50(lambda: self.call("GET", f"/customer?sort=name&cursor={cursor}")),
            first,
        )

    def one(self) -> None:
        key = self.call("GET", "/customer?sort=name&limit=1&count=false")["data"][0]["id"]
        floor = p50(lambda: self.select("workspace_id = %s AND id = %s", [key]))
        self.report.add("read one", p50(lambda: self.call("GET", f"/customer/{key}")), floor)

    def writes(self) -> None:
        numbers = iter(range(10**6))

        def create() -> Any:
            n = next(numbers)
            body = {
                "name": f"新建{uuid.uuid4().hex[:8]}有限公司",
                "phone": f"0760-{88000000 + n}",
                "industry": "education",
            }
            return self.call("POST", "/customer", body)

        self.report.add("create", p50(create), None)
        record = create()

        def update() -> None:
            nonlocal record
            change = {"version": record["version"], "description": uuid.uuid4().hex}
            record = self.call("PATCH", f"/customer/{record['id']}", change)

        self.report.add("update one field", p50(update), None)


def _list(tree: dict[str, Any]) -> str:
    return "/customer?sort=name&filter=" + quote(orjson.dumps(tree).decode())


def fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password=uuid.uuid4().hex, verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    with session(workspace.id):
        info, actor = identity.load_actor(workspace.id, user.id)
        ctx = Ctx(workspace=info, actor=actor, via=Via.IMPORT)
        _, token = identity.create_token(ctx, user_id=user.id, name="bench")
        ctx = schema.create_field(ctx, "customer", "code", "text", {"label": "Code", "indexed": True})
        indexes = [index_sql(ctx.workspace.id, obj, f) for obj, f in indexed_fields(ctx)]
        stages = [o.value for o in get_object(ctx, "opportunity").fields["stage"].options]
        industries = [o.value for o in get_object(ctx, "customer").fields["industry"].options]
    rng = random.Random(20)
    customers = _customers(ctx, rng, rows, industries)
    write(ctx, "contact", rows * 3 // 10, lambda n: {
        "name": rng.choice("王李张刘陈杨赵黄周吴") + rng.choice(made_up.FIRST) + rng.choice(made_up.FIRST),
        "mobile": made_up.mobile(n + 3), "customer": rng.choice(customers),
    })  # fmt: skip
    write(ctx, "opportunity", rows // 5, lambda n: {
        "name": f"{rng.choice(made_up.CITIES)}{rng.choice(made_up.TRADES)}项目{n}", "customer": rng.choice(customers),
        "stage": rng.choice(stages), "amount": rng.randrange(1, 500) * 1000, "loss_reason": "price",
        "expected_close_date": (ctx.now + timedelta(days=rng.randrange(-300, 90))).date(),
    })  # fmt: skip
    build_indexes(indexes)
    return {"workspace": str(workspace.id), "token": token}


def _customers(ctx: Ctx, rng: random.Random, rows: int, industries: list[str]) -> list[uuid.UUID]:
    return write(ctx, "customer", rows, lambda n: {
        "name": made_up.firm(rng, n), "phone": made_up.mobile(n), "industry": made_up.pick(rng, industries),
        "code": f"C{n:06d}", "owner": ctx.actor.user_id, "tags": [rng.choice(made_up.TRADES)],
    })  # fmt: skip
