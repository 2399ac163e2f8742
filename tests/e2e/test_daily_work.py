"""A day in a firm: searching, creating, editing one and many, deleting and taking it back, views, conflicts, notices."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.designing import choice
from tests.e2e.firm import PEOPLE, Firm


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def customers(firm: Firm, *names: str) -> list[str]:
    return [firm.make("customer", name=name)["id"] for name in names]


def test_the_palette_finds_a_record_by_initials_and_opens_it(firm: Firm, sign_in: OpenVisit) -> None:
    page = sign_in().go("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("fssd")  # at once: the first letters come before the input
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_have_value("fssd")
    found = page.get_by_role("option").filter(has_text="佛山顺德海川电器有限公司")
    expect(found).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("佛山顺德海川电器有限公司")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="佛山顺德海川电器有限公司")).to_be_visible()


def test_a_customer_is_made_with_one_key_and_what_is_typed_survives_a_reload(
    firm: Firm, sign_in: OpenVisit
) -> None:
    page = sign_in().go("/o/customer")
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    page.keyboard.press("c")
    page.get_by_role("menuitem", name="Customer", exact=True).click()
    page.get_by_role("dialog").get_by_label("Name", exact=True).fill("Lighthouse Optics")
    page.reload()
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    page.keyboard.press("c")
    page.get_by_role("menuitem", name="Customer", exact=True).press("Enter")
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Name", exact=True)).to_have_value("Lighthouse Optics")
    expect(form.get_by_text("What you had not saved is back.")).to_be_visible()
    form.get_by_label("Name", exact=True).press("Control+Enter")
    expect(page.get_by_text("Created “Lighthouse Optics”")).to_be_visible()
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Lighthouse Optics")).to_be_visible()


def test_a_refused_form_names_what_is_wrong_and_keeps_the_rest(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    visit.forgive("422")
    page = visit.go("/o/customer")
    page.get_by_role("button", name="New Customer").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Lantern Works")
    form.get_by_label("Website").fill("not a page")
    form.get_by_label("Website").press("Control+Enter")
    alert = form.get_by_role("alert").first
    expect(alert).to_contain_text("is not a web address")
    alert.get_by_role("button", name="Website").click()
    expect(form.get_by_label("Website")).to_be_focused()
    expect(form.get_by_label("Name", exact=True)).to_have_value("Lantern Works")


def test_a_cell_is_edited_where_it_stands(firm: Firm, sign_in: OpenVisit) -> None:
    customers(firm, "Inline Works")
    visit = sign_in()
    page = visit.go("/o/customer?q=Inline")
    line = row(page, "Inline Works")
    line.hover()
    line.get_by_role("button", name="Edit Phone").click()
    page.keyboard.type("13912345678")
    # The row shows what was typed before the server has it.
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        page.keyboard.press("Enter")
    expect(line).to_contain_text("139")
    saved = visit.api("GET", "/api/v1/customer?q=Inline&fields=phone")["data"][0]
    assert saved["phone"] == "+8613912345678"


def test_changing_many_says_how_many(firm: Firm, sign_in: OpenVisit) -> None:
    customers(firm, "Bulk One", "Bulk Two", "Bulk Three")
    visit = sign_in()
    page = visit.go("/o/customer?q=Bulk")
    for name in ("Bulk One", "Bulk Two"):
        page.get_by_role("checkbox", name=f"Select {name}").check()
    bar = page.get_by_role("toolbar", name="Bulk actions")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Change 2 Customers")
    dialog.get_by_role("combobox", name="Field to change").click()
    page.keyboard.type("WeChat")
    choice(page, "WeChat").click()
    dialog.get_by_role("textbox").last.fill("sunrise")
    dialog.get_by_role("button", name="Change 2").click()
    expect(page.get_by_text("2 Customers changed")).to_be_visible()
    saved = visit.api("GET", "/api/v1/customer?q=Bulk&fields=name,wechat")["data"]
    assert {each["name"]: each["wechat"] for each in saved} == {
        "Bulk One": "sunrise", "Bulk Two": "sunrise", "Bulk Three": None,
    }  # fmt: skip


def test_what_is_deleted_comes_back_with_undo(firm: Firm, sign_in: OpenVisit) -> None:
    customers(firm, "Gone Tomorrow")
    page = sign_in().go("/o/customer?q=Gone")
    page.get_by_role("checkbox", name="Select Gone Tomorrow").check()
    page.get_by_role("toolbar", name="Bulk actions").get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Move to recycle bin").click()
    expect(row(page, "Gone Tomorrow")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "Gone Tomorrow")).to_be_visible()


def test_the_recycle_bin_says_who_and_when_and_gives_back(firm: Firm, sign_in: OpenVisit) -> None:
    [id_] = customers(firm, "Binned Brothers")
    firm.call("POST", "/customer/bulk", {"op": "delete", "ids": [id_]})
    page = sign_in().go("/o/customer")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Recycle bin").click()
    expect(page.get_by_role("heading", level=1, name="Customers: recycle bin")).to_be_visible()
    line = row(page, "Binned Brothers")
    expect(line).to_contain_text(PEOPLE["admin"][0])
    expect(line.locator("time")).to_be_visible()
    line.get_by_role("button", name="Restore “Binned Brothers”").click()
    expect(line).to_be_hidden()
    page.goto(f"{firm.url}/o/customer/{id_}")
    expect(page.get_by_role("heading", level=1, name="Binned Brothers")).to_be_visible()


def test_a_saved_view_opens_from_its_address_at_a_colleagues(firm: Firm, sign_in: OpenVisit) -> None:
    page = sign_in().go("/o/customer")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("tooltip").get_by_role("textbox").fill("Harbour 1")
    expect(page).to_have_url(re.compile("filter="))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("View name").fill("Harbour tens")
    dialog.get_by_text("Everyone", exact=True).click()
    dialog.get_by_role("button", name="OK").or_(dialog.get_by_role("button", name="Save")).click()
    tab = page.get_by_role("tab", name=re.compile("Harbour tens"))
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("view="))
    copied = page.url.removeprefix(firm.url)
    colleague = sign_in("reader").go(copied)
    expect(colleague.get_by_role("tab", name=re.compile("Harbour tens"))).to_have_attribute(
        "aria-selected", "true"
    )
    expect(row(colleague, "Harbour 10 Limited")).to_be_visible()
    expect(row(colleague, "Harbour 20 Limited")).to_be_hidden()


def test_two_people_changing_one_field_lose_nothing(firm: Firm, sign_in: OpenVisit) -> None:
    [id_] = customers(firm, "Contested Corner")
    first, second = sign_in(), sign_in()
    first.forgive("409")
    page = first.go(f"/o/customer/{id_}")
    page.get_by_role("button", name="Edit WeChat").click()
    box = page.locator("dd input")
    expect(box).to_be_focused()
    box.fill("mine")
    seen = second.api("GET", f"/api/v1/customer/{id_}")
    second.api(
        "PATCH", f"/api/v1/customer/{id_}", {"wechat": "theirs"}, **{"If-Match": f'"{seen["version"]}"'}
    )
    box.press("Enter")
    conflict = page.get_by_role("alert").filter(has_text="has just changed this record")
    expect(conflict).to_contain_text("theirs")
    expect(conflict).to_contain_text("mine")
    conflict.get_by_role("button", name="Use mine").click()
    expect(conflict).to_be_hidden()
    assert second.api("GET", f"/api/v1/customer/{id_}")["wechat"] == "mine"


def test_being_assigned_a_customer_is_told_at_once(firm: Firm, sign_in: OpenVisit) -> None:
    [id_] = customers(firm, "Handed Over Limited")
    page = sign_in("member").go("/")
    expect(page.get_by_role("button", name="Messages")).to_be_visible()
    seen = firm.call("GET", f"/customer/{id_}")
    firm.call("PATCH", f"/customer/{id_}", {"owner": firm.ids["member"], "version": seen["version"]})
    bell = page.get_by_role("button", name=re.compile(r"Messages, \d+ unread"))
    expect(bell).to_be_visible()
    bell.click()
    expect(page.get_by_role("dialog")).to_contain_text("Handed Over Limited")


def test_a_list_walks_and_opens_by_keyboard(firm: Firm, sign_in: OpenVisit) -> None:
    page = sign_in().go("/o/customer?q=Harbour")
    expect(row(page, "Harbour").first).to_be_visible()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("open="))
    first = page.url
    page.keyboard.press("j")
    expect(page).not_to_have_url(first)
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("open="))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("open="))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("Harbour"))).to_be_visible()
