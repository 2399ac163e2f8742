"""What is known about one environment variable, kept with the field of `Env` that holds its value.

*See*: env.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known about one variable besides its value."""

    name: str
    read: Callable[[str], Any]
    kind: Text
    doc: Text
    shown_default: Text
    is_secret: bool = False
    is_internal: bool = False


def setting(
    name: str,
    reader: tuple[Callable[[str], Any], Text],
    default: Any,
    zh: str,
    en: str,
    *,
    shown: Text | None = None,
    secret: bool = False,
    internal: bool = False,
) -> Any:
    """A field of `Env`: its variable, how its text is read, its default, and its sentence in both languages."""
    shown_default = shown or Text.of("" if default in (None, ()) else _plain(default))
    meta = Setting(name, reader[0], reader[1], Text(zh, en), shown_default, secret, internal)
    return field(default=default, metadata={"setting": meta})


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
