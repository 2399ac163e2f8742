"""A company's name taken apart: what tells it from others, and what does not.

*How it works*: the name is folded (width, case, traditional characters, spaces, punctuation). Of a Chinese
name, the legal form is taken off the end, a branch (…分公司) is set aside, places are taken off both ends and
out of parentheses, then trades (科技, 贸易) off the end; what is left is the brand. Of a name in Latin script
the words are sorted into legal form, places, scope, trade and brand. `北京华联科技（集团）有限公司` is brand 华联,
trade 科技, place 北京.

*Rules*: something always remains: where nothing but common words stands, they are the brand.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC
from rapidfuzz.distance import OSA

from guanxi.kit.matching import lexicon
from guanxi.kit.pinyin import full, is_han

_LONGEST = 120
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_COUNTRY_ZH = ("中华人民共和国", "中国")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """What a name says. `brand` tells firms apart, `body` is brand and trades as written; `words` are sorted."""

    whole: str
    brand: str
    words: tuple[str, ...] = ()
    trades: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    branch: str = ""
    number: str = ""
    body: str = ""
    sound: str = ""
    is_han: bool = False

    @property
    def core(self) -> str:
        """Brand and trades: equal for two spellings that differ in form and place only."""
        return "|".join((self.brand, *sorted(self.trades), self.number, self.branch))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _Fold(dict[int, str]):
    """A translate table: half width, lower case, simplified; parentheses stay, other marks become spaces."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKD", char).casefold()
        folded = "".join(c for c in folded if not unicodedata.combining(c))
        if folded in ("(", "[", "{", "【", "〔", "《", "「"):
            made = "("
        elif folded in (")", "]", "}", "】", "〕", "》", "」"):
            made = ")"
        elif folded in ("'", "’", "‘", "`"):
            made = ""
        else:
            made = folded if folded.isalnum() else " " if folded else ""
        if made and is_han(made[0]):
            made = _simplifier().convert(made)
        self[code] = made
        return made


_FOLD = _Fold()


def fold(text: str) -> str:
    """`text` in half width, lower case, simplified characters; letters, digits, spaces, parentheses."""
    plain = html.unescape(text[:_LONGEST]) if "&" in text else text[:_LONGEST]
    return unicodedata.normalize("NFC", plain).translate(_FOLD).strip()


@lru_cache(maxsize=65_536)
def parse(text: str) -> CompanyName | None:
    """The parts of a company's name, or None for nothing."""
    folded = fold(text)
    if not folded.replace("(", "").replace(")", "").strip():
        return None
    if any(is_han(char) for char in folded):
        return _parse_han(folded)
    return _parse_latin(folded)


def _parse_han(folded: str) -> CompanyName:
    places: set[str] = set()
    inner: list[str] = []

    def look(found: re.Match[str]) -> str:
        content = found[1].replace(" ", "")
        rest = _without_places(content, places)
        if rest and rest not in lexicon.LEGAL_ZH and rest not in ("原", "筹", "个体"):
            inner.append(rest)
        return ""

    text = _PARENTHESES.sub(look, folded).replace("(", "").replace(")", "").replace(" ", "")
    if not text:  # nothing outside the parentheses
        text = "".join(inner) or folded.replace("(", "").replace(")", "").replace(" ", "")
        inner = []
    text, branch = _split_branch(text)
    whole = _without_legal(text)
    for extra in inner:
        more, found = _split_branch(extra)
        branch = branch or found
        if not found:
            whole += _without_legal(more) if len(more) < 8 else ""
    rest = _strip_country(whole)
    rest = _strip_places(rest, places)
    rest, number = _split_number(rest)
    body = rest
    rest, trades = _split_trades(rest)
    rest = _strip_last_place(rest, places)
    brand = rest or whole
    return CompanyName(
        whole=whole, brand=brand, trades=frozenset(trades), places=_deepest(places), branch=branch, number=number,
        body=body, sound=full(brand), is_han=True,
    )  # fmt: skip


