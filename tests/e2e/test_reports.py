"""Reports in a browser: a ready-made one, one's own, saved, and the records behind a number."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.designing import choose
from tests.e2e.firm import Firm


def test_a_report_is_shaped_kept_and_opens_the_records_behind_its_numbers(
    firm: Firm, sign_in: OpenVisit
) -> None:
    visit = sign_in()
    page = visit.go("/reports")
    page.get_by_role("link", name="Sales funnel").click()
    expect(page.get_by_role("table", name="Stage")).to_be_visible()

    visit.go("/reports")
    page.get_by_role("button", name="New report").click()
    page.get_by_role("menuitem", name="Opportunities").click()
    choose(page, page.get_by_role("combobox", name="Rows", exact=True), "Status")
    table = page.get_by_role("table", name="Status")
    open_deals = table.get_by_role("row").filter(has_text="Open").get_by_role("button")
    expect(open_deals).to_be_visible()
    counted = int(open_deals.inner_text().replace(",", ""))
    asked = {"group": ["status"], "filter": {"field": "status", "op": "is", "value": "open"}}
    assert firm.call("POST", "/opportunity/query", asked)["data"][0]["values"]["count"] == counted
    choose(page, page.get_by_role("combobox", name="Show", exact=True), "Share")
    expect(table.get_by_role("columnheader", name="Count (share)")).to_be_visible()
    expect(table.get_by_role("row").last).to_contain_text("100.0%")

    page.get_by_role("button", name="New view").click()
    dialog = page.get_by_role("dialog", name="New view")
    dialog.get_by_label("View name").fill("Open and closed")
    dialog.get_by_role("button", name="OK").click()
    expect(page.get_by_role("tab", name="Open and closed")).to_be_visible()
    visit.go("/reports")
    page.get_by_role("link", name="Open and closed").click()
    expect(table.get_by_role("columnheader", name="Count (share)")).to_be_visible()
    open_deals.click()
    expect(page).to_have_url(re.compile("kind=table"))
    expect(page.get_by_role("radio", name="Table")).to_be_checked()
    # The rows, or their group where another test has left groups on.
    rows = page.get_by_role("grid").or_(page.get_by_role("button", name=re.compile(r"^Open \d+")))
    expect(rows.first).to_be_visible()
    expect(page.get_by_text("Showing opportunities where", exact=False)).to_be_visible()


def test_a_report_stands_beside_the_year_before(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    page = visit.go("/o/customer?view=builtin:all&kind=report")
    choose(page, page.get_by_role("combobox", name="Rows", exact=True), "Owner")
    choose(page, page.get_by_role("combobox", name="Compare with", exact=True), "A year before")
    choose(page, page.get_by_role("combobox", name="Date that the period goes by"), "Created")
    table = page.get_by_role("table", name="Owner")
    for name in ("Count", "A year before", "Change", "Change, %"):
        expect(table.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    rows = table.get_by_role("row").all_inner_texts()
    assert len(rows) == len(set(rows)), "no row of what was shown before stays"
    total = table.get_by_role("row").last.get_by_role("button")
    expect(total).to_have_count(2)
    total.first.click()
    expect(page).to_have_url(re.compile("this_month"))
