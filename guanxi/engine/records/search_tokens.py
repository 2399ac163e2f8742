"""The search index's words: a tsvector literal for a record, a tsquery literal for what people type.

*How it works*: Chinese is indexed by single characters with positions, so that a phrase finds any piece
of a name; other words whole, found by prefix. What is found from any of its characters on is indexed by
windows (search_windows.py): `i:` initials (`i:zsgs` finds 中山公司 inside 广东中山公司), `p:` pinyin, `d:`
numbers.

*Rules*: everything goes through `search_folding`, on both sides. A record has at most `MAX_LEXEMES`;
positions of two parts never touch, so that no phrase crosses from one field into another. What another
lexeme is found by already is not written. Pure: the database is not asked.

*See*: search.py, which runs the queries; search_highlights.py.
"""

import re
from itertools import islice, product
from typing import Literal, NamedTuple

from guanxi.engine.records.search_folding import (
    INITIALS_LENGTH,
    LEGAL_TAILS,
    LEGAL_WORDS,
    MAX_WORD,
    MIN_NUMBER,
    PINYIN_LENGTH,
    legal_tail,
    quoted,
    split_syllables,
    split_words,
    stands_alone,
)  # fmt: skip
from guanxi.engine.records.search_highlights import highlight_ranges
from guanxi.engine.records.search_windows import char_query, char_windows, places, unit_query, unit_windows
from guanxi.kit.pinyin import has_other_readings, other_readings

__all__ = ["SearchPart", "by_title", "highlight_ranges", "query_of", "vector"]

MAX_LEXEMES = 400
MAX_TEXT = 5000
MAX_POSITION = 16_000
MAX_NUMBER = 20
MAX_QUERY = 64
MAX_TERMS = 8
INITIALS_STARTS = 32
PINYIN_STARTS = 11
"""What a name is called by stands behind its region, within six characters; 16 letters reach five on."""
MAX_VARIANTS = 4
_LEGAL_PINYIN = tuple("".join(split_syllables(form)) for form in LEGAL_TAILS)
_LEGAL_INITIALS = tuple("".join(part[0] for part in split_syllables(form)) for form in LEGAL_TAILS)

_LEXEME = re.compile(r"'(?:[^'\\]|''|\\.)*':\d+[A-D]?")
_TERM = re.compile(r"'((?:[^'\\]|''|\\.)*)'(:\*)?")

Kind = Literal["name", "text", "phone", "number", "email"]
Weight = Literal["A", "B", "C", "D"]


class SearchPart(NamedTuple):
    """One searched text of a record: how it is taken apart, and what a hit in it is worth."""

    text: str
    kind: Kind
    weight: Weight


def vector(parts: list[SearchPart]) -> str:
    """The tsvector literal of a record."""
    found: list[str] = []  # each some lexemes
    position = 1
    for text, kind, weight in parts:
        if kind == "phone":
            for run in text.split():
                position = _number_windows("".join(split_words(run)), position, found)
            continue
        mark = "" if weight == "D" else weight
        words = split_words(text if len(text) <= MAX_TEXT else text[:MAX_TEXT])
        if kind == "email":
            words = _email_words(text, words, f":{position}{mark}", found)
        elif kind == "name":  # the short ones first: a cap must not cost them
            _name_windows(text, words, position, found)
        elif kind == "number":
            position = _number_windows("".join(words), position, found)
        if words:
            found.append(_placed(words, position, mark))
        position += len(words) + 1
        if position >= MAX_POSITION:
            break
    literal = " ".join(found)
    return literal if literal.count("':") <= MAX_LEXEMES else _capped(literal)


def _placed(words: list[str], position: int, mark: str) -> str:
    """Whole words one after the other."""
    kept = words[:MAX_LEXEMES]
    cut = [word[:MAX_WORD] for word in kept]
    return places("", len(cut), position, mark) % tuple(cut)


def _capped(literal: str) -> str:
    """The first MAX_LEXEMES of a literal."""
    ends = [found.end() for found in islice(_LEXEME.finditer(literal), MAX_LEXEMES)]
    return literal[: ends[-1]] if ends else ""


def _name_windows(text: str, words: list[str], position: int, found: list[str]) -> None:
    """Windows of initials and of pinyin at the name's words, none from a legal form on."""
    count = len(words)
    if count == 0 or (count == 1 and not stands_alone(words[0][0])):
        return
    starts = max(count - legal_tail(text), 1)
    syllables = split_syllables(text)
    choices = _variants(words, syllables) if has_other_readings(text) else [syllables]
    windows: list[str] = []
    for choice in choices:
        letters = "".join([syllable[0] for syllable in choice])
        windows.append(char_windows("i", letters, min(INITIALS_STARTS, starts), position))
        windows.append(unit_windows("p", choice, min(PINYIN_STARTS, starts), position))
    if len(choices) > 1:  # readings differ in a few windows only
        windows = list(dict.fromkeys(" ".join(windows).split()))
    found += windows


