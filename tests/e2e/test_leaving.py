"""Sharing a record, looking as somebody else, and handing over the work of somebody who leaves."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import Firm, accept


def test_a_record_is_shared_looked_at_and_handed_over(firm: Firm, sign_in: OpenVisit) -> None:
    asked = firm.call(
        "POST", "/members/invite", {"email": firm.email("leaver"), "name": "Lao Zhou", "role": "member"}
    )
    accept(firm.url, asked["invite_url"].rsplit("/", 1)[1], "Lao Zhou")
    made = firm.make("customer", name="Harbour Tools Ltd", owner=firm.ids.get("admin") or _me(firm))

    visit = sign_in()
    page = visit.go(f"/o/customer/{made['id']}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Collaborators").click()
    drawer = page.get_by_role("dialog", name=re.compile("^Who sees"))
    expect(drawer.get_by_text("Your role sees everything")).to_be_visible()
    _pick(page, drawer.get_by_role("combobox", name="Add somebody"), "Lao Zhou")
    expect(drawer.get_by_role("combobox", name="They may: Lao Zhou")).to_be_visible()

    _menu_of(visit.go("/settings/members"), "Lao Zhou", "Look as this person")
    page.get_by_role("button", name="Begin").click()
    banner = page.get_by_role("status").filter(has_text="Looking as Lao Zhou")
    expect(banner).to_be_visible()
    visit.go("/o/customer")
    page.get_by_role("tab", name=re.compile("^All customers")).click()
    expect(page.get_by_text("Harbour Tools Ltd")).to_be_visible()
    expect(page.get_by_role("button", name="New", exact=True)).to_have_count(0)
    banner.get_by_role("button", name="End").click()
    expect(page).to_have_url(re.compile("/settings/members"))
    expect(banner).to_have_count(0)

    firm.call("PATCH", f"/customer/{made['id']}", {"owner": asked["id"], "version": made["version"]})
    _menu_of(visit.go("/settings/members"), "Lao Zhou", "Disable")
    page.get_by_role("button", name="Hand over work").click()
    plan = page.get_by_role("dialog", name="Hand over Lao Zhou's work")
    _pick(page, plan.get_by_role("combobox", name="One or several people"), "Mei Lin")
    page.keyboard.press("Escape")
    expect(plan.get_by_text("Mei Lin 1").first).to_be_visible()
    plan.get_by_role("button", name="Hand over and disable").click()
    expect(plan.get_by_text("1 handed over")).to_be_visible()
    assert firm.call("GET", f"/customer/{made['id']}")["owner"]["name"] == "Mei Lin"
    plan.get_by_role("button", name="Undo").click()
    expect(plan.get_by_text("Undone: everything is Lao Zhou's again")).to_be_visible()
    assert firm.call("GET", f"/customer/{made['id']}")["owner"]["name"] == "Lao Zhou"
    assert firm.call("GET", f"/members/{asked['id']}")["status"] == "disabled"
    visit.go_away()
    now = firm.call("GET", f"/customer/{made['id']}")
    firm.call("DELETE", f"/customer/{made['id']}", {"version": now["version"]})


def _me(firm: Firm) -> str:
    return str(firm.call("GET", "/me")["user"]["id"])


def _menu_of(page: Page, person: str, item: str) -> None:
    page.get_by_role("row", name=re.compile(person)).get_by_role("button").last.click()
    page.get_by_role("menuitem", name=item).click()


def _pick(page: Page, box: object, name: str) -> None:
    box.click()  # type: ignore[attr-defined]
    page.locator(".ant-select-item-option:visible", has_text=name).click()
