"""Reading moments from the database: the quick way for those that come in UTC.

*How it works*: a list page holds three moments a record, and the loader that Django registers takes each apart by a
regular expression in Python. Our connections speak UTC, so what comes ends in `+00` and is ISO 8601, which
`datetime.fromisoformat` reads at once. Every connection gets the loader when it is opened.

*Rules*: whatever is not plain (another offset, infinity, years before Christ, another DateStyle) goes the
library's own way, errors included.
"""

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg.abc import Buffer
from psycopg.postgres import types
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

_PLAIN = b"+00"
_TIMESTAMPTZ = types["timestamptz"].oid


class UtcLoader(TimestamptzLoader):
    """`timestamptz` as an aware datetime in UTC."""

    timezone = UTC
    """Django asks for it: a database set to another zone gets Django's own loader."""

    def load(self, data: Buffer) -> datetime:
        """The moment; raises psycopg.DataError for one that Python cannot hold."""
        if data[-3:] == _PLAIN:
            try:
                return datetime.fromisoformat(str(data, "ascii"))
            except ValueError:
                pass
        return super().load(data).astimezone(UTC)


def read_moments_quickly(sender: object, connection: DatabaseWrapper, **kwargs: Any) -> None:
    """Give the loader to a connection that was just opened, or taken out of the pool for the first time."""
    adapters = connection.connection.adapters
    if adapters.get_loader(_TIMESTAMPTZ, Format.TEXT) is not UtcLoader:
        adapters.register_loader(_TIMESTAMPTZ, UtcLoader)
