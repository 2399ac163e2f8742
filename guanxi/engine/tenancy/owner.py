"""A connection as the owner of the database, for the few things the restricted role may not do.

*How it works*: jobs of the worker (building an index on a custom field) open it, run their DDL in
autocommit so that `CREATE INDEX CONCURRENTLY` works, and close it.

*Rules*: never in the web process, which does not get the login; never for reading or writing
records; no text of a user's becomes part of a statement without `psycopg.sql`.

*See*: docs/adr/0004-ddl-at-run-time.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection[Any]]:
    """A psycopg connection of the owner, in autocommit, to the database that Django uses."""
    login: dict[str, Any] | None = settings.GUANXI_OWNER_LOGIN
    if login is None:
        raise RuntimeError("the web process has no owner's login; do this in a job")
    database = connection.settings_dict["NAME"]
    with psycopg.connect(**{**login, "dbname": database, "connect_timeout": 5}, autocommit=True) as owner:
        # A lock that does not come soon must not make everybody else queue behind us.
        owner.execute("SET lock_timeout = '5s'")
        yield owner
