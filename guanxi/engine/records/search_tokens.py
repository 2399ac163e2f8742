"""The search index's words: a tsvector literal for a record, a tsquery literal for what people type.

*How it works*: Chinese is indexed by single characters with positions, so that a phrase finds any piece
of a name; other words whole, found by prefix. Three namespaces hold what has no position: `i:` initials
from each character on (`i:zsgs` finds 中山公司 inside 广东中山公司), `p:` pinyin from each of the first
characters on, `d:` numbers from each character on, so that a prefix finds any fragment.

*Rules*: everything goes through `search_folding`, on both sides. A record has at most `MAX_LEXEMES`;
positions of two parts never touch, so that no phrase crosses from one field into another. Pure: the
database is not asked.

*See*: search.py, which runs the queries; search_highlights.py.
"""

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
from guanxi.kit.pinyin import has_other_readings, other_readings

__all__ = ["SearchPart", "highlight_ranges", "query_of", "vector"]

MAX_LEXEMES = 400
MAX_TEXT = 5000
MAX_POSITION = 16_000
MAX_NUMBER = 20
MAX_QUERY = 64
MAX_TERMS = 8
INITIALS_STARTS = 32
PINYIN_STARTS = 6
"""Pinyin starts at the first characters only: what a name is called by stands there, behind its region."""
MAX_VARIANTS = 4

Kind = Literal["name", "text", "phone", "number", "email"]
Weight = Literal["A", "B", "C", "D"]


class SearchPart(NamedTuple):
    """One searched text of a record: how it is taken apart, and what a hit in it is worth."""

    text: str
    kind: Kind
    weight: Weight


def vector(parts: list[SearchPart]) -> str:
    """The tsvector literal of a record."""
    tokens: list[str] = []
    position = 1
    for text, kind, weight in parts:
        if kind == "phone":
            for run in text.split():
                _number_tokens("".join(split_words(run)), tokens)
            continue
        if kind == "email":
            _email_tokens(text, tokens)
        words = split_words(text if len(text) <= MAX_TEXT else text[:MAX_TEXT])
        if kind == "name":  # the short tokens first: a cap must not cost them
            _name_tokens(text, words, tokens)
        elif kind == "number":
            _number_tokens("".join(words), tokens)
        mark = "" if weight == "D" else weight
        for word in words:
            tokens.append(f"'{word if len(word) <= MAX_WORD else word[:MAX_WORD]}':{position}{mark}")
            position += 1
        position += 1
        if position >= MAX_POSITION or len(tokens) >= MAX_LEXEMES:
            break
    return " ".join(tokens[:MAX_LEXEMES])


def _name_tokens(text: str, words: list[str], tokens: list[str]) -> None:
    """Initials from every syllable or word on, pinyin from the first ones on; none from a legal form on."""
    count = len(words)
    if count == 0 or (count == 1 and not stands_alone(words[0][0])):
        return
    starts = max(count - legal_tail(text), 1)
    syllables = split_syllables(text)
    choices = _variants(words, syllables) if has_other_readings(text) else [syllables]
    for choice in choices:
        letters = "".join([syllable[0] for syllable in choice])
        for at in range(min(INITIALS_STARTS, starts)):
            tokens.append(f"'i:{letters[at : at + INITIALS_LENGTH]}'")
        for at in range(min(PINYIN_STARTS, starts)):
            tokens.append(f"'p:{''.join(choice[at : at + PINYIN_LENGTH])[:PINYIN_LENGTH]}'")


def _variants(words: list[str], syllables: list[str]) -> list[list[str]]:
    """The syllables in every way people may read them, the best first, a few at most."""
    ways = [
        (syllable, *(other for other in other_readings(word) if other != syllable))
        for word, syllable in zip(words, syllables, strict=True)
    ]
    return [list(choice) for choice in islice(product(*ways), MAX_VARIANTS)]


def _number_tokens(number: str, tokens: list[str]) -> None:
    """The number from each of its characters on."""
    kept = number[:MAX_NUMBER]
    for at in range(len(kept) - MIN_NUMBER + 1):
        tokens.append(f"'d:{kept[at:]}'")


def _email_tokens(text: str, tokens: list[str]) -> None:
    """The whole address, what stands before its sign, and the domain."""
    address = text.strip().casefold()[: MAX_WORD * 4]
    local, sign, domain = address.rpartition("@")
    if sign and local and domain:
        tokens += [quoted(address), quoted(local), quoted(domain)]


def query_of(text: str) -> str | None:
    """The tsquery literal of what somebody typed, or None when there is nothing to look for."""
    typed = text.replace("\x00", " ").strip()[:MAX_QUERY]
    number = _whole_number(typed)
    if number:
        return f"{quoted('d:' + number)}:*"
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
    ways = [word[:MAX_WORD]]
    if len(word) >= MIN_NUMBER and any(char.isdigit() for char in word):
        ways.append(f"d:{word[:MAX_NUMBER]}")
    if word.isascii() and not word.isdigit():
        if len(word) <= INITIALS_LENGTH:
            ways.append(f"i:{word}")
        ways.append(f"p:{word[:PINYIN_LENGTH]}")
    return " | ".join(f"{quoted(way)}:*" for way in ways)