def _variants(words: list[str], syllables: list[str]) -> list[list[str]]:
    """The syllables in every way people may read them, the best first, a few at most."""
    ways = {
        at: (syllables[at], *(other for other in others if other != syllables[at]))
        for at, word in enumerate(words)
        if (others := other_readings(word))
    }
    found = []
    for choice in islice(product(*ways.values()), MAX_VARIANTS):
        read = syllables.copy()
        for at, syllable in zip(ways, choice, strict=True):
            read[at] = syllable
        found.append(read)
    return found


def _number_windows(number: str, position: int, found: list[str]) -> int:
    """Windows of a number; gives the next free position."""
    kept = number[:MAX_NUMBER]
    if len(kept) >= MIN_NUMBER:
        found.append(char_windows("d", kept, len(kept) - MIN_NUMBER + 1, position))
    return position + len(kept) + 1


def _email_words(text: str, words: list[str], place: str, found: list[str]) -> list[str]:
    """The address and its domain; gives the words that neither of them begins with."""
    address = text.strip().casefold()[: MAX_WORD * 4]
    local, sign, domain = address.rpartition("@")
    if not (sign and local and domain):
        return words
    found += [quoted(address) + place, quoted(domain) + place]
    return [word for word in words if not address.startswith(word) and not domain.startswith(word)]


def by_title(query: str) -> str:
    """The query over titles alone: their words are marked A, and only they have windows of letters."""
    return _TERM.sub(_of_title, query)


def _of_title(term: re.Match[str]) -> str:
    word, prefix = term[1], term[2] or ""
    if word.startswith(("i:", "p:")):
        return term[0]
    return "'\x7f'" if word.startswith("d:") else f"'{word}':{prefix.removeprefix(':')}A"


def query_of(text: str) -> str | None:
    """The tsquery literal of what somebody typed, or None when there is nothing to look for."""
    typed = text.replace("\x00", " ").strip()[:MAX_QUERY]
    number = _whole_number(typed)
    if number:
        return char_query("d", number)
    terms: list[tuple[str, bool]] = []  # the term, and whether it says what is looked for
    for chunk in typed.split():
        terms += _chunk_terms(chunk)
    telling = [term for term, tells in terms if tells] or [term for term, _ in terms]
    kept = list(dict.fromkeys(telling))[:MAX_TERMS]
    return " & ".join(f"({term})" for term in kept) if kept else None


def _whole_number(typed: str) -> str | None:
    """The digits of a phone number typed with spaces, hyphens and +86."""
    if not typed or typed.strip("+0123456789 -()（）－") or not any(char in " -+()（）－" for char in typed):
        return None
    digits = "".join(char for char in typed if char.isdigit())
    if not 7 <= len(digits) <= MAX_NUMBER:
        return None
    if typed.startswith("+86") or (digits.startswith("86") and len(digits) == 13):
        digits = digits[2:]
    return digits


def _chunk_terms(chunk: str) -> list[tuple[str, bool]]:
    if "@" in chunk:
        address = chunk.casefold().lstrip("@")
        return [(f"{quoted(address)}:*", True)] if address else []
    words = split_words(chunk)
    if "." in chunk and len(words) > 1 and not any(stands_alone(word[0]) for word in words):
        both = " & ".join(f"{quoted(word)}:*" for word in words[:MAX_TERMS])
        return [(f"{quoted(chunk.casefold())}:* | ({both})", True)]
    terms = []
    run = ""
    for word in [*words, ""]:
        if word and stands_alone(word[0]):
            run += word
            continue
        if run:
            terms.append(_phrase(run))
            run = ""
        if word:
            terms.append((_word_query(word), word not in LEGAL_WORDS))
    return terms


def _phrase(run: str) -> tuple[str, bool]:
    """Characters one after the other; a legal form alone, or behind a name, does not tell much."""
    kept = run[: len(run) - legal_tail(run)]
    return " <-> ".join(quoted(char) for char in kept or run), run not in LEGAL_TAILS


def _word_query(word: str) -> str:
    """A word by its start, as pinyin, as initials, or as a piece of a number."""
    ways = [f"{quoted(word[:MAX_WORD])}:*"]
    if len(word) >= MIN_NUMBER and any(char.isdigit() for char in word):
        ways.append(char_query("d", word[:MAX_NUMBER]))
    if word.isascii() and not word.isdigit():
        if len(word) <= INITIALS_LENGTH:
            ways.append(char_query("i", word, _LEGAL_INITIALS))
        ways.append(unit_query("p", word[:PINYIN_LENGTH], _LEGAL_PINYIN))
    return " | ".join(ways)
