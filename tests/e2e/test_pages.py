"""Every kind of page, light and dark, on a desk and on a phone: free of what axe finds, of complaints and of overflow.

`PAGES` names them; a page is opened as a person would reach it and judged once it stands still.
"""

import gzip
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests.e2e.browser import DESK, PHONE, Visit
from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import Firm

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
FIRST_LOAD = 400_000

Opener = Callable[[Visit, Firm], None]


def heading(page: Page, name: str | re.Pattern[str] = "") -> None:
    expect(page.get_by_role("heading", name=name).first).to_be_visible()


def settings(path: str, name: str) -> Opener:
    return lambda visit, firm: heading(visit.go(f"/settings/{path}"), name)


def a_list(visit: Visit, firm: Firm) -> None:
    expect(
        visit.go("/o/customer?q=Harbour").get_by_text(re.compile(r"Harbour \d+ Limited")).first
    ).to_be_visible()


def preview(visit: Visit, firm: Firm) -> None:
    found = firm.call("GET", "/customer?q=Harbour&limit=1")["data"][0]
    page = visit.go(f"/o/customer?q=Harbour&open={found['id']}")
    expect(page.get_by_text(found["title"]).first).to_be_visible()


def filtering(visit: Visit, firm: Firm) -> None:
    page = visit.go("/o/customer")
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.get_by_role("button", name="Add condition")).to_be_visible()


def board(visit: Visit, firm: Firm) -> None:
    expect(visit.go("/o/opportunity?kind=board").get_by_role("article").first).to_be_visible()


def record(visit: Visit, firm: Firm) -> None:
    found = firm.call("GET", "/customer?limit=1&sort=name")["data"][0]
    heading(visit.go(f"/o/customer/{found['id']}"), found["title"])


def deal(visit: Visit, firm: Firm) -> None:
    found = firm.call("GET", "/opportunity?limit=1")["data"][0]
    heading(visit.go(f"/o/opportunity/{found['id']}"), found["title"])


def form(visit: Visit, firm: Firm) -> None:
    page = visit.go("/o/customer")
    page.get_by_role("button", name="New Customer").click()
    expect(page.get_by_role("dialog").get_by_label("Name", exact=True)).to_be_visible()


