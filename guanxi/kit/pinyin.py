"""Chinese text as pinyin: what names sort by, and what people type to find them.

*How it works*: text goes through `str.translate` with tables that fill themselves one character at a
time, so that a name costs a microsecond. Characters with several readings are looked at only where one
occurs: words of `han_readings` are replaced by private characters that carry their reading.

`sort_key("中山3号")` is `zhong 中shan 山13hao 号`: by syllable, then by character, digits by their value,
Latin in lower case. `full` is `zhongshan3hao`, `initials` is `zs3h`, `words` are `zhong shan 3 hao`.

*Rules*: these are keys, never shown to people. Keys look at the first 60 characters, which bounds the
index; what is longer and alike sorts by id.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain

from pypinyin import Style, lazy_pinyin

from guanxi.kit.han_readings import OTHERS, PHRASES, SURNAMES, USUAL

KEY_CHARACTERS = 60
_PRIVATE = 0xE000  # the private use area: one code point for each (character, reading) of a phrase


class _Table(dict[int, str]):
    """A `str.translate` table that asks `make` once for each character."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        made = self._make(chr(code))
        self[code] = made
        return made


_carried: list[tuple[str, str]] = []
_codes: dict[tuple[str, str], str] = {}


def _private(char: str, reading: str) -> str:
    pair = (char, reading)
    if pair not in _codes:
        _codes[pair] = chr(_PRIVATE + len(_carried))
        _carried.append(pair)
    return _codes[pair]


def _coded(table: dict[str, str]) -> dict[str, str]:
    return {
        word: "".join(_private(c, r) for c, r in zip(word, reading.split(), strict=True))
        for word, reading in table.items()
    }


_PHRASES = _coded(PHRASES)
_SURNAMES = _coded(SURNAMES)
_PHRASE = re.compile("|".join(sorted(_PHRASES, key=lambda word: -len(word))))
_DIGITS = re.compile(r"[0-9]+")
_NO_PHRASE = frozenset(
    # characters that go against their usual reading somewhere: a text without one needs no second look
    char
    for word, reading in chain(PHRASES.items(), SURNAMES.items())
    for char, syllable in zip(word, reading.split(), strict=True)
    if (USUAL.get(char) or lazy_pinyin(char)[0]) != syllable
).isdisjoint


def is_han(char: str) -> bool:
    """A Chinese character."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF or code == 0x3007
    )


def _pair(char: str) -> tuple[str, str]:
    """The character and its reading; the reading is empty for anything but Chinese."""
    code = ord(char) - _PRIVATE
    if 0 <= code < len(_carried):
        return _carried[code]
    if not is_han(char):
        return char, ""
    reading = USUAL.get(char) or "".join(lazy_pinyin(char, style=Style.NORMAL, errors="ignore"))
    return char, reading if reading.isascii() else ""


def _plain(char: str) -> str:
    """Half width, lower case, no accents; spaces for what is neither letter nor digit."""
    if char.isspace():
        return " "
    folded = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c) and c != "\x00")


def _sort_part(char: str) -> str:
    han, reading = _pair(char)
    return f"{reading} {han}" if reading else _plain(char)


def _word_part(char: str) -> str:
    _, reading = _pair(char)
    if reading:
        return f" {reading} "
    plain = _plain(char)
    return plain if plain.isalnum() else " "


_SORT = _Table(_sort_part)
_WORDS = _Table(_word_part)
_READINGS = _Table(lambda char: _pair(char)[1])


def with_readings(text: str) -> str:
    """`text` with the characters of known words replaced by ones that carry their reading, one for one."""
    if _NO_PHRASE(text):
        return text
    if len(text) <= 4:
        start = _SURNAMES.get(text[:2], "") or _SURNAMES.get(text[:1], "")
        if start and len(text) > 1 and text[:2] not in _PHRASES:
            text = start + text[len(start) :]
    return _PHRASE.sub(lambda found: _PHRASES[found[0]], text)


def reading(char: str) -> str:
    """The reading of one character of `with_readings`, empty for anything but Chinese."""
    return _READINGS[ord(char)]


_ONE_READING = frozenset(OTHERS).isdisjoint


def has_other_readings(text: str) -> bool:
    """Whether any character of `text` may be read in several ways."""
    return not _ONE_READING(text)


def other_readings(char: str) -> tuple[str, ...]:
    """Every reading that people may type for a character, empty when there is only one."""
    return OTHERS.get(char, ())


def sort_key(text: str) -> str:
    """The key that sorts `text` as a Chinese phone book would (compare byte by byte)."""
    key = with_readings(text[:KEY_CHARACTERS]).translate(_SORT)
    if text.isalpha():
        return key
    return _DIGITS.sub(_by_value, " ".join(key.split()))


def _by_value(found: re.Match[str]) -> str:
    """Digits with their number in front, so that 2 sorts before 10."""
    digits = found[0].lstrip("0")
    return f"{min(len(digits), 9)}{digits}"


def words(text: str) -> list[str]:
    """The syllables of Chinese characters and whole words of anything else, in order."""
    return with_readings(text).translate(_WORDS).split()


def full(text: str) -> str:
    """The pinyin of `text` without spaces."""
    return "".join(words(text))


def initials(text: str) -> str:
    """The first letters of the syllables and words of `text`."""
    return "".join(word[0] for word in words(text))
