"""Text in both languages, side by side where it is used.

*How it works*: a `Text` holds the Chinese and the English sentence; `in_(locale, **values)` picks one
and fills its `{names}`. Labels kept in the database are the same pair as a dict
(`{"zh-CN": "客户", "en": "Customer"}`), read with `Text.of`.

*Rules*: a sentence for people is never built by joining pieces; Chinese is written, not translated.

*See*: docs/adr on why pairs and no message catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LOCALES = ("zh-CN", "en")
DEFAULT_LOCALE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word in both languages, with optional `{placeholders}`."""

    zh: str
    en: str

    def in_(self, locale: str, **values: object) -> str:
        """The text in `locale` (any tag that starts with `zh` is Chinese), its placeholders filled.

        A value that is a Text itself is filled in in the same language.
        """
        template = self.zh if locale.lower().startswith("zh") else self.en
        if not values:
            return template
        shown = {
            key: value.in_(locale) if isinstance(value, Text) else value for key, value in values.items()
        }
        return template.format_map(_Kept(shown))

    def as_dict(self) -> dict[str, str]:
        """`{"zh-CN": …, "en": …}`, the form used in JSON."""
        return {"zh-CN": self.zh, "en": self.en}

    @classmethod
    def of(cls, value: "Text | str | Mapping[str, str]") -> "Text":
        """A Text from a Text, a plain string (both languages alike) or a `{"zh-CN", "en"}` mapping.

        A mapping with one language serves for both.
        """
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(value, value)
        zh = value.get("zh-CN") or value.get("zh") or value.get("en") or ""
        return cls(str(zh), str(value.get("en") or zh))


class _Kept(dict[str, object]):
    """A mapping for `format_map` that leaves unknown placeholders as they stand."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def match_locale(header: str | None) -> str | None:
    """The first of our locales that an `Accept-Language` header asks for, or None."""
    for part in (header or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return None
