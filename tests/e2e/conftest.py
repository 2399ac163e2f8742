"""What the browser tests stand on: one browser, one product, one firm, and a window per person.

The product runs as `guanxi up` in a home of its own; the firm is made by commands and the API, so that a test
begins where its subject begins. A window that heard a complaint fails its test at the end. Whatever fails leaves
a picture and a trace in test-results/ (`playwright show-trace`).
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import browser as browsers
from tests.e2e.browser import PATIENCE, Visit
from tests.e2e.firm import Firm, make_firm
from tests.product import Product, running

RESULTS = Path(__file__).parents[2] / "test-results"

# How long a slow machine may take; a fast one does not wait.
expect.set_options(timeout=PATIENCE)

OpenVisit = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.whole)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Iterator[None]:
    report = yield
    setattr(item, f"report_{call.when}", report)
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with running(tmp_path_factory.mktemp("e2e") / "home", "--no-demo") as product:
        yield product


@pytest.fixture(scope="package")
def firm(product: Product) -> Firm:
    return make_firm(product)


@pytest.fixture
def open_visit(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[OpenVisit]:
    """Opens windows; at the end each must have been without complaint."""
    visits: list[Visit] = []

    def open_(base: str, **options: object) -> Visit:
        visit = browsers.open_visit(chromium, base, **options)  # type: ignore[arg-type]
        visit.context.tracing.start(snapshots=True)
        visits.append(visit)
        return visit

    yield open_
    report = getattr(request.node, "report_call", None)
    failed = report is None or report.failed
    complaints = [line for visit in visits for line in visit.unforgiven]
    for number, visit in enumerate(visits, 1):
        if failed or visit.unforgiven:
            name = "".join(c if c.isalnum() or c in "-_" else "-" for c in request.node.name)
            browsers.keep(visit, RESULTS, f"{name}-{number}")
        visit.context.close()
    if not failed:
        assert complaints == []


@pytest.fixture
def sign_in(open_visit: OpenVisit, firm: Firm) -> OpenVisit:
    """A window of somebody of the firm, signed in already."""

    def open_(who: str = "admin", **options: object) -> Visit:
        return open_visit(firm.url, **{"locale": "en", "state": firm.state(who), **options})

    return open_
