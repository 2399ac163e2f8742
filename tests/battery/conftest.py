"""The world of each module of the battery."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.battery.wall_world import Wall, a_wall
from tests.battery.world import World, a_world
from tests.firms import fresh_limits

__all__ = ["fresh_limits"]


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two firms, made once for the tests of a module."""
    with django_db_blocker.unblock(), a_world() as world:
        yield world


@pytest.fixture
def world(made_world: World, db: Any) -> World:
    """The module's world; whatever a test does to it is taken back after the test."""
    return made_world


@pytest.fixture(scope="module")
def made_wall(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Wall]:
    """Planted records and everybody who looks, made once for the tests of a module."""
    with django_db_blocker.unblock(), a_wall() as wall:
        yield wall


@pytest.fixture
def wall(made_wall: Wall, db: Any) -> Wall:
    """The module's wall; whatever a test does to it is taken back after the test."""
    return made_wall
