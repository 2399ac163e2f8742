"""How text becomes words, the same for what is indexed and for what is searched.

*How it works*: one `str.translate` puts every Chinese, Japanese or Korean character between spaces,
lower-cases and narrows letters, drops their accents, and makes spaces of the rest; `split` does the rest.

*See*: search_tokens.py for the index and queries, search_highlights.py.
"""

import unicodedata

from guanxi.kit.pinyin import is_han, reading, with_readings

MAX_WORD = 64
INITIALS_LENGTH = 8
PINYIN_LENGTH = 16
MIN_NUMBER = 3
LEGAL_TAILS = (
    "集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "分公司", "公司", "集团",
)  # fmt: skip
LEGAL_WORDS = frozenset({"co", "ltd", "inc", "corp", "llc", "limited", "company", "gmbh"})


def stands_alone(char: str) -> bool:
    """Written without spaces between words: each character is a word of its own."""
    code = ord(char)
    return is_han(char) or 0x3041 <= code <= 0x30FF or 0xAC00 <= code <= 0xD7A3


def folded(char: str) -> str:
    """The letters and digits that a character stands for, empty for anything else."""
    if stands_alone(char):
        return char
    parts = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in parts if c.isalnum())


class _Words(dict[int, str]):
    """Every character as a piece of a word, or as a word between spaces."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        made = (
            f" {char} "
            if stands_alone(char)
            else folded(char) or ("" if unicodedata.combining(char) else " ")
        )
        self[code] = made
        return made


class _Syllables(dict[int, str]):
    """The same with Chinese characters as their pinyin."""

    def __missing__(self, code: int) -> str:
        syllable = reading(chr(code))
        made = f" {syllable} " if syllable else _WORDS[code]
        self[code] = made
        return made


_WORDS = _Words()
_SYLLABLES = _Syllables()


def split_words(text: str) -> list[str]:
    """Single CJK characters and whole words of anything else, in order."""
    return text.translate(_WORDS).split()


def split_syllables(text: str) -> list[str]:
    """The same words, Chinese characters by their pinyin."""
    return with_readings(text).translate(_SYLLABLES).split()


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in a tsvector or tsquery literal."""
    return "'" + lexeme.replace("\x00", "").replace("\\", "\\\\").replace("'", "''") + "'"


def legal_tail(text: str) -> int:
    """How many characters at the end of a name are its legal form."""
    if not text.endswith(LEGAL_TAILS):
        return 0
    return next(len(tail) for tail in LEGAL_TAILS if text.endswith(tail))
