"""The sample firm: composed from a seed and a day, written through the store, taken away without a trace."""

import time

from guanxi.domains.demo import facade
from tests.domains.conftest import Office


def test_fill(office: Office) -> None:
    t = time.time()
    done = facade.fill(office.system, password="guanxi-demo-2026")
    print(done, time.time() - t)
    t = time.time()
    print(facade.remove(office.system), time.time() - t)
