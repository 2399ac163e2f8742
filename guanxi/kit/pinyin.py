"""Chinese text as pinyin: what names sort by, and what people type to find them.

*How it works*: each CJK character is read once and cached (readings of single characters: names have
no grammar that would help a phrase dictionary, and the cache makes 100,000 names cheap); everything
else is kept, folded to lower case and to half width. `sort_key("中山公司")` is `zhong shan gong si`,
`full` is `zhongshangongsi`, `initials` is `zsgs`.

*Rules*: these are keys, never shown to people.
"""

import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin


def sort_key(text: str) -> str:
    """The key that sorts `text` as a Chinese phone book would: by syllable, Latin letters among them."""
    return " ".join("".join(part) for part in _syllables(text))


def full(text: str) -> str:
    """The pinyin of `text` without spaces."""
    return "".join("".join(part) for part in _syllables(text))


def initials(text: str) -> str:
    """The first letters of the syllables (and of Latin words) of `text`."""
    return "".join(part[0] for part in _syllables(text) if part)


def _syllables(text: str) -> list[str]:
    """Syllables of CJK characters and whole words of anything else, in order."""
    parts: list[str] = []
    word = ""
    for char in unicodedata.normalize("NFKC", text).casefold():
        if _is_cjk(char):
            if word:
                parts.append(word)
                word = ""
            parts.append(_reading(char))
        elif char.isspace():
            if word:
                parts.append(word)
                word = ""
        else:
            word += char
    if word:
        parts.append(word)
    return parts


def _is_cjk(char: str) -> bool:
    code = ord(char)
    return 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x323AF or code == 0x3007


@lru_cache(maxsize=30_000)
def _reading(char: str) -> str:
    return str(lazy_pinyin(char, style=Style.NORMAL, errors="default")[0])
