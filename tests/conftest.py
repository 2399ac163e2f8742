"""What every test stands on: its own database, entered as the restricted role.

Tests that use the database ask for pytest-django's `db` (rolled back after the test) or
`transactional_db` (emptied after it); `owner_connection` is for what the restricted role may not do.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from guanxi.engine.tenancy import owner_connection as connect_as_owner
from tests import database


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the migrated template instead of a migration per process."""
    before = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    # Django empties tables with TRUNCATE, which the restricted role may not do.
    TransactionTestCase._fixture_teardown = _empty_as_owner  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), database.own_database(), django_db_blocker.block():
        yield
    TransactionTestCase._fixture_teardown = before  # type: ignore[attr-defined]


def _empty_as_owner(self: TransactionTestCase) -> None:
    with connect_as_owner() as owner:
        database.empty(owner)


@pytest.fixture
def owner_connection(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the database's owner: it is bound by no wall, and commits by itself."""
    with connect_as_owner() as owner:
        yield owner
