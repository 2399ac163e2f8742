"""One wall, many doors: nobody comes across what they may not see, whichever door they go through.

*How it works*: wall_world.py plants a text of its own in every field of records in several hands; wall_oracle.py
says, in plain Python, who may come across which; wall_doors.py and its neighbours go through every door for
every object and every kind of person. What was found to leak has a test of its own in tests/security.

*Rules*: an address, a background job, a live event or an export format that nobody has declared fails here.
"""

import pytest

from tests.battery import (  # noqa: F401  # their doors are declared by being imported
    wall_dashboards,
    wall_forms,
    wall_insight,
    wall_orders,
    wall_receivables,
    wall_referrals,
    wall_targets,
)
from tests.battery.wall_doors import (
    DOORS,
    SILENT,
    Leak,
    Trying,
    Visit,
    known_addresses,
    of_everything,
    of_objects,
    undeclared,
)
from tests.battery.wall_follow_up import logging
from tests.battery.wall_others import plain
from tests.battery.wall_records import REPEATED
from tests.battery.wall_world import Wall
from tests.battery.world import object_keys

PEOPLE = ("boss", "manager", "rep", "stranger", "reader", "hides", "masks", "reads", "half", "team", "below",
          "one_object", "no_export", "no_merge", "helper", "shared", "delegate", "collaborator", "late")  # fmt: skip

EVERYWHERE = ("rep", "hides", "masks", "half")


def _tried(visits: list[tuple[Trying, Visit]]) -> None:
    leaks = []
    for trying, visit in visits:
        try:
            trying(visit)
        except Leak as leak:
            leaks.append(f"{trying.__name__}: {leak}")
    assert leaks == [], "\n".join(leaks)


def _turn(name: str, key: str) -> bool:
    """Whether it is an object's turn: every fifth one a person, so that five people try them all."""
    return (PEOPLE.index(name) + object_keys().index(key)) % 5 == 0


def _tries(name: str, key: str, trying: Trying) -> bool:
    """Every door of every object is tried by the EVERYWHERE, and in turns by the others; long doors always in turns."""
    return (name in EVERYWHERE and trying not in REPEATED) or _turn(name, key)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.asvs("8.2.3", "8.3.1")
def test_no_door_of_an_object_tells_what_one_may_not_see(wall: Wall, name: str) -> None:
    _tried(
        [
            (trying, Visit(wall, name, key))
            for key in object_keys()
            for trying in of_objects()
            if _tries(name, key, trying)
        ]
    )


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.asvs("8.2.2", "8.2.3")
def test_no_other_door_tells_what_one_may_not_see(wall: Wall, name: str) -> None:
    _tried([(trying, Visit(wall, name)) for trying in (*of_everything(), plain)])


def test_every_address_is_declared_and_no_other() -> None:
    assert undeclared() == set(), f"say how these are tried (or why they are silent): {sorted(undeclared())}"
    assert (set(DOORS) | set(SILENT)) - known_addresses() == set()
    assert set(DOORS) & set(SILENT) == set()


def test_every_neighbour_of_the_doors_is_at_hand() -> None:
    assert logging in DOORS.values()


def test_everybody_of_the_wall_looks(wall: Wall) -> None:
    assert set(PEOPLE) == set(wall.people)
