"""The templates of printed papers: one that comes with the product, and those that administrators put in its place.

*Rules*: a template that does not print the sample in both languages is refused, naming the line; what prints stays.
"""

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from guanxi.domains.sales.papers.models import PrintTemplate
from guanxi.domains.sales.papers.printing.rendering import sample
from guanxi.engine.press.press import press
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Forbidden, NotFound, StaleVersion, invalid
from guanxi.kit.text import Text

PRINTED = ("quote", "contract")
LOCALES = ("zh-CN", "en")
MAX_SOURCE = 60_000
SHOWN_PAGES = 2
STANDARD = Path(__file__).with_name("paper.typ").read_text(encoding="utf-8")

NO_SOURCE = Text("模板不能为空，最多 {max} 个字。", "A template has 1 to {max} characters.")


def printed_object(ctx: Ctx, key: str) -> ObjectDef:
    """The object of papers that can be printed; raises NotFound."""
    if key not in PRINTED:
        raise NotFound
    return get_object(ctx, key)


def source_of(ctx: Ctx, key: str) -> str:
    """The template in use for an object."""
    row = _row(ctx, key)
    return row.source if row else STANDARD


def listed(ctx: Ctx) -> list[dict[str, Any]]:
    """The templates as the settings show them; raises Forbidden."""
    _check(ctx)
    rows = {row.object_key: row for row in PrintTemplate.objects.filter(workspace_id=ctx.workspace.id)}
    return [_described(ctx, key, rows.get(key)) for key in PRINTED]


def save(ctx: Ctx, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Put a template in use, based on `version` (0: the standard one).

    Raises Forbidden, NotFound, StaleVersion, Invalid at `source`.
    """
    _check(ctx, writes=True)
    obj = printed_object(ctx, key)
    source = _source(given)
    for locale in LOCALES:
        press.print(source, sample(obj.label.in_(locale), ctx.workspace.name, locale))
    row = (
        PrintTemplate.objects.select_for_update()
        .filter(workspace_id=ctx.workspace.id, object_key=key)
        .first()
    )
    row = row or PrintTemplate(workspace_id=ctx.workspace.id, object_key=key, version=0)
    if given.get("version", row.version) != row.version:
        raise StaleVersion(extra={"current": row.version})
    row.source, row.version = source, row.version + 1
    row.updated_by, row.updated_at = ctx.actor.user_id, timezone.now()
    row.save()
    record(ctx, "settings.changed", object_key=key, area="print_template", version=row.version)
    return _described(ctx, key, row)


def reset(ctx: Ctx, key: str) -> dict[str, Any]:
    """Go back to the standard template; raises Forbidden, NotFound."""
    _check(ctx, writes=True)
    printed_object(ctx, key)
    PrintTemplate.objects.filter(workspace_id=ctx.workspace.id, object_key=key).delete()
    record(ctx, "settings.changed", object_key=key, area="print_template", version=0)
    return _described(ctx, key, None)


def preview(ctx: Ctx, key: str, given: Mapping[str, Any]) -> list[str]:
    """The first pages of the sample as images (data URLs), by a template that need not be saved.

    Raises Forbidden, NotFound, Invalid at `source`.
    """
    _check(ctx, writes=True)
    obj = printed_object(ctx, key)
    locale = str(given.get("locale") if given.get("locale") in LOCALES else ctx.workspace.locale)
    pages = press.show(
        _source(given), sample(obj.label.in_(locale), ctx.workspace.name, locale), pages=SHOWN_PAGES
    )
    return ["data:image/png;base64," + b64encode(page).decode() for page in pages]


def _check(ctx: Ctx, *, writes: bool = False) -> None:
    if not (ctx.actor.manages("schema") if writes else ctx.actor.may("schema")):
        raise Forbidden


def _row(ctx: Ctx, key: str) -> PrintTemplate | None:
    return PrintTemplate.objects.filter(workspace_id=ctx.workspace.id, object_key=key).first()


def _source(given: Mapping[str, Any]) -> str:
    source = given.get("source")
    if not isinstance(source, str) or not source.strip() or len(source) > MAX_SOURCE or "\x00" in source:
        raise invalid("source", "wrong_length", NO_SOURCE, max=MAX_SOURCE)
    return source


def _described(ctx: Ctx, key: str, row: PrintTemplate | None) -> dict[str, Any]:
    return {
        "object": key, "label": get_object(ctx, key).label.as_dict(), "is_standard": row is None,
        "version": row.version if row else 0, "source": row.source if row else STANDARD, "standard": STANDARD,
        "updated_at": row.updated_at if row else None,
    }  # fmt: skip
