"""Windows: how any piece of a number, of initials or of pinyin is found by few and common lexemes.

*How it works*: a text of units (digits, initials, syllables) is indexed by the WIDTH letters that begin
at each unit, with the unit's place as position. What somebody types is one prefix when it is no longer
than a window, and otherwise a phrase of windows which together cover it: `85321180` is
`'d:8532' <4> 'd:1180'`. Windows repeat from record to record, so that the index has few keys and takes
in many records at once (docs/adr/0041).

*Rules*: positions make queries exact; two texts of one record never touch. A legal form has no windows
of its own: those that begin before it reach into it.

*See*: search_tokens.py, which says what has windows and what a query looks for.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

WIDTHS = {"d": 4, "i": 4, "p": 6}
MAX_SPLITS = 8
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ui|un|uo|ue|ve|[aeiouv])"
    "|[0-9]+"
).fullmatch
_CUT_SHORT = re.compile("(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?[aeiouv]*n?g?").fullmatch


@lru_cache(maxsize=512)
def places(space: str, count: int, position: int, mark: str = "") -> str:
    """A template of `count` lexemes one after the other, placed from `position` on: `%` fills them in at once."""
    return " ".join([f"'{space}%s':{at}{mark}" for at in range(position, position + count)])


def char_windows(space: str, text: str, starts: int, position: int) -> str:
    """Lexemes of the windows at the first `starts` characters, placed from `position` on."""
    width = WIDTHS[space]
    windows = tuple([text[at : at + width] for at in range(starts)])
    return places(f"{space}:", len(windows), position) % windows


def unit_windows(space: str, units: Sequence[str], starts: int, position: int) -> str:
    """The same where a unit is several letters: windows begin at units only."""
    text, width, offset, found = "".join(units), WIDTHS[space], 0, []
    for unit in units[:starts]:
        found.append(text[offset : offset + width])
        offset += len(unit)
    return places(f"{space}:", len(found), position) % tuple(found)


def char_query(space: str, text: str, forms: Sequence[str] = ()) -> str:
    """What finds `text` among windows at characters; none begins where it goes on as one of `forms`."""
    return _phrase(space, text, range(_head(text, forms)))


def unit_query(space: str, text: str, forms: Sequence[str] = ()) -> str:
    """The same among windows at syllables, however `text` may be split into them.

    Where that cannot be said (no pinyin, or too many ways), what begins like it.
    """
    ways = list(_splits(text)) if len(text) > WIDTHS[space] else []
    if not ways or len(ways) > MAX_SPLITS:
        return _phrase(space, text, [0])
    head = _head(text, forms)
    queries = [_phrase(space, text, [offset for offset in way if offset < head]) for way in ways]
    return " | ".join(dict.fromkeys(queries))


def _head(text: str, forms: Sequence[str]) -> int:
    """Where the rest of `text` is the beginning of one of `forms`, at the earliest behind its first letter."""
    ends = (at for at in range(1, len(text)) if any(form.startswith(text[at:]) for form in forms))
    return next(ends, len(text))


def _phrase(space: str, text: str, offsets: Sequence[int]) -> str:
    """As few windows as cover `text`, of those that begin at `offsets`; the last may be cut short."""
    width = WIDTHS[space]
    last = next((at for at, o in enumerate(offsets) if len(text) - o <= width), len(offsets) - 1)
    at, query = 0, _lexeme(space, text[:width])
    while at < last:
        covered = offsets[at] + width
        following = at + 1
        while following < last and offsets[following + 1] <= covered:
            following += 1
        query += (
            f" <{following - at}> {_lexeme(space, text[offsets[following] : offsets[following] + width])}"
        )
        at = following
    return query


def _lexeme(space: str, window: str) -> str:
    return f"'{space}:{window}'" if len(window) == WIDTHS[space] else f"'{space}:{window}':*"


def _splits(text: str) -> list[list[int]]:
    """Where syllables may begin in `text`, in every way (at most one more than MAX_SPLITS)."""
    found: list[list[int]] = []
    open_ways = [[0]]
    while open_ways and len(found) <= MAX_SPLITS:
        way = open_ways.pop()
        start = way[-1]
        if _SYLLABLE(text, start) or _CUT_SHORT(text, start):
            found.append(way)
        open_ways += [
            [*way, end] for end in range(start + 1, min(start + 7, len(text))) if _SYLLABLE(text, start, end)
        ]
    return found
