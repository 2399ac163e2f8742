"""Moments out of the database: the quick way gives what the library's own way gives."""

from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from django.db import DataError, connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

from guanxi.engine.tenancy.moments import UtcLoader

TIMESTAMPTZ = 1184
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# From the second year to the last but one, so that every offset stays within what Python can hold.
MOMENTS = st.integers(-62_000_000_000_000_000, 253_000_000_000_000_000).map(
    lambda n: EPOCH + timedelta(microseconds=n)
)
OFFSETS = st.one_of(st.just(0), st.integers(-14 * 60, 14 * 60)).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@given(MOMENTS, OFFSETS, st.booleans())
def test_it_reads_what_the_library_reads(moment: datetime, offset: timezone, whole: bool) -> None:
    local = moment.replace(microsecond=0 if whole else moment.microsecond).astimezone(offset)
    text = local.isoformat(" ")
    if "." in text:  # PostgreSQL writes no zeros at the end
        head, fraction = text[:19], text[20:26].rstrip("0")
        text = f"{head}.{fraction}{text[26:]}"
    written = text.removesuffix(":00").encode()
    found = UtcLoader(TIMESTAMPTZ).load(written)
    assert found == local == TimestamptzLoader(TIMESTAMPTZ).load(written)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "infinity",
        "-infinity",
        "0044-03-15 00:00:00+00 BC",
        "10000-01-01 00:00:00+00",
        "2026-02-30 00:00:00+00",
    ],
)
def test_what_python_cannot_hold_is_refused_as_ever(text: str) -> None:
    for loader in (UtcLoader(TIMESTAMPTZ), TimestamptzLoader(TIMESTAMPTZ)):
        with pytest.raises(psycopg.DataError):
            loader.load(text.encode())


def test_connections_read_that_way(db: None) -> None:
    with connection.cursor() as cursor:
        assert connection.connection.adapters.get_loader(TIMESTAMPTZ, Format.TEXT) is UtcLoader
        cursor.execute(
            "SELECT '2026-03-05 18:00:00.5+08'::timestamptz, ARRAY['2026-03-05 18:00+00'::timestamptz]"
        )
        one, many = cursor.fetchone()
        assert (one, many) == (
            datetime(2026, 3, 5, 10, 0, 0, 500_000, UTC),
            [datetime(2026, 3, 5, 18, tzinfo=UTC)],
        )
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        cursor.execute("SELECT '2026-03-05 18:00:00+08'::timestamptz")
        assert cursor.fetchone() == (datetime(2026, 3, 5, 10, tzinfo=UTC),)
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()
