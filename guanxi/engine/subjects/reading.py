"""Reading what bodies hold: texts, choices, moments; raises Invalid at the field."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

NEEDED = Text("请填写。", "This is needed.")
NOT_TEXT = Text("应是不超过 {max} 字的文字。", "A text of at most {max} characters.")
NOT_CHOICE = Text("只能是：{choices}。", "One of: {choices}.")
NOT_MOMENT = Text(
    "应是带时区的时间，例如 2026-05-20T09:00:00+08:00。",
    "A time with its zone, such as 2026-05-20T09:00:00Z.",
)
NOT_PERSON = Text("没有这个人。", "There is no such person.")


def text_in(body: Mapping[str, Any], name: str, *, most: int, required: bool = False) -> str:
    """A text without control characters; empty where there is none."""
    given = body.get(name)
    if given is None or given == "":
        if required:
            raise invalid(name, "required", NEEDED)
        return ""
    if not isinstance(given, str) or len(given) > most or "\x00" in given:
        raise invalid(name, "wrong_type", NOT_TEXT, max=most)
    if required and not given.strip():
        raise invalid(name, "required", NEEDED)
    return given.strip()


def choice_in(
    body: Mapping[str, Any], name: str, choices: Collection[str], default: str | None = None
) -> str:
    """One of the choices."""
    given = body.get(name, default)
    if not isinstance(given, str) or given not in choices:
        raise invalid(name, "wrong_type", NOT_CHOICE, choices=", ".join(choices))
    return given


def moment_in(body: Mapping[str, Any], name: str) -> datetime | None:
    """A time with its zone, or None where there is none."""
    given = body.get(name)
    if given is None:
        return None
    found = moment(given) if isinstance(given, str) else None
    if found is None or found.tzinfo is None:
        raise invalid(name, "wrong_type", NOT_MOMENT)
    return found


def person_in(body: Mapping[str, Any], name: str) -> uuid.UUID | None:
    """The id of a person, or None where there is none."""
    given = body.get(name)
    if given is None:
        return None
    found = parse_id(given)
    if found is None:
        raise invalid(name, "wrong_type", NOT_PERSON)
    return found
