"""The drills with few rounds, one after another on one product. With many: `script/drill NAME|all`."""

from collections.abc import Iterator

import pytest

from tests.drills.__main__ import drills
from tests.drills.site import Site, make_home, opened

pytestmark = [pytest.mark.whole, pytest.mark.xdist_group("drills")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("drills") / "home"
    tokens = make_home(home)
    with opened(home, tokens) as site:
        yield site


@pytest.mark.parametrize("name", ["revoked", "races", "slow", "migration", "database", "kill"])
def test_nothing_is_lost_doubled_or_foreign(site: Site, name: str) -> None:
    drill = drills()[name]
    report = drill.run(site, drill.FEW_ROUNDS)
    print(report.table())
    assert report.is_good, report.table()
