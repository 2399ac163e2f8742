"""The door of `sales.web_forms`: the hosted page and who may show it in a frame; the forms that are open."""

from pathlib import Path

from guanxi.domains.sales.web_forms.answering import hosts_of
from guanxi.domains.sales.web_forms.models import WebForm
from guanxi.domains.sales.web_forms.rules import frame_policy
from guanxi.domains.sales.web_forms.settings import url_of
from guanxi.engine.tenancy.context import Ctx

__all__ = ["frame_policy", "hosts_of", "open_forms", "page_template"]

MOST_OPEN = 20

PAGE = Path(__file__).parent / "page" / "form.html"


def page_template() -> str:
    """The page; `{nonce}` stands where its style and script begin."""
    return PAGE.read_text(encoding="utf-8")


def open_forms(ctx: Ctx) -> list[tuple[str, str]]:
    """Name and public address of the forms that anybody can fill in, the newest first."""
    rows = WebForm.objects.filter(workspace_id=ctx.workspace.id, enabled=True).order_by("-id")[:MOST_OPEN]
    return [(row.name, url_of(row)) for row in rows]
