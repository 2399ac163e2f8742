"""The door of `sales.web_forms` for the web: the hosted page and who may show it in a frame."""

from pathlib import Path

from guanxi.domains.sales.web_forms.answering import hosts_of
from guanxi.domains.sales.web_forms.rules import frame_policy

__all__ = ["frame_policy", "hosts_of", "page_template"]

PAGE = Path(__file__).parent / "page" / "form.html"


def page_template() -> str:
    """The page; `{nonce}` stands where its style and script begin."""
    return PAGE.read_text(encoding="utf-8")
