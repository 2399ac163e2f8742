"""Passkeys in a browser: one is made, it signs in without a password, and it is gone when it was removed.

The key lies in an authenticator that Chromium simulates (WebAuthn domain of the DevTools protocol). Passkeys belong to
a name, never to a number, hence `localhost`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenVisit
from tests.e2e.firm import PASSWORD, Firm
from tests.e2e.test_coming_in import enter

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page) -> tuple[str, object]:
    """Gives the page's browser an authenticator that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return made["authenticatorId"], devtools


@pytest.mark.asvs("6.3.3", "6.5.6")
def test_a_passkey_signs_in_until_it_is_removed(firm: Firm, open_visit: OpenVisit) -> None:
    visit = open_visit(firm.url.replace("127.0.0.1", "localhost"), locale="en")
    visit.forgive(r"401 (GET|DELETE|POST) ", r"400 POST .*/auth/webauthn/login", r"console: .*40[01]")
    page = visit.go("/sign-in")
    number, devtools = plug_in(page)
    enter(page, firm.email("member"), PASSWORD)
    expect(page).not_to_have_url(re.compile("/sign-in"))
    visit.go("/settings/security")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("dialog").locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()
    kept = devtools.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]  # type: ignore[attr-defined]
    assert [key["rpId"] for key in kept] == ["localhost"]

    page.context.clear_cookies()
    visit.go("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    assert visit.api("GET", "/api/v1/me")["user"]["email"] == firm.email("member")

    visit.go("/settings/security")
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("tooltip").get_by_role("button", name="OK").click()
    page.get_by_role("dialog").locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)
    page.context.clear_cookies()
    visit.go("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()
