"""How actions of a record are run on its page: from their buttons, or the menu behind them."""

import re

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as Late

TRIES = 40


def two(name: str) -> re.Pattern[str]:
    """A button's name; those of two characters are set with a space between."""
    return re.compile(f"^{' ?'.join(name)}$" if len(name) == 2 else f"^{re.escape(name)}$")


def here(page: Page) -> str:
    return page.url.rsplit("/", 1)[1].split("?")[0]


def act(page: Page, label: str) -> Locator:
    """Begin an action of the record, from its button or the menu; gives its dialog."""
    more = page.get_by_role("button", name="更多操作").first
    expect(more).to_be_visible()
    button = page.get_by_role("main").get_by_role("button", name=two(label)).first
    item = page.get_by_role("menuitem", name=label, exact=True)
    for _ in range(TRIES):  # what may be done follows the record's state, which follows the last action
        if button.is_visible():
            button.click()
            break
        more.click()
        if item.is_visible() or _comes(item):
            item.click()
            break
        page.keyboard.press("Escape")
    dialog = page.get_by_role("dialog", name=re.compile(label))
    expect(dialog).to_be_visible()
    return dialog


def _comes(item: Locator) -> bool:
    try:
        item.wait_for(timeout=500)
    except Late:
        return False
    return True


def done(dialog: Locator, label: str, *, closes: bool = True) -> None:
    """Say so, and wait until it has happened."""
    dialog.get_by_role("button", name=two(label)).click()
    if closes:
        expect(dialog).to_have_count(0)


def follow(page: Page, object_: str) -> None:
    """Go to what an action has made, by the link in what it says."""
    page.locator(f'.ant-message a[href*="/o/{object_}/"]').last.click()
    expect(page).to_have_url(re.compile(f"/o/{object_}/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
