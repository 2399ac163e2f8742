"""Texts without the characters that turn the direction of writing around.

*How it works*: Unicode calls twelve characters `Bidi_Control`: marks, embeddings, overrides and isolates. They cannot
be seen, and with them `gpj.exe` is shown as `exe.jpg`, or one person's name as another's. They are dropped wherever
texts come in. Letters that are written from right to left need none of them, and what joins emoji and letters of
Persian or Hindi (ZWJ, ZWNJ) is none of them.

*Source*: Unicode Standard Annex #9, section 2; PropList.txt, `Bidi_Control`.
"""

from typing import Any

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DROPPED = dict.fromkeys(map(ord, BIDI_CONTROLS))
# Their beginnings, in UTF-8 and as JSON escapes: bodies without any of these are left alone.
_SIGNS = (b"\xd8\x9c", b"\xe2\x80\x8e", b"\xe2\x80\x8f", b"\xe2\x80\xaa", b"\xe2\x80\xab", b"\xe2\x80\xac",
          b"\xe2\x80\xad", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xe2\x81\xa7", b"\xe2\x81\xa8", b"\xe2\x81\xa9",
          b"\\u061", b"\\u20")  # fmt: skip
_EXACT = ("password", "secret", "token")


def strip_bidi(text: str) -> str:
    """The text without them."""
    return text if text.isascii() or text.isprintable() else text.translate(_DROPPED)


def may_hold_bidi(body: bytes) -> bool:
    """Whether JSON may hold one; a quick look that never says no wrongly."""
    return any(sign in body for sign in _SIGNS)


def strip_bidi_deep(value: Any) -> Any:
    """A JSON value without them, except below keys that name a secret: those are compared, and never shown."""
    if isinstance(value, str):
        return strip_bidi(value)
    if isinstance(value, list):
        return [strip_bidi_deep(item) for item in value]
    if isinstance(value, dict):
        return {
            strip_bidi(key): item if key.endswith(_EXACT) else strip_bidi_deep(item)
            for key, item in value.items()
        }
    return value
