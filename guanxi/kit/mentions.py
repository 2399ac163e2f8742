"""A regular expression of what a person is known by, and texts without it.

*How it works*: numbers are found however they are written (138 0013 8000, +86-138…), addresses and names
as they are. The expression is valid in Python and in PostgreSQL, case-insensitively in both.

*Rules*: a mark has at least two characters; names in Latin letters match whole words only.
"""

import re
from collections.abc import Iterable
from typing import Any

from guanxi.kit.phones import national_digits

REDACTED = "▇▇"
SHORTEST = 2
# Between digits, also as an input method of full width writes it: blanks, hyphens, dashes, brackets, slashes.
_BETWEEN = "[-. ()/\u00b7\u00a0\u2010\u2011\u2012\u2013\u2014\u2015\u3000\uff08\uff09\uff0d\uff0e\uff0f]{0,3}"
_DIGIT = "[0-9\uff10-\uff19]"
_BEFORE = f"(?:[+\uff0b]?[0\uff10]{{0,2}}(?:[1-9\uff11-\uff19]{_DIGIT}{{0,2}})?{_BETWEEN}[0\uff10]?)?"


def pattern_of(marks: Iterable[str]) -> str:
    """The expression that finds any of the marks; empty for none."""
    parts = [
        part for mark in sorted(set(marks), key=lambda text: (-len(text), text)) if (part := _part(mark))
    ]
    return "|".join(parts)


def redact(text: str, pattern: str) -> str:
    """The text with every mention blacked out."""
    return re.sub(pattern, REDACTED, text, flags=re.IGNORECASE) if pattern else text


def redact_value(value: Any, pattern: str) -> Any:
    """A JSON value with every mention in its texts (and names of members) blacked out; numbers become null."""
    if isinstance(value, str):
        return redact(value, pattern)
    if isinstance(value, dict):
        return {redact(key, pattern): redact_value(item, pattern) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [redact_value(item, pattern) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool) and mentions(str(value), pattern):
        return None
    return value


def mentions(text: str, pattern: str) -> bool:
    """True when the text holds one of the marks."""
    return bool(pattern) and re.search(pattern, text, flags=re.IGNORECASE) is not None


def plain(text: str) -> str:
    """JSON as it lies in a table, without its escapes: what a mark with a quotation mark is looked for in."""
    return text.replace('\\"', '"').replace("\\\\", "\\")


def plain_sql(expression: str) -> str:
    """`plain` of an SQL expression."""
    return rf"""replace(replace({expression}, '\"', '"'), '\\', '\')"""


def is_number(mark: str) -> bool:
    """True for what is written like a telephone number."""
    return re.fullmatch(r"[+0-9][-+0-9. ()]{5,}(;ext=[0-9]+)?", mark) is not None


def _part(mark: str) -> str:
    plain = mark.strip()
    if len(plain) < SHORTEST:
        return ""
    if is_number(plain):
        bare = plain.partition(";")[0]
        digits = re.sub(r"[^0-9]", "", (national_digits(bare) if bare.startswith("+") else bare) or bare)
        written = [f"[{digit}{chr(0xFF10 + int(digit))}]" for digit in digits.lstrip("0") or digits]
        return rf"(?<!{_DIGIT}){_BEFORE}{_BETWEEN.join(written)}(?!{_DIGIT})"
    literal = re.sub(r"([^\w\s])", r"\\\1", plain)
    if re.fullmatch(r"[A-Za-z][A-Za-z .'-]*", plain):
        return rf"(?<![A-Za-z]){literal}(?![A-Za-z])"
    return literal
