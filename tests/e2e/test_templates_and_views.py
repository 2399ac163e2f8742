"""An industry's template in use, its records in every kind of view, and gone again without a trace."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import Firm

TEMPLATE = "Manufacturing and equipment"
FAULT = "Spindle runs hot"


def test_a_template_is_used_in_every_kind_of_view_and_removed(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    page = visit.go("/settings/templates")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=TEMPLATE))
    card.get_by_role("button", name="Use").click()
    plan = page.get_by_role("dialog", name=TEMPLATE)
    expect(plan.get_by_text("Will be created")).to_be_visible()
    expect(plan.get_by_text("Repair", exact=True).first).to_be_visible()
    plan.get_by_role("button", name="Use").click()
    expect(page.get_by_text("The template is in use")).to_be_visible()

    page = visit.go("/o/repair")
    expect(page.get_by_role("grid").get_by_text(FAULT)).to_be_visible()
    page.get_by_role("tab", name="Repair board").click()
    column = page.get_by_role("region", name=re.compile("Reported")).or_(
        page.get_by_label(re.compile("^Reported"))
    )
    expect(column.first).to_be_visible()
    expect(page.get_by_text(FAULT).first).to_be_visible()
    page = visit.go("/o/repair")
    page.get_by_role("tab", name="Visits").click()
    expect(page.get_by_text("Week", exact=True)).to_be_visible()
    _show_as(page, "Gallery")
    expect(page.get_by_role("link", name=FAULT).first).to_be_visible()

    page = visit.go("/settings/templates")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove").last.click()
    expect(page.get_by_text("The template is removed")).to_be_visible()
    keys = {each["key"] for each in firm.call("GET", "/meta/objects")["data"]}
    assert {"repair", "equipment"}.isdisjoint(keys)


def test_customers_are_grouped_coloured_and_shared_by_link(firm: Firm, sign_in: OpenVisit) -> None:
    view = firm.call("POST", "/views", {
        "object": "customer", "name": "By kind", "kind": "table", "scope": "everyone",
        "definition": {
            "groups": [{"field": "kind"}],
            "colors": [{"color": "red", "filter": {"field": "kind", "op": "is", "value": "consumer"}}],
        },
    })  # fmt: skip
    reader = sign_in("reader")
    page = reader.go(f"/o/customer?view={view['id']}")
    expect(page.get_by_role("tab", name="By kind")).to_have_attribute("aria-selected", "true")
    group = page.get_by_role("button", name=re.compile("Consumer|Individual"))
    expect(group.first).to_be_visible()
    _show_as(page, "Regions")
    expect(page.get_by_text("No region").first).to_be_visible()
    firm.call("DELETE", f"/views/{view['id']}", **{"If-Match": '"1"'})


def _show_as(page: Page, kind: str) -> None:
    page.get_by_role("radiogroup", name="Show as").get_by_title(kind).click()
