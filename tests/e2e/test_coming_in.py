"""Signing up, in and out; language and theme; what one may not see."""

import re
import uuid

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import PASSWORD, PEOPLE, Firm

NOBODY = "00000000-0000-7000-8000-000000000000"


def saved(answer: Response) -> bool:
    """What one chose for oneself has reached the server."""
    return answer.url.endswith("/api/v1/me") and answer.request.method == "PATCH"


def enter(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.locator("input[autocomplete=current-password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_whoever_signs_up_stands_in_an_empty_workspace_of_their_own(
    firm: Firm, open_visit: OpenVisit
) -> None:
    visit = open_visit(firm.url, locale="en")
    visit.forgive(r"401 GET .*/(auth/session|me)\b", r"console: .*401")
    page = visit.go("/sign-up")
    page.get_by_label("Company or team").fill("Second Firm")
    page.get_by_label("Name", exact=True).fill("Ada Stone")
    page.get_by_label("E-mail").fill("ada@second.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Stone")
    assert visit.api("GET", "/api/v1/customer")["page"]["count"]["value"] == 0


@pytest.mark.asvs("15.3.6")
def test_nothing_lends_a_property_to_every_object(firm: Firm, open_visit: OpenVisit) -> None:
    visit = open_visit(firm.url, locale="en")
    visit.forgive(r"401 GET .*/(auth/session|me)\b", r"console: .*401")
    page = visit.go("/sign-in")
    expect(page.get_by_label("E-mail")).to_be_visible()
    polluted = page.evaluate(
        """() => {
          const read = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
          const merge = (to, from) => {
            for (const key of Object.keys(from)) {
              if (typeof from[key] === "object" && typeof to[key] !== "undefined") merge(to[key], from[key]);
              else try { to[key] = from[key]; } catch {}
            }
            return to;
          };
          merge({}, read);
          try { ({}).__proto__.polluted = 1; } catch {}
          try { Object.defineProperty(Object.prototype, "polluted", { value: 1 }); } catch {}
          return ["polluted" in {}, "polluted" in [], "polluted" in (() => 1), Object.isExtensible(Object.prototype)];
        }"""
    )
    assert polluted == [False, False, False, False]


@pytest.mark.asvs("7.4.4", "14.3.1")
def test_a_wrong_password_is_refused_in_words_and_the_right_one_opens(
    firm: Firm, open_visit: OpenVisit
) -> None:
    visit = open_visit(firm.url, locale="en")
    visit.forgive(r"40[01] POST .*/auth/login", r"console: .*40[01]", r"401 (GET|DELETE) ")
    page = visit.go("/o/customer")
    expect(page).to_have_url(re.compile("/sign-in"))
    enter(page, firm.email("admin"), "not-the-password")
    expect(page.get_by_text("are not correct")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(firm.email("admin"))
    enter(page, firm.email("admin"), PASSWORD)
    expect(page).to_have_url(re.compile("/o/customer"))
    page.evaluate("localStorage.setItem('guanxi.draft.x.customer.new', '{}')")
    page.get_by_role("button", name="Menu of Wang Min").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))") == []
    visit.go("/o/customer")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_the_language_changes_at_once_and_is_kept(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in("member")
    page = visit.go("/o/customer")
    expect(page.get_by_role("heading", level=1, name="Customers")).to_be_visible()
    page.get_by_role("button", name="Menu of Mei Lin").click()
    with page.expect_response(saved):
        page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="客户")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="客户")).to_be_visible()
    other = sign_in("member")
    expect(other.go("/o/customer").get_by_role("heading", level=1, name="客户")).to_be_visible()
    visit.api("PATCH", "/api/v1/me", {"locale": "en"})


def test_the_dark_theme_is_kept(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in("member")
    page = visit.go("/")
    page.get_by_role("button", name="Menu of Mei Lin").click()
    with page.expect_response(saved):
        page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visit.api("PATCH", "/api/v1/me", {"theme": "system"})


def test_somebody_who_may_only_read_finds_nothing_to_change(firm: Firm, sign_in: OpenVisit) -> None:
    page = sign_in("reader").go("/o/customer")
    expect(page.get_by_role("row").nth(2)).to_be_visible()
    main = page.get_by_role("main")
    for name in ("New Customer", "Import"):
        expect(main.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Edit "))).to_have_count(0)
    page.get_by_role("rowheader").first.get_by_role("link").click(modifiers=[])
    page.get_by_role("button", name="Open full page").or_(
        page.get_by_role("link", name="Open full page")
    ).first.click()
    expect(page.get_by_role("region", name="Timeline")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Edit"))).to_have_count(0)
    expect(page.get_by_role("textbox", name=re.compile("Text of the"))).to_have_count(0)


def test_a_record_that_is_not_ours_is_not_found(firm: Firm, sign_in: OpenVisit) -> None:
    visit = sign_in()
    visit.forgive("404")
    page = visit.go(f"/o/customer/{NOBODY}")
    expect(page.get_by_role("heading", level=1, name="This record cannot be found")).to_be_visible()
    page.get_by_role("link", name="Back to Customers").click()
    expect(page.get_by_role("heading", level=1, name="Customers")).to_be_visible()
    visit.go(f"/{uuid.uuid4()}")
    expect(page.get_by_role("heading", level=1, name="There is no such page")).to_be_visible()


def test_people_of_the_tests_are_who_they_are_said_to_be(firm: Firm) -> None:
    found = {
        member["email"]: (member["name"], member["role"]) for member in firm.call("GET", "/members")["data"]
    }
    assert found == {firm.email(who): person for who, person in PEOPLE.items()}
