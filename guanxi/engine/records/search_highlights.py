"""Where in a shown text the words of a query are: by character, pinyin, initials or digits.

*How it works*: each word of the query is looked for at every character of the text: as it stands, at the
start of words; over Chinese characters also as their initials or as pinyin, whose last syllable may be
cut short. Numbers are looked for in the text's digits alone, whatever stands between them.

*Rules*: ranges are [start, end) in the text as shown, in order, never overlapping.
"""

from guanxi.engine.records.search_folding import folded, legal_tail, split_words, stands_alone
from guanxi.kit.pinyin import other_readings, reading, with_readings

MAX_SHOWN = 2000
MIN_DIGITS = 3


def highlight_ranges(text: str, query: str) -> list[list[int]]:
    """The [start, end) ranges of `text` that `query` found."""
    shown = text[:MAX_SHOWN]
    chars = [folded(char) for char in shown]
    found: list[tuple[int, int]] = []
    for word in _query_words(query):
        if stands_alone(word[0]):
            found += _occurrences(shown, word)
        else:
            found += _word_ranges(shown, chars, word)
            if word.isascii():
                found += _pinyin_ranges(shown, word)
    found += _digit_ranges(chars, query)
    return _merged(found)


def _query_words(query: str) -> list[str]:
    """Runs of Chinese, without a legal form behind a name, and other words."""
    words: list[str] = []
    for chunk in query[:64].split():
        run = ""
        for word in [*split_words(chunk), ""]:
            if word and stands_alone(word[0]):
                run += word
                continue
            if run:
                words.append(run[: len(run) - legal_tail(run)] or run)
                run = ""
            if word:
                words.append(word)
    return words


def _occurrences(shown: str, run: str) -> list[tuple[int, int]]:
    ranges = []
    at = shown.find(run)
    while at >= 0:
        ranges.append((at, at + len(run)))
        at = shown.find(run, at + 1)
    return ranges


def _word_ranges(shown: str, chars: list[str], word: str) -> list[tuple[int, int]]:
    """The word at the start of words of the text."""
    ranges = []
    for start in range(len(chars)):
        inside = start and chars[start - 1] and not stands_alone(shown[start - 1])
        if inside or not chars[start] or not word.startswith(chars[start]):
            continue
        left, at = word, start
        while left and at < len(chars) and chars[at] and left.startswith(chars[at]):
            left, at = left[len(chars[at]) :], at + 1
        if not left or (at < len(chars) and chars[at].startswith(left)):
            ranges.append((start, at if not left else at + 1))
    return ranges


def _pinyin_ranges(shown: str, word: str) -> list[tuple[int, int]]:
    """Chinese characters whose initials or pinyin the word is."""
    carried = with_readings(shown)
    ways = [
        tuple(dict.fromkeys((spoken, *other_readings(char)))) if (spoken := reading(code)) else ()
        for char, code in zip(shown, carried, strict=True)
    ]
    ranges = []
    for start in range(len(ways)):
        end = _initials_end(ways, start, word)
        if end is None:
            end = _pinyin_end(ways, start, word)
        if end is not None:
            ranges.append((start, end))
    return ranges


def _initials_end(ways: list[tuple[str, ...]], start: int, word: str) -> int | None:
    end = start + len(word)
    if end > len(ways):
        return None
    fits = all(any(way[0] == letter for way in ways[start + i]) for i, letter in enumerate(word))
    return end if fits else None


def _pinyin_end(ways: list[tuple[str, ...]], start: int, word: str) -> int | None:
    """Where `word` ends when read as syllables from `start` on; the last one may be cut short."""
    open_ends = {(start, 0)}
    while open_ends:
        at, used = open_ends.pop()
        rest = word[used:]
        for way in ways[at] if at < len(ways) else ():
            if way.startswith(rest):
                return at + 1
            if rest.startswith(way):
                open_ends.add((at + 1, used + len(way)))
    return None


def _digit_ranges(chars: list[str], query: str) -> list[tuple[int, int]]:
    """A piece of a number, whatever separates its digits in the text or in the query."""
    wanted = "".join(char for char in query if char.isdigit())
    others = [char for char in query if not char.isdigit() and char not in " -+()（）－"]
    if len(wanted) < MIN_DIGITS or others:
        return []
    if query.strip().startswith("+86") or (wanted.startswith("86") and len(wanted) == 13):
        wanted = wanted[2:]
    places = [at for at, char in enumerate(chars) if char.isdigit()]
    digits = "".join(chars[at] for at in places)
    ranges = []
    at = digits.find(wanted)
    while at >= 0 and len(digits) == len(places):
        ranges.append((places[at], places[at + len(wanted) - 1] + 1))
        at = digits.find(wanted, at + 1)
    return ranges


def _merged(ranges: list[tuple[int, int]]) -> list[list[int]]:
    merged: list[list[int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged
