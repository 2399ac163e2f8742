"""The formats of TEXT: `#,##0.00`, `0%`, `yyyy-mm-dd`, `yyyy年m月d日 hh:mm`. Pure.

A format is read once, when the formula is compiled; what runs is PostgreSQL's `to_char` with a template
made here out of known pieces.
"""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"^(#,##)?0(?:\.(0{1,6}))?(%?)$")
_PIECES = re.compile(r"yyyy|yy|mm|m|dd|d|hh|h|ss|[年月日时分秒/.:： ,-]", re.IGNORECASE)
_DAY = {"yyyy": "FMYYYY", "yy": "YY", "mm": "MM", "m": "FMMM", "dd": "DD", "d": "FMDD"}
_CLOCK = {"hh": "HH24", "h": "FMHH24", "ss": "SS"}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is written."""

    places: int
    grouped: bool
    percent: bool

    @property
    def template(self) -> str:
        """For `to_char` of a rounded number below 10^31."""
        whole = "FM" + ("9,999," + "999," * 9 + "990" if self.grouped else "9" * 31 + "0")
        return whole + ("." + "0" * self.places if self.places else "")


def number_format(text: str) -> NumberFormat | None:
    """The format of a number, or None when it is none."""
    found = _NUMBER.match(text)
    return NumberFormat(len(found[2] or ""), bool(found[1]), bool(found[3])) if found else None


def date_format(text: str, *, clock: bool) -> str | None:
    """The `to_char` template of a day (with `clock`: of a moment), or None when it is none."""
    if not 1 <= len(text) <= 40:
        return None
    written: list[str] = []
    at, in_clock = 0, False
    while at < len(text):
        found = _PIECES.match(text, at)
        if not found:
            return None
        piece, at = found[0].lower(), found.end()
        if piece in _CLOCK:
            if not clock:
                return None
            written.append(_CLOCK[piece])
            in_clock = True
        elif piece in ("mm", "m") and in_clock:
            written.append("MI")
        elif piece in _DAY:
            written.append(_DAY[piece])
        else:
            written.append(f'"{piece}"')
    return "".join(written)
