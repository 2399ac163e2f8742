"""What a lake holds, and as of when: light enough for a page."""

import uuid
from typing import Any

from guanxi.domains.insight.lake.facts import facts
from guanxi.domains.insight.lake.parts import read_list


def freshness_of(workspace_id: uuid.UUID) -> list[dict[str, Any]]:
    """By fact its rows, those of the database when it was refreshed, and when that was; empty without a lake."""
    known = read_list(workspace_id)
    return [
        {"fact": fact.key, "label": fact.label.as_dict(), "rows": known[fact.key].rows,
         "database_rows": known[fact.key].database_rows, "until": known[fact.key].until}
        for fact in facts if fact.key in known
    ]  # fmt: skip
