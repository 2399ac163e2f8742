"""Data stays clean: duplicates are found and merged, a repair is looked at and done, and both can be taken back."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import Firm


def test_the_finder_leads_to_the_merging_page_and_my_changes_take_it_back(
    firm: Firm, sign_in: OpenVisit
) -> None:
    for name in ("广州市蓝海包装有限公司", "蓝海包装股份有限公司"):
        firm.make("customer", name=name, phone="020-88886666")
    visit = sign_in()
    page = visit.go("/o/customer/duplicates")
    page.get_by_role("button", name="Start", exact=True).click()
    group = page.get_by_role("article").filter(has_text="蓝海包装股份有限公司")
    expect(group).to_be_visible()
    group.get_by_role("button", name="Same: choose and merge").click()
    expect(page).to_have_url(re.compile(r"/o/customer/merge\?ids="))
    page.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
    expect(page).to_have_url(re.compile(r"^(?!.*/merge)"))
    found = firm.call("GET", "/customer?q=蓝海包装")["data"]
    assert len(found) == 1
    page = visit.go("/changes")
    page.get_by_role("button", name="Undo", exact=True).first.click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Undo", exact=True)
    # The words of the question speak of undoing too: the answer is what says that it is done.
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/undo" in answer.url
    ) as answered:
        confirm.click()
    assert answered.value.ok
    expect(page.get_by_text("undone").first).to_be_visible()
    assert len(firm.call("GET", "/customer?q=蓝海包装")["data"]) == 2


def test_a_repair_is_looked_at_then_done(firm: Firm, sign_in: OpenVisit) -> None:
    made = firm.make("customer", name="ＡＢＣ　电子厂")
    visit = sign_in()
    page = visit.go("/settings/quality?object=customer")
    preview = page.get_by_role("button", name="Preview")
    row = page.get_by_role("listitem").filter(has_text="Tidy names").filter(has=preview)
    row.get_by_role("button", name="Preview").click()
    shown = page.get_by_role("dialog")
    expect(shown.get_by_text("ABC 电子厂")).to_be_visible()
    shown.get_by_role("button", name="Repair all").click()
    expect(shown).to_have_count(0)
    expect(row).to_have_count(0)
    assert firm.call("GET", f"/customer/{made['id']}")["name"] == "ABC 电子厂"
