"""The drills with few rounds, one after another on one product. With many: `script/drill NAME|all`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills import disk_drill
from tests.drills.__main__ import drills
from tests.drills.site import Site, copy_home, make_home, opened

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("drills")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home with the firms, never opened itself, and their tokens."""
    home = tmp_path_factory.mktemp("made") / "home"
    return home, make_home(home)


@pytest.fixture(scope="module")
def site(made: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("drills") / "home"
    copy_home(made[0], home)
    with opened(home, made[1]) as site:
        yield site


@pytest.mark.parametrize("name", ["revoked", "races", "slow", "migration", "database", "kill"])
def test_nothing_is_lost_doubled_or_foreign(site: Site, name: str) -> None:
    drill = drills()[name]
    report = drill.run(site, drill.FEW_ROUNDS)
    print(report.table())
    assert report.is_good, report.table()


def test_a_full_disk_loses_nothing(made: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    try:
        with disk_drill.place(tmp_path) as small:
            copy_home(made[0], small / "home")
            with opened(small / "home", made[1]) as site:
                report = disk_drill.run(site, disk_drill.FEW_ROUNDS)
    except disk_drill.NotPermitted as reason:
        pytest.skip(f"no small file system can be mounted here: {reason}")
    assert report.is_good, report.table()


def test_every_drill_is_held_here() -> None:
    assert set(drills()) == {"revoked", "races", "slow", "migration", "database", "kill", "disk"}
