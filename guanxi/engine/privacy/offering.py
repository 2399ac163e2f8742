"""What a form may ask people to agree to: purposes in use, with their texts and the notices in force."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from guanxi.engine.privacy.models import Purpose
from guanxi.engine.privacy.notices import current_for
from guanxi.engine.privacy.rules import GENERAL
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Offer:
    """A purpose people can be asked for; `notice` is the version in force that covers it, `url` its page."""

    purpose: uuid.UUID
    name: Text
    text: Text
    channels: tuple[str, ...]
    notice: uuid.UUID | None = None
    notice_title: Text | None = None
    url: str = ""


def offers(ctx: Ctx, only: Collection[uuid.UUID] | None = None) -> dict[uuid.UUID, Offer]:
    """By purpose, in order, what can be offered (of `only`); asks nobody's rights."""
    rows = Purpose.objects.filter(workspace_id=ctx.workspace.id, retired=False).order_by("position", "id")
    found = list(rows if only is None else rows.filter(id__in=only))
    notices = current_for(ctx, {str(row.id) for row in found}) if found else []
    return {row.id: _offer(row, notices) for row in found}


def _offer(row: Purpose, notices: list[dict[str, object]]) -> Offer:
    channels = tuple(row.channels) or (GENERAL,)
    made = Offer(row.id, Text.of(row.name), Text.of(row.consent_text), channels)
    for notice in notices:
        purposes, title = notice["purposes"], notice["title"]
        assert isinstance(purposes, list)
        assert isinstance(title, dict)
        if str(row.id) in purposes and isinstance(notice["id"], uuid.UUID):
            return Offer(
                row.id, made.name, made.text, channels, notice["id"], Text.of(title), str(notice["url"])
            )
    return made
