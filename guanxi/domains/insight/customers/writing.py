"""What a run has found goes into the tables: set by set, all of it or nothing.

*How it works*: the figures are copied into a table of the transaction; from there one statement each writes what has
changed of stages and tiers, the rows themselves (only those that differ), the month's snapshot, and removes rows of
customers who are gone.

*Rules*: customers themselves are not touched: no version, no journal entry, no lock.
"""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from django.db import connection

from guanxi.domains.insight.customers.computing import STAGE_KEYS, Computed
from guanxi.domains.insight.customers.offering import Offers
from guanxi.domains.insight.customers.rules import TIER_KEYS
from guanxi.engine.tenancy.context import Ctx

KEPT_MONTHS = 36
_MOST_MONEY = 1e15
COLUMNS = {
    "stage": "varchar", "stage_since": "date", "gap": "numeric", "pause": "numeric", "orders": "numeric", "spend": "numeric",
    "average": "numeric", "first_on": "date", "last_on": "date", "recency": "numeric", "frequency": "numeric",
    "monetary": "numeric", "segment": "varchar", "revenue": "numeric", "goods": "numeric", "serving": "numeric", "profit": "numeric", "share": "numeric", "tier": "varchar", "clv": "numeric",
    "clv_low": "numeric", "clv_high": "numeric", "alive": "numeric", "churn": "numeric", "next_on": "date",
    "offer": "uuid", "offers": "jsonb",
}  # fmt: skip
_NAMES = ", ".join(COLUMNS)
_OF_THE_YEAR = ("revenue", "goods", "serving", "profit")
_TEMPORARY = f"""
CREATE TEMPORARY TABLE insight_found (id uuid PRIMARY KEY, {", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())})
ON COMMIT DROP
"""
_CHANGES = """
INSERT INTO customer_insight_change (id, workspace_id, customer_id, kind, was, now, day, figures)
SELECT gen_random_uuid(), %(workspace)s, f.id, 'stage', o.stage, f.stage, coalesce(f.stage_since, %(today)s),
       jsonb_strip_nulls(jsonb_build_object('gap', f.gap, 'since', %(today)s::date - f.last_on, 'pause', f.pause,
                                            'orders', f.orders))
  FROM insight_found f LEFT JOIN customer_insight o ON o.id = f.id AND o.workspace_id = %(workspace)s
 WHERE o.stage IS DISTINCT FROM f.stage AND (o.id IS NOT NULL OR f.stage <> 'potential')
UNION ALL
SELECT gen_random_uuid(), %(workspace)s, f.id, 'tier', o.tier, f.tier, %(today)s,
       jsonb_strip_nulls(jsonb_build_object('share', f.share))
  FROM insight_found f LEFT JOIN customer_insight o ON o.id = f.id AND o.workspace_id = %(workspace)s
 WHERE o.tier IS DISTINCT FROM f.tier
"""
_ROWS = f"""
INSERT INTO customer_insight AS o (id, workspace_id, tier_since, {_NAMES})
SELECT f.id, %(workspace)s, CASE WHEN f.tier IS NOT NULL THEN %(today)s::date END, {", ".join(f"f.{name}" for name in COLUMNS)}
  FROM insight_found f
    ON CONFLICT (id) DO UPDATE SET ({_NAMES}, tier_since) =
       ROW ({", ".join(f"excluded.{name}" for name in COLUMNS)},
            CASE WHEN o.tier IS NOT DISTINCT FROM excluded.tier THEN o.tier_since ELSE excluded.tier_since END)
 WHERE ({", ".join(f"o.{name}" for name in COLUMNS)})
       IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in COLUMNS)})
"""
_GONE = """
DELETE FROM customer_insight o WHERE o.workspace_id = %(workspace)s
   AND NOT EXISTS (SELECT FROM insight_found f WHERE f.id = o.id)
"""
_MONTH = """
INSERT INTO customer_insight_month (id, workspace_id, customer_id, month, stage, tier, segment, orders, spend, clv, churn)
SELECT gen_random_uuid(), %(workspace)s, f.id, date_trunc('month', %(today)s::date)::date, f.stage, f.tier, f.segment,
       f.orders, f.spend, f.clv, f.churn
  FROM insight_found f WHERE f.stage <> 'potential'
    ON CONFLICT (workspace_id, customer_id, month) DO NOTHING
"""
_OLD_MONTHS = """
DELETE FROM customer_insight_month
 WHERE workspace_id = %(workspace)s AND month < %(today)s::date - make_interval(months => %(kept)s)
"""


