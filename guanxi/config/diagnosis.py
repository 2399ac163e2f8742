"""One finding of `guanxi doctor`: what was checked, what was found, what to do about it."""

from dataclasses import dataclass, field
from typing import Literal

from guanxi.config.console import Stop
from guanxi.kit.text import Text

Status = Literal["ok", "warn", "fail"]
_SIGN = {"ok": "✓", "warn": "!", "fail": "✗"}


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check."""

    key: str
    label: Text
    status: Status
    found: Text
    advice: Text | None = None
    values: dict[str, object] = field(default_factory=dict)

    def as_json(self, locale: str) -> dict[str, str | None]:
        """The form of the API and of `--json`."""
        return {
            "key": self.key,
            "label": self.label.in_(locale),
            "status": self.status,
            "found": self.found.in_(locale, **self.values),
            "advice": self.advice.in_(locale, **self.values) if self.advice else None,
        }

    def as_line(self, locale: str) -> str:
        """The form of the terminal."""
        told = self.as_json(locale)
        line = f"{_SIGN[self.status]} {told['label']}: {told['found']}"
        return f"{line}\n    → {told['advice']}" if told["advice"] else line


def unreachable(stop: Stop) -> Check:
    """The one check left when the database does not even start."""
    return Check("database", Text("数据库", "Database"), "fail", stop.text, values=stop.values)