def palette(visit: Visit, firm: Firm) -> None:
    page = visit.go("/")
    heading(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("harbour")
    expect(page.get_by_role("option").filter(has_text="Harbour").first).to_be_visible()


def upload(visit: Visit, firm: Firm) -> None:
    expect(visit.go("/o/customer/import").get_by_text("Drop a spreadsheet here")).to_be_visible()


def mapping(visit: Visit, firm: Firm) -> None:
    upload(visit, firm)
    content = "客户名称,手机,不认识的列\nNew Customer A,13800138000,x\nNew Customer B,not a phone,y\n"
    visit.page.locator("input[type=file]").set_input_files(
        {"name": "customers.csv", "mimeType": "text/csv", "buffer": content.encode("gb18030")}
    )
    expect(visit.page.get_by_text("How to write")).to_be_visible()


def import_preview(visit: Visit, firm: Firm) -> None:
    mapping(visit, firm)
    visit.page.get_by_role("button", name="Preview", exact=True).click()
    expect(visit.page.get_by_text("Why rows are refused")).to_be_visible()


def recycle_bin(visit: Visit, firm: Firm) -> None:
    if not firm.call("POST", "/customer/query", {"deleted": True, "limit": 1})["data"]:
        gone = firm.make("customer", name="Gone For Good")
        firm.call("POST", "/customer/bulk", {"op": "delete", "ids": [gone["id"]]})
    expect(visit.go("/o/customer/deleted").get_by_role("rowheader").first).to_be_visible()


def missing_page(visit: Visit, firm: Firm) -> None:
    expect(visit.go("/no-such-page").get_by_text("There is no such page")).to_be_visible()


def missing_record(visit: Visit, firm: Firm) -> None:
    visit.forgive("404")
    page = visit.go("/o/customer/00000000-0000-7000-8000-000000000000")
    expect(page.get_by_text("This record cannot be found")).to_be_visible()


PAGES: dict[str, Opener] = {
    "workbench": lambda visit, firm: heading(visit.go("/"), re.compile("Wang Min")),
    "list": a_list,
    "preview": preview,
    "filter": filtering,
    "board": board,
    "record": record,
    "deal": deal,
    "form": form,
    "palette": palette,
    "import upload": upload,
    "import mapping": mapping,
    "import preview": import_preview,
    "recycle bin": recycle_bin,
    "messages": lambda visit, firm: heading(visit.go("/messages"), "Messages"),
    "settings profile": settings("profile", "Profile"),
    "settings security": settings("security", "Passkeys"),
    "settings workspace": settings("workspace", "Workspace"),
    "settings members": settings("members", "Members"),
    "settings teams": settings("teams", "Teams"),
    "settings pipelines": settings("pipelines", "Pipelines"),
    "settings tokens": settings("tokens", "API tokens"),
    "missing page": missing_page,
    "missing record": missing_record,
}
OUTSIDE: dict[str, Opener] = {
    "sign-in": lambda visit, firm: heading(visit.go("/sign-in"), "Sign in"),
    "sign-up": lambda visit, firm: heading(visit.go("/sign-up"), "Create a workspace"),
    "set-up": lambda visit, firm: heading(visit.go("/setup"), "Set-up is done already"),
    "reset": lambda visit, firm: heading(visit.go("/reset"), "Reset your password"),
}


def settle(page: Page) -> None:
    """Until nothing is loading and nothing moves any more: half a fade has half a contrast."""
    page.wait_for_load_state("domcontentloaded")
    expect(page.locator(".ant-skeleton-active, [aria-busy=true]")).to_have_count(0)
    page.evaluate(
        "Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity)"
        ".map(a => a.finished.catch(() => null)))"
    )


def judged(page: Page) -> list[str]:
    settle(page)
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['html'][:140]} ({node['failureSummary'].splitlines()[1].strip()[:160]})"
        for each in found
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize(
    ("size", "theme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"]
)
def test_pages_are_accessible_quiet_and_fit_their_screen(
    firm: Firm, sign_in: OpenVisit, open_visit: OpenVisit, size: dict[str, int], theme: str
) -> None:
    inside = sign_in(size=size, theme=theme)
    outside = open_visit(firm.url, locale="en", size=size, theme=theme)
    outside.forgive(r"401 GET .*/(auth/session|me)\b", r"console: .*401")
    faults: list[str] = []
    for visit, pages in ((inside, PAGES), (outside, OUTSIDE)):
        for name, opener in pages.items():
            if size == PHONE and name in {"preview", "palette"}:
                continue  # a phone opens the record itself, and has no keys to call the palette with
            try:
                opener(visit, firm)
            except AssertionError as error:
                faults.append(f"{name}: {str(error).splitlines()[0]}")
                continue
            faults += [f"{name}: {line}" for line in judged(visit.page)]
            if visit.overflow() > 0:
                faults.append(f"{name}: {visit.overflow()} px too wide")
    assert not faults, "\n".join(faults)


def test_the_first_load_is_small(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    # What is fetched ahead once the page stands still is not part of it, and a browser that saves data fetches nothing so.
    visit.context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    loaded: list[Response] = []
    visit.page.on("response", lambda answer: loaded.append(answer))
    heading(visit.go("/"), re.compile("Wang Min"))
    settle(visit.page)
    weights = {
        answer.url.rsplit("/", 1)[1]: len(gzip.compress(answer.body(), 6))
        for answer in loaded
        if re.search(r"\.(js|css)(\?|$)", answer.url)
    }
    assert sum(weights.values()) > 50_000, weights
    assert sum(weights.values()) <= FIRST_LOAD, weights


def test_what_the_main_job_needs_is_within_reach_of_the_tab_key(firm: Firm, sign_in: OpenVisit) -> None:
    page = sign_in().go("/o/customer?q=Harbour")
    expect(page.get_by_text(re.compile(r"Harbour \d+ Limited")).first).to_be_visible()
    reached: list[str] = []
    for _ in range(140):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(() => { const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent.trim() })()"
            )
        )
    wanted = [
        "Skip to content",
        "Workbench",
        "Customers",
        "Opportunities",
        "Import",
        "New customer",
        "Find in this view",
        "Filter",
    ]
    assert [name for name in wanted if not any(name in each for each in reached)] == []
    assert any("Harbour" in each for each in reached)
