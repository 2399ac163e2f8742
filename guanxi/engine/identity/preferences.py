"""What the web app keeps about a person's screens: words, numbers and switches, and no texts.

*How it works*: keys and words are what programs name things by: letters, digits, `_ . : -`. Whatever people write
themselves (names, notes, numbers of telephones) has no place here: it would lie outside every workspace, where
no erasure, no right and no encryption reaches.

*Rules*: at most `MOST_KEYS` names, `MOST_BYTES` together, `MOST_DEEP` below each other. Erasing a person blacks out
what mentions them all the same (erasing.py).
"""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.kit.errors import invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

MOST_BYTES = 16 * 1024
MOST_KEYS = 60
MOST_DEEP = 4
MOST_ITEMS = 200
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# No run of digits that could be a number of somebody.
_WORD = re.compile(rf"(?!.*[0-9]{{6}})[A-Za-z0-9_.:-]{{0,80}}|{_UUID}")
_KEY = re.compile(r"(?!.*[0-9]{6})[A-Za-z][A-Za-z0-9_.:-]{0,59}|" + _UUID)
_MOST_NUMBER = 99_999

_TOO_MUCH = Text("偏好设置太大。", "The preferences are too large.")
_NO_WORD = Text(
    "偏好设置只存开关、数字和英文标识，不存文字。",
    "Preferences hold switches, numbers and keys, and no texts.",
)


def merged(kept: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The preferences with `changes` (null removes one); raises Invalid for what they are not for."""
    for key, value in changes.items():
        if not _KEY.fullmatch(key) or not _is_plain(value, MOST_DEEP):
            raise invalid("preferences", "no_text", _NO_WORD)
    found = {key: value for key, value in {**kept, **changes}.items() if value is not None}
    if len(found) > MOST_KEYS or len(dumps(found)) > MOST_BYTES:
        raise invalid("preferences", "too_large", _TOO_MUCH)
    return found


def _is_plain(value: Any, depth: int) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, (int, float)):
        return abs(value) <= _MOST_NUMBER
    if isinstance(value, str):
        return _WORD.fullmatch(value) is not None
    if not depth or len(value) > MOST_ITEMS:
        return False
    if isinstance(value, Mapping):
        return all(_KEY.fullmatch(key) and _is_plain(item, depth - 1) for key, item in value.items())
    return all(_is_plain(item, depth - 1) for item in value)
