"""The world of each module of the battery."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.battery.wall_world import Wall, a_wall
from tests.battery.world import World, a_world
from tests.firms import fresh_limits

__all__ = ["fresh_limits"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module whose tests share a world stays in one process: making a world costs more than most of its tests."""
    for item in items:
        if "made_world" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


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
