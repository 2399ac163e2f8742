"""Short forms for writing a template's document: objects, fields, pipelines and views in both languages."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
Pair = tuple[str, str]


def pair(text: Pair) -> dict[str, str]:
    """A text in both languages."""
    return {"zh-CN": text[0], "en": text[1]}


def obj(key: str, label: Pair, plural: str, *, icon: str, group: str, **more: Any) -> Row:
    """A custom object; the Chinese plural is the singular."""
    return {
        "key": key,
        "label": pair(label),
        "label_plural": pair((label[0], plural)),
        "icon": icon,
        "group": group,
        **more,
    }


def field(object_key: str, key: str, type_: str, label: Pair, **more: Any) -> Row:
    """A custom field; `options` as (value, zh, en, colour)."""
    choices: Sequence[tuple[str, str, str, str]] = more.pop("options", ())
    row = {"object": object_key, "key": key, "type": type_, "label": pair(label), **more}
    if choices:
        row["options"] = [
            {"value": v, "label": pair((zh, en)), "color": color} for v, zh, en, color in choices
        ]
    return row


def view(object_key: str, name: Pair, kind: str = "table", **definition: Any) -> Row:
    """A view for everyone."""
    return {"object": object_key, "name": pair(name), "kind": kind, "pinned": True, "definition": definition}


def stage(zh: str, en: str, kind: str = "open", probability: int = 10, days: int | None = None) -> Row:
    """A stage of a pipeline."""
    return {"name": pair((zh, en)), "kind": kind, "probability": probability, "expected_days": days}


def pipeline(object_key: str, name: Pair, *stages: Row) -> Row:
    """A pipeline; the won and lost stages are added."""
    ends = (stage("赢单", "Won", "won", 100), stage("输单", "Lost", "lost", 0))
    return {"object": object_key, "name": pair(name), "stages": [*stages, *ends]}


def document(**parts: Sequence[Row]) -> dict[str, Any]:
    """The document of these parts."""
    return {"guanxi_configuration": 1, **{name: list(rows) for name, rows in parts.items()}}
