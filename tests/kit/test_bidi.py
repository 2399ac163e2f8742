"""Characters that turn the direction of writing around are dropped; what joins emoji and letters stays."""

import unicodedata
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.bidi import BIDI_CONTROLS, may_hold_bidi, strip_bidi, strip_bidi_deep
from guanxi.kit.json_limits import read_json

TEXTS = st.text(
    st.sampled_from(BIDI_CONTROLS + 'aé中\u200d\u200c\u00a0ש\n"\\') | st.characters(codec="utf-8")
)
VALUES = st.recursive(
    TEXTS | st.integers(0, 9) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def test_the_twelve_are_all_that_unicode_calls_so() -> None:
    embedding = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    known = {chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in embedding}
    assert known | set("\u061c\u200e\u200f") == set(BIDI_CONTROLS)
    assert all(unicodedata.category(char) == "Cf" for char in BIDI_CONTROLS)


@given(TEXTS)
def test_nothing_else_is_lost_and_once_is_enough(text: str) -> None:
    left = strip_bidi(text)
    assert left == "".join(char for char in text if char not in BIDI_CONTROLS)
    assert strip_bidi(left) == left


@given(VALUES, st.booleans())
def test_bodies_are_read_without_them_however_they_are_written(value: Any, escaped: bool) -> None:
    body = orjson.dumps(value)
    if escaped:
        body = "".join(
            c if c.isascii() else f"\\u{ord(c):04X}" if ord(c) < 0x10000 else c for c in body.decode()
        ).encode()
    assert read_json(body) == strip_bidi_deep(value)
    assert read_json(body, exact=True) == value
    if any(char in str(value) for char in BIDI_CONTROLS):
        assert may_hold_bidi(body) or not any(char in body.decode() for char in BIDI_CONTROLS)


def test_secrets_are_compared_as_they_were_typed() -> None:
    given = {"password": "a\u202eb", "name": "a\u202eb", "rows": [{"new_password": "\u200f"}, "\u2066x"]}
    assert strip_bidi_deep(given) == {
        "password": "a\u202eb", "name": "ab", "rows": [{"new_password": "\u200f"}, "x"]
    }  # fmt: skip
