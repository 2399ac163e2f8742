"""A real browser with its ears open: what a page complains about is heard and held against it.

`Visit` is one person's window: a context, a page, and what went wrong in it so far. Console errors, uncaught
exceptions, failed requests and answers of 400 and more all count, unless the test said beforehand that it will
provoke them (`visit.forgive`). Requests broken off because the page went away are no failures.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 812}
PATIENCE = 45_000
FIND_CHROMIUM = Path(__file__).parents[2] / "script" / "find-chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium_path() -> str:
    """What the environment names, or what the script finds; it says what to do where there is none."""
    named = os.environ.get("CHROMIUM")
    return (
        named or subprocess.run([FIND_CHROMIUM], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One window of one person."""

    context: BrowserContext
    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, *patterns: str) -> None:
        """What the test is going to provoke, as patterns over the complaint's line."""
        self.forgiven += patterns

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """A call of the API as this person; the answer's body."""
        token = next((c["value"] for c in self.context.cookies() if c["name"] == "csrftoken"), "")
        answer = self.context.request.fetch(
            self.base + path,
            method=method,
            data=body,
            headers={"X-CSRFToken": token, "Referer": self.base, **headers},
        )
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()[:400]}"
        return answer.json() if answer.text() else None

    def go_away(self) -> None:
        """Leaves the product, so that its end is nothing to complain about."""
        self.page.goto("about:blank")

    @property
    def unforgiven(self) -> list[str]:
        return [line for line in self.complaints if not any(re.search(each, line) for each in self.forgiven)]

    def overflow(self) -> int:
        """How far the page can be pushed sideways, which it should not be at all."""
        width: int = self.page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
            " - document.documentElement.clientWidth"
        )
        return width


def listen(visit: Visit) -> None:
    said = visit.complaints

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(f"console: {message.text} ({message.location.get('url', '')})")

    def failed(request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            said.append(f"failed: {request.method} {request.url} {request.failure}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            said.append(f"answer: {response.status} {response.request.method} {response.url}")

    visit.page.on("console", console)
    visit.page.on("pageerror", lambda error: said.append(f"exception: {error}"))
    visit.page.on("requestfailed", failed)
    visit.page.on("response", answered)


def open_visit(
    browser: Browser,
    base: str,
    *,
    locale: str = "zh-CN",
    size: dict[str, int] | None = None,
    theme: str = "light",
    state: Any = None,
    reduced_motion: str = "reduce",
) -> Visit:
    context = browser.new_context(
        locale=locale,
        viewport=size or DESK,
        color_scheme=theme,
        reduced_motion=reduced_motion,
        storage_state=state,
        has_touch=size == PHONE,
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(PATIENCE)
    visit = Visit(context, context.new_page(), base)
    listen(visit)
    return visit


def keep(visit: Visit, folder: Path, name: str) -> None:
    """What the window showed when its test failed."""
    folder.mkdir(parents=True, exist_ok=True)
    visit.page.screenshot(path=folder / f"{name}.png")
    visit.context.tracing.stop(path=folder / f"{name}.zip")
