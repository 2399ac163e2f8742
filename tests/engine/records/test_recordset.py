"""Rows come back from PostgreSQL as they were given, one or thousands, whatever characters they hold."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guanxi.engine.records.store.recordset import (
    LARGE,
    insert_columns,
    insert_rows,
    overlapped,
    select_rows,
    text_array,
    update_rows,
)
from guanxi.kit.sql import Sql

KINDS = {"id": "uuid", "name": "text", "amount": "numeric", "flag": "boolean", "data": "jsonb", "day": "date",
         "at": "timestamptz", "words": "text[]"}  # fmt: skip
MARKS = "\x1e\x1d\x02\x03"
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8),
    st.text(alphabet=MARKS + "'\\\"{},%中", max_size=4),
)
ROWS = st.fixed_dictionaries(
    {"id": st.uuids()},
    optional={
        "name": st.none() | TEXTS,
        "amount": st.none() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-9, max_value=9, places=3),
        "flag": st.none() | st.booleans(),
        "data": st.none() | st.recursive(TEXTS | st.integers(-5, 5) | st.booleans(), st.lists, max_leaves=4),
        "day": st.none() | st.dates(date(1, 1, 1)),
        "at": st.none() | st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants it so
        "words": st.none() | st.lists(TEXTS, max_size=3),
    },
)  # fmt: skip


@pytest.fixture
def table(db: None) -> str:
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} {kind}" for name, kind in KINDS.items())
        cursor.execute(f"CREATE TEMP TABLE gathered ({columns}) ON COMMIT DROP")
    return "gathered"


def _stored(table: str) -> list[dict[str, Any]]:
    shown = ", ".join("data #>> '{}' AS data" if name == "data" else name for name in KINDS)
    rows = select_rows(Sql(f"SELECT {shown}, jsonb_typeof(data) FROM {table} ORDER BY id"))
    return [dict(zip([*KINDS, "kind"], row, strict=True)) for row in rows]


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(
        ({name: row.get(name) for name in KINDS if name != "data"} for row in rows), key=lambda row: row["id"]
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=6, unique_by=lambda row: row["id"]))
@example([{"id": uuid.UUID(int=1), "name": MARKS}, {"id": uuid.UUID(int=2), "name": "中"}])
@example([{"id": uuid.UUID(int=1), "name": ""}])
@example([{"id": uuid.UUID(int=1), "name": ""}, {"id": uuid.UUID(int=2), "name": ""}])
@example(
    [{"id": uuid.UUID(int=1), "amount": Decimal("1.0")}, {"id": uuid.UUID(int=2), "amount": Decimal("1.000")}]
)
@example([{"id": uuid.UUID(int=1), "data": "\x1e"}, {"id": uuid.UUID(int=2), "data": None}])
def test_rows_come_back_as_they_were_given(table: str, rows: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")
    insert_rows(table, KINDS, rows)
    found = _stored(table)
    assert _plain(found) == _plain(rows)
    for stored, row in zip(found, sorted(rows, key=lambda row: row["id"]), strict=True):
        data = row.get("data")
        assert (stored["kind"] is None) == (data is None)
        if isinstance(data, str):
            assert stored["data"] == data
    other = [{"id": row["id"], "name": row.get("name"), "words": row.get("words")} for row in reversed(rows)]
    given = {"id": "uuid", "name": "text", "words": "text[]"}
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET name = 'gone', words = NULL")
    assert update_rows(table, given, other) == len(rows)
    assert _plain(_stored(table)) == _plain(rows)


@pytest.mark.parametrize("name", ["中", MARKS])
def test_thousands_are_bound_on_the_server(table: str, name: str) -> None:
    columns = {"id": [uuid.UUID(int=n) for n in range(LARGE)], "name": [f"{name}{n}" for n in range(LARGE)],
               "amount": [Decimal(n) if n % 2 else None for n in range(LARGE)]}  # fmt: skip
    kinds = {name: KINDS[name] for name in ("id", "name", "amount", "flag")}
    with overlapped(LARGE):
        insert_columns(table, kinds, columns, shared={"flag": True})
    found = select_rows(Sql(f"SELECT id, name, amount, flag FROM {table} ORDER BY id"))
    assert found == [(*row, True) for row in zip(*columns.values(), strict=True)]


@pytest.mark.django_db
@pytest.mark.parametrize("values", [["a"], ["a", "b\x1e"], [*MARKS], ["o'b", "%s", "\\", "{}", '"']])
def test_an_array_of_texts(values: list[str]) -> None:
    array = text_array(values)
    assert select_rows(Sql("SELECT ") + array) == [(values,)]