def write(ctx: Ctx, ids: pa.Array, found: Computed, offers: Offers, today: date) -> None:
    """Store what was found, in the caller's transaction."""
    values: dict[str, Any] = {"workspace": ctx.workspace.id, "today": today, "kept": KEPT_MONTHS}
    with connection.cursor() as db:
        db.execute("DROP TABLE IF EXISTS insight_found")
        db.execute(_TEMPORARY)
        _copy(_table(ids, found, offers))
        db.execute("ANALYZE insight_found")
        for statement in (_CHANGES, _ROWS, _GONE, _MONTH, _OLD_MONTHS):
            db.execute(statement, values)
        db.execute("DROP TABLE insight_found")


def _copy(table: pa.Table) -> None:
    text = io.BytesIO()
    pa_csv.write_csv(table, text, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    raw: Any = connection.connection
    with raw.cursor() as db, db.copy("COPY insight_found FROM STDIN (FORMAT csv)") as copy:
        copy.write(text.getbuffer())


def _table(ids: pa.Array, found: Computed, offers: Offers) -> pa.Table:
    average = np.divide(
        found.spend, found.orders, out=np.full(len(found.spend), np.nan), where=found.orders > 0
    )
    bought = found.orders > 0
    known = bought | (found.profit != 0)
    columns = {
        "id": ids,
        "stage": _named(found.stage, STAGE_KEYS),
        "stage_since": _days(found.since),
        "gap": _numbers(found.gap, 1),
        "pause": _numbers(found.pause, 0),
        "orders": pa.array(found.orders),
        "spend": _numbers(np.where(bought | (found.spend != 0), found.spend, np.nan)),
        "average": _numbers(average),
        "first_on": _days(found.first),
        "last_on": _days(found.last),
        **{name: _ranks(found.rank[n]) for n, name in enumerate(("recency", "frequency", "monetary"))},
        "segment": _texts(found.segment),
        **{name: _numbers(np.where(known, getattr(found, name), np.nan)) for name in _OF_THE_YEAR},
        "share": _numbers(found.share, 6),
        "tier": _named(found.tier, TIER_KEYS),
        "clv": _numbers(found.clv),
        "clv_low": _numbers(found.low),
        "clv_high": _numbers(found.high),
        "alive": _numbers(found.alive, 1),
        "churn": _numbers(found.churn, 1),
        "next_on": _days(found.next),
        "offer": _by_id(ids, offers.best),
        "offers": _by_id(ids, offers.all),
    }
    return pa.table({name: columns[name] for name in ("id", *COLUMNS)})


def _numbers(values: Any, places: int = 2) -> pa.Array:
    """Rounded, as the database takes it without an exponent; what is no number, or out of all proportion, is empty."""
    wrong = ~np.isfinite(values) | (np.abs(np.nan_to_num(values)) >= _MOST_MONEY)
    safe = np.where(wrong, 0.0, values)
    scaled = pa.array(np.round(safe, places)).cast(pa.decimal128(38, places), safe=False)
    return pc.if_else(pa.array(wrong), pa.scalar(None, scaled.type), scaled)


def _days(values: Any) -> pa.Array:
    return pa.array(values.astype(np.int32), mask=values == 0).cast(pa.date32())


def _ranks(values: Any) -> pa.Array:
    return pa.array(values, mask=values == 0)


def _named(codes: Any, keys: tuple[str, ...]) -> pa.Array:
    return _texts(np.asarray(keys)[codes])


def _texts(values: Any) -> pa.Array:
    return pa.array(values.astype(object), type=pa.string(), mask=values == "")


def _by_id(ids: pa.Array, values: Mapping[str, str]) -> pa.Array:
    return pa.array([values.get(one) for one in ids.to_pylist()], type=pa.string())