_NUMERALS = "一二三四五六七八九十百零〇0-9"
_NUMBER = re.compile(
    f"第([{_NUMERALS}]+)|([{_NUMERALS}]+)(?:分?厂|分?店|号店|分?部|车间|分?队|分?院|分?校|分局|处|矿|期|建|冶)$"
)


def _split_number(text: str) -> tuple[str, str]:
    """(the rest, number) of 中山一厂 or 中山第一建筑; the rest keeps two characters."""
    found = _NUMBER.search(text)
    if not found or len(text) - len(found[0]) < 2:
        return text, ""
    return text[: found.start()] + text[found.end() :], (found[1] or found[2]) + found[0][-1:]


def _split_branch(text: str) -> tuple[str, str]:
    """(head office, branch): 中山公司 and 上海分公司 of 中山公司上海分公司."""
    if not text.endswith(lexicon.BRANCHES_ZH) or text.endswith("电子公司"):
        return text, ""
    for form in ("有限责任公司", "股份有限公司", "有限公司", "集团公司", "公司", "集团", "银行"):
        head, found, tail = text.partition(form)
        if found and head and tail:
            return head + (form if form == "银行" else ""), tail
    ending = next(end for end in lexicon.BRANCHES_ZH if text.endswith(end))
    head = text[: -len(ending)]
    for length in range(min(6, len(head) - 2), 1, -1):
        if head[-length:] in lexicon.regions_zh():
            return head[:-length], head[-length:] + ending
    return (head, ending) if len(head) >= 2 else (text, "")


def _without_legal(text: str) -> str:
    """Legal forms taken off the end, also one with a slip in it."""
    while True:
        ending = next(
            (form for form in lexicon.LEGAL_ZH if text.endswith(form) and len(text) > len(form)), ""
        )
        if not ending:
            ending = _broken_legal(text)
        if not ending or len(text) - len(ending) < 2:
            return text
        text = text[: -len(ending)]


def _broken_legal(text: str) -> str:
    tail = text[-4:]
    if len(text) > 5 and sum(a == b for a, b in zip(tail, "有限公司", strict=False)) == 3:
        return tail
    if len(text) > 4 and text[-5:-1] == "有限公司":
        return text[-5:]  # a character too many
    return next((form for form in lexicon.BROKEN_LEGAL_ZH if len(text) > 4 and text.endswith(form)), "")


def _strip_country(text: str) -> str:
    for country in _COUNTRY_ZH:
        if text.startswith(country) and len(text) - len(country) >= 2:
            rest = text[len(country) :]
            # 中国银行 is not 银行: where only a trade is left, the country is the name.
            return text if rest in lexicon.TRADES_ZH else rest
    return text


def _without_places(text: str, places: set[str]) -> str:
    """What is left of a parenthesis when countries and places are taken out (they go into `places`)."""
    if text in _COUNTRY_ZH or text in ("大陆", "亚洲", "亚太", "国际", "全国"):
        return ""
    code = lexicon.regions_zh().get(text) or lexicon.regions_zh().get(text + "市")
    if code is not None:
        if code:
            places.add(code)
        return ""
    if text.endswith(("集团", "控股", "总部", "中国")):
        return _without_places(text[:-2], places) if len(text) > 2 else ""
    return text


def _strip_places(text: str, places: set[str]) -> str:
    """Places taken off the front, from the province down, as long as a brand is left."""
    table = lexicon.regions_zh()
    start = text
    while True:
        for length in range(min(12, len(text) - 2), 1, -1):
            name = text[:length]
            code = table.get(name)
            if code is None:
                continue
            rest = text[length:]
            if _names_no_firm(rest) or (len(name) == 2 and len(rest) == 1):
                return start if text == start else text
            if code:
                places.add(code)
            text = rest
            break
        else:
            return text


def _names_no_firm(rest: str) -> bool:
    """True when only trades are left: 海南航空 is not 航空."""
    while rest:
        ending = next((rest[-n:] for n in (5, 4, 3, 2) if rest[-n:] in lexicon.TRADES_ZH), "")
        if not ending:
            return False
        rest = rest[: -len(ending)]
    return True


