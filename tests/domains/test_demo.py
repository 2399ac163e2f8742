"""The sample firm: composed from a seed and a day, written through the store, taken away without a trace."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from stdnum.cn import uscc

from guanxi.domains.demo import facade
from guanxi.domains.demo.composing import make_plan, words_for
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.ponds import fallen
from guanxi.domains.sales.orders.balance import settle
from guanxi.domains.sales.targets.standing import standing
from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.records import store
from guanxi.engine.records.query.read import count_matching, fetch_page, get_record
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.timeline import fetch_timeline
from guanxi.engine.tenancy.context import Ctx, session, system_ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.errors import Conflict
from guanxi.kit.phones import parse_phone
from tests.domains.conftest import Office
from tests.firms import MakeFirm

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 20)
PASSWORD = "guanxi-demo-2026"
TABLES = (
    "quote",
    "contract",
    "sales_order",
    "delivery",
    "sales_return",
    "payment_plan",
    "invoice",
    "payment",
    "expense",
    "sales_plan",
    "price_book",
    "price_book_entry",
    "discount_band",
    "currency_rate",
    "custom_record",
    "customer",
    "contact",
    "lead",
    "opportunity",
    "product",
    "task",
    "note",
    "call",
    "event",
)
BESIDE = ("record_key", "search_entry", "record_link")


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def plan(request: Any) -> Plan:
    return make_plan(words_for(request.param), DAY, ZONE)


def rows(plan: Plan, key: str) -> list[dict[str, Any]]:
    return [row.values for row in plan.rows[key]]


def test_the_same_day_gives_the_same_firm() -> None:
    one, two = (make_plan(words_for("zh-CN"), DAY, ZONE) for _ in range(2))
    assert one == two
    other = make_plan(words_for("zh-CN"), DAY, ZONE, seed=7)
    assert rows(other, "customer")[0] != rows(one, "customer")[0]


def test_it_is_as_large_as_it_says(plan: Plan) -> None:
    sizes = {key: len(found) for key, found in plan.rows.items()}
    assert (sizes["customer"], sizes["contact"], sizes["opportunity"]) == (2000, 3500, 3000)
    assert (sizes["lead"], sizes["product"]) == (400, 40)
    assert 8_000 <= sizes["note"] + sizes["call"] + sizes["event"] + sizes["task"] <= 12_000


def test_names_numbers_and_codes_hold_up(plan: Plan) -> None:
    names = [values["name"] for values in rows(plan, "customer")]
    assert len(set(names)) == len(names)
    codes = [values["tax_number"] for values in rows(plan, "customer") if "tax_number" in values]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)
    phones = [
        v[k]
        for key in ("customer", "contact", "lead")
        for v in rows(plan, key)
        for k in ("phone", "mobile")
        if k in v
    ]
    assert len(phones) > 4_000
    assert all(parse_phone(phone) == phone for phone in phones)
    mails = [values["email"] for values in rows(plan, "contact") if "email" in values]
    assert all(mail.endswith("@example.com") for mail in mails)


def test_the_funnel_is_one_that_a_firm_could_have(plan: Plan) -> None:
    stages = Counter(values["stage"] for values in rows(plan, "opportunity"))
    open_deals = sum(n for stage, n in stages.items() if stage not in ("won", "lost"))
    assert 120 <= open_deals <= 420
    assert min(stages.values()) >= 5
    assert 0.3 <= stages["won"] / (stages["won"] + stages["lost"]) <= 0.55
    started = [date.fromisoformat(values["start_date"]) for values in rows(plan, "opportunity")]
    assert (DAY - min(started)).days <= 731
    assert max(started) < DAY
    by_month = Counter(day.strftime("%m") for day in started)
    assert by_month["02"] < by_month["03"] * 0.6, "the Spring Festival is quiet"
    ages = {
        row.kept["stage_entered_at"].date()
        for row in plan.rows["opportunity"]
        if row.values["stage"] == "proposal"
    }
    assert (DAY - min(ages)).days > 21, "some deals are stuck"
    assert all(row.created_at.date() < DAY for found in plan.rows.values() for row in found)


def test_there_is_something_to_do_today(plan: Plan) -> None:
    due = Counter(
        (values["due_at"].date() - DAY).days for values in rows(plan, "task") if values["status"] == "open"
    )
    assert due[0] >= 20
    assert sum(n for days, n in due.items() if days < 0) >= 20
    assert sum(n for days, n in due.items() if days > 0) >= 60
    next_today = [row for row in plan.rows["customer"] if _day(row, "next_contact_at") == DAY]
    assert len(next_today) >= 10


def test_what_is_linked_belongs_together(plan: Plan) -> None:
    for deal in plan.rows["opportunity"]:
        customer: Ref = deal.values["customer"]
        assert deal.created_at.date() >= plan.row(customer).created_at.date()
        if "contact" in deal.values:
            assert plan.row(deal.values["contact"]).values["customer"] == customer
    for key in ("note", "call", "event", "task"):
        assert all("customer" in values for values in rows(plan, key))


def test_what_was_sold_is_delivered_owed_and_paid(plan: Plan) -> None:
    states = Counter(row.kept.get("status") or row.state.get("status") for row in plan.rows["sales_order"])
    assert states["confirmed"] > 60 and states["completed"] > 100 and states["cancelled"] and states[None]
    out = Counter(row.state.get("status") for row in plan.rows["delivery"])
    assert out["received"] > 200 and out["shipped"] and out[None]
    assert all(
        "tracking_number" in row.values or "carrier" not in row.values for row in plan.rows["delivery"]
    )
    assert 10 < len(plan.rows["sales_return"]) < 80
    got: Counter[int] = Counter()
    for payment in plan.rows["payment"]:
        assert payment.values["paid_on"] < DAY.isoformat()
        for part in payment.values["allocations"]:
            got[part["plan"].index] += Decimal(part["amount"])
    billed = Counter(row.state.get("status", "requested") for row in plan.rows["invoice"])
    assert billed["issued"] > 100 and 0 < billed["requested"] < 40
    late: Counter[str] = Counter()
    for n, row in enumerate(plan.rows["payment_plan"]):
        open_ = Decimal(row.values["amount"]) - got[n]
        assert open_ >= 0
        late["open" if row.values["due_on"] >= DAY.isoformat() else "late"] += bool(open_)
    assert late["open"] > 100 and 20 < late["late"] < 150
    assert any(len(payment.values["allocations"]) > 1 for payment in plan.rows["payment"])
    assert {"draft", "submitted", "approved", "rejected"} == {
        row.kept.get("status", "draft") for row in plan.rows["expense"]
    }


def _day(row: Row, key: str) -> date | None:
    return row.kept[key].astimezone(ZONE).date() if key in row.kept else None


@pytest.fixture
def filled(small: None, office: Office) -> Ctx:
    """The office's workspace, with a small sample firm in it; the administrator's context."""
    facade.fill(office.system, password=PASSWORD)
    return replace(office.ctx(), now=datetime.now(UTC))


def total(ctx: Ctx, object_key: str, **filters: Any) -> int:
    tree = {"and": [{"field": field, "op": "is", "value": value} for field, value in filters.items()]}
    return count_matching(ctx, RecordQuery(object_key, filter=tree))[0]


def left(table: str, where: str = "TRUE") -> int:
    with connection.cursor() as db:
        db.execute(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(db.fetchone()[0])


PAPERS = (
    "quote",
    "contract",
    "sales_order",
    "delivery",
    "sales_return",
    "payment_plan",
    "invoice",
    "payment",
    "expense",
)


def papers_add_up(ctx: Ctx) -> None:
    """Papers are what the program would make of them, and nobody has changed them just now."""
    assert all(left(table, "is_sample") for table in PAPERS)
    assert left("journal_entry", f"action = 'update' AND object_key IN {PAPERS}") == 0
    for table in PAPERS:
        assert left(table, "updated_at > now() - interval '1 hour' OR version > 1") == 0, table
    tables = {"i": "payment_plan", "p": "payment", "o": "sales_order"}
    wrong = {
        "i": "outstanding <> amount - received OR received > 0 AND status = 'due' OR received > amount",
        "p": "amount <> allocated + surplus OR base_amount IS NULL",
        "o": "owed_total <> total - returned_total OR total IS NULL",
    }
    assert {key: left(tables[key], where) for key, where in wrong.items()} == dict.fromkeys(wrong, 0)
    assert left("payment", "allocated = amount") > 5
    assert left("invoice", "status = 'issued' AND received > 0 AND kind = 'special'")
    assert (
        left("invoice", "received > total OR tax IS NULL OR (status = 'issued') <> (number IS NOT NULL)") == 0
    )
    assert left("payment_plan", "status = 'overdue'") and left("payment_plan", "status = 'done'")
    over = "contract_id IS NOT NULL GROUP BY contract_id HAVING sum(amount) <> (SELECT total FROM contract c WHERE c.id = contract_id)"
    with connection.cursor() as db:
        db.execute(f"SELECT contract_id FROM payment_plan WHERE {over}")
        assert db.fetchall() == []
        db.execute("SELECT id FROM sales_order")
        orders = [row[0] for row in db.fetchall()]
    settle(ctx, orders)
    assert (
        left("journal_entry", "action = 'update' AND object_key IN ('sales_order', 'sales_order_items')") == 0
    )


def everything() -> dict[str, Counter[Any]]:
    """All that the records and their histories say, but for ids."""
    with connection.cursor() as db:
        db.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ',') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = ANY(%s) AND udt_name NOT IN ('uuid', '_uuid', 'jsonb')"
            " GROUP BY 1",
            [[*TABLES, "sales_plan", "sales_plan_entry", "journal_entry"]],
        )
        columns = dict(db.fetchall())
        found: dict[str, Counter[Any]] = {}
        for table, names in columns.items():
            db.execute(f"SELECT row_to_json(t) FROM (SELECT {names} FROM {table}) t")
            found[table] = Counter(str(row) for row in db.fetchall())
    return found


def test_a_day_gives_the_same_firm_at_whatever_hour_it_is_filled(small: None, make_firm: MakeFirm) -> None:
    filled_at = []
    for hour in (0, 9, 23):
        firm = make_firm(f"Firm {hour}", f"boss{hour}@firm.example")
        with session(firm.workspace.id):
            system = replace(
                system_ctx(firm.ctx.workspace), now=datetime(2026, 11, 20, hour, 41, tzinfo=ZONE)
            )
            facade.fill(system, password=PASSWORD)
            filled_at.append(everything())
            assert left("task", "created_at > timestamptz '2026-11-20 00:00+08'") == 0
            assert left("task", "reason IS NOT NULL AND due_at > timestamptz '2026-11-20 00:00+08'") > 0
    assert {"task", "journal_entry", "sales_plan_entry"} < filled_at[0].keys(), {*TABLES} - filled_at[
        0
    ].keys()
    for table, rows_of_it in filled_at[0].items():
        for later in filled_at[1:]:
            assert later[table] == rows_of_it, (
                table,
                *list(later[table] - rows_of_it)[:1],
                *list(rows_of_it - later[table])[:1],
            )


def test_filling_and_removing(office: Office, filled: Ctx) -> None:
    # what is there, as the API shows it
    assert total(filled, "customer") == 200
    assert total(filled, "opportunity", status="won") == total(filled, "opportunity", stage="won") > 80
    assert total(filled, "opportunity", status="open") > 10
    won = fetch_page(
        filled, RecordQuery("opportunity", filter={"field": "stage", "op": "is", "value": "won"}, limit=1)
    )
    deal = won.data[0]
    assert deal["close_date"] <= filled.today.date().isoformat()
    assert deal["customer"]["title"]
    assert deal["owner"]["name"]
    assert deal["created_at"] < deal["updated_at"]
    customer = get_record(filled, "customer", uuid.UUID(deal["customer"]["id"]))
    assert customer["primary_contact"] and customer["size"] and customer["region"]["code"]
    assert fetch_timeline(filled, "customer", uuid.UUID(customer["id"]))["data"]
    assert fetch_page(filled, RecordQuery("customer", q="佛山")).data
    assert total(filled, "lead", status="converted") > 0
    assert Workspace.objects.get(id=filled.workspace.id).is_sample
    same = make_plan(words_for(filled.workspace.locale), filled.today.date(), filled.workspace.zone)
    pooled = fallen(filled, same, [uuid.uuid4() for _ in same.rows["customer"]])
    in_it = left("customer", "pool IS NOT NULL AND owner_id IS NULL AND previous_owner IS NOT NULL")
    assert in_it == len(pooled) > 5
    assert left("notification") == 0
    papers_add_up(office.system)
    # what they aim at, and how far they are by now
    aims = standing(filled, "month", filled.today.date())["plans"]
    assert [plan["measure"] for plan in aims] == ["won", "received", "new_customers", "follow_ups"]
    assert all(
        sum(row["kind"] == "user" and (row["target"] or 0) > 0 for row in plan["rows"]) > 2 for plan in aims
    )
    # who is there
    people = Membership.objects.filter(is_sample=True).select_related("user", "team")
    assert len(people) == 12
    assert all(check_password(PASSWORD, person.user.password) for person in people)
    assert "admin" not in {person.role for person in people}
    assert all(person.user.email.endswith("@example.com") for person in people)
    with pytest.raises(Conflict):
        facade.fill(office.system, password=PASSWORD)
    # and all of it goes again, but for nothing of the firm's own
    own = store.create(filled, "customer", {"name": "自己的客户"})
    done = facade.remove(office.system)
    assert done.counts["customer"] == 200
    assert (done.kept, done.people_removed, done.people_kept) == ({}, 12, 0)
    assert [record["id"] for record in fetch_page(filled, RecordQuery("customer")).data] == [own["id"]]
    for table in TABLES:
        assert left(table, "is_sample") == 0
    assert left("sales_pool") == left("target_plan") == left("target") == left("sales_plan_entry") == 0
    assert {table: left(table) for table in BESIDE} == {
        "record_key": 1, "search_entry": 1, "record_link": 0,
    }  # fmt: skip
    # the journal keeps that there was something, not what
    assert left("journal_entry", "erased IS NULL AND changes <> '{}'") == 1
    assert not Team.objects.filter(name="华南二组").exists()
    assert not User.objects.filter(email__endswith="@example.com").exists()
    assert not Workspace.objects.get(id=filled.workspace.id).is_sample


def test_what_ones_own_records_need_stays(office: Office, filled: Ctx) -> None:
    deal = fetch_page(filled, RecordQuery("opportunity", limit=1)).data[0]
    note = store.create(filled, "note", {"body": "自己写的跟进", "opportunity": deal["id"]})
    person = Membership.objects.filter(is_sample=True, role="member").first()
    assert person is not None
    own = store.create(filled, "customer", {"name": "自己的客户", "owner": str(person.user_id)})
    done = facade.remove(office.system)
    assert done.kept["opportunity"] == 1
    assert done.kept["customer"] >= 1
    assert done.people_kept >= 1
    kept = get_record(filled, "note", uuid.UUID(note["id"]))
    assert kept["opportunity"]["id"] == deal["id"]
    assert kept["customer"]["id"] == deal["customer"]["id"]
    assert get_record(filled, "customer", uuid.UUID(own["id"]))["owner"]["id"] == str(person.user_id)
    assert Membership.objects.get(id=person.id).status == "disabled"
    assert total(filled, "customer") == done.kept["customer"] + 1
    assert Workspace.objects.get(id=filled.workspace.id).is_sample
    # once the own records are gone for good, a second removal takes the rest
    with connection.cursor() as db:
        db.execute("DELETE FROM note WHERE NOT is_sample")
        db.execute("DELETE FROM customer WHERE NOT is_sample")
    assert facade.remove(office.system).kept == {}
    assert left("sales_pool") == 0
    assert left("opportunity") == left("customer") == 0


def test_an_english_workspace_gets_an_english_firm(small: None, office: Office) -> None:
    system = office.system
    ctx = replace(system, workspace=replace(system.workspace, locale="en", currency="EUR"))
    facade.fill(ctx, password=PASSWORD)
    page = fetch_page(office.ctx(), RecordQuery("customer", limit=50))
    assert all(record["name"].isascii() for record in page.data)
