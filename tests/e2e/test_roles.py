"""An administrator makes a role from a template, masks the phone and gives it to somebody, who sees it masked."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import CHINESE, Firm, accept


def test_a_role_masks_the_phone_and_every_look_is_recorded(firm: Firm, sign_in: OpenVisit) -> None:
    asked = firm.call(
        "POST", "/members/invite", {"email": firm.email("caller"), "name": "Cai Ling", "role": "limited"}
    )
    accept(firm.url, asked["invite_url"].rsplit("/", 1)[1], "Cai Ling")
    found = firm.call("GET", "/customer?limit=200&fields=name,phone")["data"]
    customer = next(each for each in found if each["name"] == CHINESE[0])

    page = sign_in().page
    page.goto(firm.url + "/settings/roles")
    _make(page)
    page.goto(firm.url + "/settings/members")
    page.get_by_role("combobox", name="Further roles of Cai Ling").click()
    page.locator(".ant-select-item-option", has_text="Callers").click()
    expect(page.get_by_text("Saved")).to_be_visible()

    visit = sign_in("caller")
    page = visit.go(f"/o/customer/{customer['id']}")
    expect(page.get_by_text("138****0000")).to_be_visible()
    expect(page.get_by_text("138 0000 0000")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Show phone in clear")).click()
    expect(page.get_by_text("138 0000 0000")).to_be_visible()
    expect(page.get_by_text("Recorded", exact=True)).to_be_visible()
    history = firm.call("GET", f"/customer/{customer['id']}/history")["data"]
    assert (history[0]["action"], history[0]["actor"]["name"]) == ("reveal", "Cai Ling")

    visit.go_away()
    firm.call("PATCH", f"/members/{asked['id']}", {"extra_roles": [], "status": "disabled"})
    firm.call("DELETE", "/roles/callers")


def _make(page: Page) -> None:
    page.get_by_role("button", name="New role").click()
    dialog = page.get_by_role("dialog", name="New role")
    dialog.get_by_role("radio", name=re.compile("^Read only")).check()
    dialog.get_by_label("Chinese name").fill("外呼")
    dialog.get_by_label("English name").fill("Callers")
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Callers")).to_be_visible()
    page.get_by_role("tab", name="Fields").click()
    page.get_by_role("navigation", name="Fields of which object").get_by_role(
        "button", name="Customers"
    ).click()
    page.get_by_role("radio", name="Phone: Masked", exact=True).check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved")).to_be_visible()