def _split_trades(text: str) -> tuple[str, list[str]]:
    """(brand, trades) of a name without form and place; the brand keeps two characters."""
    trades: list[str] = []
    while True:
        ending = next(
            (text[-n:] for n in (6, 5, 4, 3, 2) if len(text) - n >= 2 and text[-n:] in lexicon.TRADES_ZH), ""
        )
        if not ending:
            return text, trades
        trades.append(ending)
        text = text[: -len(ending)]


def _strip_last_place(text: str, places: set[str]) -> str:
    """A place behind the brand: 华联北京."""
    table = lexicon.regions_zh()
    for length in range(min(8, len(text) - 2), 1, -1):
        code = table.get(text[-length:])
        if code:
            places.add(code)
            return text[:-length]
    return text


def _deepest(codes: set[str]) -> frozenset[str]:
    """Without the codes that others are inside of."""
    return frozenset(c for c in codes if not any(o != c and o.startswith(c) for o in codes))


def _parse_latin(folded: str) -> CompanyName:
    words = _join_letters(folded.replace("(", " ").replace(")", " ").split())
    kept = [word for word in words if not _is_legal(word)] or words
    places = frozenset(place for word in kept if (place := _place(word)))
    trades = [word for word in kept if _is_trade(word) and not _place(word)]
    scopes = [word for word in kept if _is_scope(word)]
    common = {*trades, *scopes}
    brand = [word for word in kept if word not in common and not _place(word)]
    if not brand:  # only common words: the most telling of them are the brand
        brand, trades = (trades, []) if trades else (trades, trades)
        if not brand:
            brand, places = [word for word in kept if _place(word)] or kept, frozenset()
    ordered = tuple(sorted(dict.fromkeys(brand)))
    return CompanyName(
        whole=" ".join(sorted(kept)), brand="".join(ordered), words=ordered, trades=frozenset(map(_stem, trades)),
        places=places,
    )  # fmt: skip


def _join_letters(words: list[str]) -> list[str]:
    """Single letters in a row as one word: `l l c` is llc, `i b m` ibm."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and not is_han(word):
            run.append(word)
            continue
        if run:
            joined.append("".join(run))
            run = []
        if word:
            joined.append(word)
    return joined


@lru_cache(maxsize=65_536)
def _is_scope(word: str) -> bool:
    return (
        word in lexicon.SCOPE_LATIN
        or (len(word) >= 6 and any(s.startswith(word) for s in _LONG_SCOPE))
        or (word.startswith("internat"))
    )


_LONG_SCOPE = tuple(word for word in lexicon.SCOPE_LATIN if len(word) >= 8)


@lru_cache(maxsize=65_536)
def _is_legal(word: str) -> bool:
    return len(word) == 1 or word in lexicon.LEGAL_LATIN or word.startswith(lexicon.LEGAL_STEMS)


@lru_cache(maxsize=65_536)
def _place(word: str) -> str | None:
    """The name of a place: as it is listed, or a country with an s too many or too few."""
    if word in lexicon.places():
        return word
    if len(word) >= 6:
        other = word[:-1] if word.endswith("s") else word + "s"
        return other if other in lexicon.countries() else None
    return None


@lru_cache(maxsize=65_536)
def _is_trade(word: str) -> bool:
    """A word of trade, its abbreviation, one with an ending of its own, or one with a slip."""
    if word in lexicon.TRADES_LATIN:
        return True
    if len(word) < 5:
        return False
    return any(
        trade.startswith(word)
        or (len(trade) >= 5 and word.startswith(trade) and len(word) - len(trade) <= 2)
        or (len(trade) >= 8 and OSA.distance(word, trade, score_cutoff=1) <= 1)
        for trade in lexicon.TRADES_LATIN
    )


def _stem(word: str) -> str:
    """The first letters of a word of trade: technology, technologies and tech are one."""
    return word[:4] if len(word) > 4 else word.removesuffix("s")
