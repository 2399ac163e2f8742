"""How two companies' names agree: the levels of the comparison `name`, and what leads to each.

*How it works*: brands first: equal, a slip apart (slips.py says whether to believe it), said alike, one in the
other. Then what contradicts equal brands: another branch, number, place, trade. Names in Latin script are
compared word by word, in any order, with slips and abbreviations.

*Rules*: two places, two numbers or two branches contradict each other, however alike the names are.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from guanxi.kit.matching import lexicon, slips
from guanxi.kit.matching.company_names import CompanyName
from guanxi.kit.matching.evidence import Level, Seen
from guanxi.kit.matching.slips import is_slip
from guanxi.kit.text import Text


def _level(key: str, zh: str, en: str, bits: float, *, m: float = 0.1, contradicts: bool = False) -> Level:
    """A level of a stated weight: names are not learned from the rows (see the record of the decision)."""
    return Level(key, Text(zh, en), m, m / 2**bits, contradicts)


LEVELS = (
    _level("same", "名称相同（不计公司形式）", "the same name but for its legal form", 24, m=0.45),
    _level(
        "core",
        "字号和行业相同，地区写法不同或一方没写",
        "the same brand and trade; the place is written otherwise or left out",
        22,
    ),
    _level("less", "字号相同，一方少写了行业", "the same brand; one leaves the trade out", 19),
    _level(
        "less_short",
        "两个字的字号相同，一方少写了行业",
        "the same short brand; one leaves the trade out",
        15.5,
    ),
    _level("slip", "字号只差一个字", "the brand is one slip apart", 19.5),
    _level(
        "slip_half",
        "字号只差一个字，地区或行业相同",
        "the brand is one slip apart; place or trade agrees",
        19.5,
    ),
    _level(
        "slip_both",
        "字号只差一个字，地区和行业都相同",
        "the brand is one slip apart; place and trade agree",
        20,
    ),
    _level("body", "只在行业处差一个字", "one slip apart, in the trade", 19),
    _level("sound", "字号读音相同", "the brands are said alike", 19.5),
    _level("variant", "常见名称的少见写法", "a rare form of a name that occurs often", 17),
    _level(
        "short_slip",
        "字号差一个字，多半是另一家",
        "the brands are one character apart, as two firms' may be",
        9,
    ),
    _level("contained", "一方的名称包含另一方", "one name contains the other", 10),
    _level("trade", "字号相同，行业不同", "the same brand in another trade", 7),
    _level("similar", "名称相近", "similar names", 8),
    _level("different", "名称不同", "different names", -6),
    _level("place", "字号相同，地区不同", "the same brand in another place", -6, contradicts=True),
    _level("number", "只有编号或方位不同", "only a number or direction differs", -8, contradicts=True),
    _level("branch", "分支机构不同", "another branch", -8, contradicts=True),
)
_AT = {level.key: n for n, level in enumerate(LEVELS)}


def compare_names(a: CompanyName, b: CompanyName, seen: Seen) -> int:
    """The position of the level at which two names agree."""
    if a.whole == b.whole and a.branch == b.branch and not _other_place(a, b):
        return _AT["same"]
    level = _brands(a, b, seen)
    if level not in _WITH_BRAND:
        return _AT[level]
    if a.branch != b.branch:
        return _AT["branch"]
    if a.number != b.number:
        return _AT["number"]
    if _other_place(a, b):
        return _AT["place"]
    if level != "body" and a.trades and b.trades and not (a.trades <= b.trades or b.trades <= a.trades):
        return _AT["trade"]
    if level != "same":
        return _AT[level]
    if a.trades == b.trades:
        return _AT["core"]
    return _AT["less_short" if len(a.brand) < 3 else "less"]


_WITH_BRAND = frozenset(("same", "slip", "slip_half", "slip_both", "sound", "short_slip", "variant", "body"))
_BELIEVED = (50, 20, 5)  # from which per cent of slips among pairs like this, by how much else agrees


def _other_place(a: CompanyName, b: CompanyName) -> bool:
    if not a.places or not b.places:
        return False
    if a.is_han and b.is_han:
        return not any(x.startswith(y) or y.startswith(x) for x in a.places for y in b.places)
    known = lexicon.places()
    one = frozenset[str]().union(*(known.get(p, frozenset((p,))) for p in a.places))
    other = frozenset[str]().union(*(known.get(p, frozenset((p,))) for p in b.places))
    return one.isdisjoint(other)


def _brands(a: CompanyName, b: CompanyName, seen: Seen) -> str:
    if a.brand == b.brand:
        return "same"
    if not a.is_han and not b.is_han:
        return _latin(a, b, seen)
    # Two edits at most make a series or a slip: what is further apart, nearly all, is done with at once.
    if a.sound != b.sound and OSA.distance(a.brand, b.brand, score_cutoff=2) > 2:
        return _further(a, b)
    if _only_series_differ(a.brand, b.brand):
        return "number"
    shorter = min(len(a.brand), len(b.brand))
    kind = slips.kind_of(a, b)
    if kind:
        agreeing = bool(a.places and a.places == b.places) + bool(a.trades and a.trades == b.trades)
        if slips.share(a, b, kind, seen) < _BELIEVED[agreeing] or (kind == "slip" and shorter < 3):
            return "short_slip"
        return (kind, "slip_half", "slip_both")[agreeing]
    return _further(a, b)


def _further(a: CompanyName, b: CompanyName) -> str:
    """Brands that are not one character apart."""
    if a.body[:1] == b.body[:1] and _slip_in_trade(a, b):
        return "body"
    shorter = min(len(a.brand), len(b.brand))
    if shorter >= 3 and (a.brand in b.brand or b.brand in a.brand):
        return "contained"
    return "similar" if shorter >= 5 and fuzz.ratio(a.brand, b.brand) >= 80 else "different"


def hopeless(a: CompanyName | None, b: CompanyName | None, seen: Seen) -> bool:
    """True for brands one character apart of a kind that is chance in these rows."""
    if a is None or b is None or not a.is_han or not b.is_han or a.brand == b.brand:
        return False
    if not slips.rare(a, b, seen):
        return False  # two firms beyond doubt: that keeps them apart where a third is near both
    kind = slips.kind_of(a, b)
    return kind is not None and slips.share(a, b, kind, seen) < _BELIEVED[-1]


def _slip_in_trade(a: CompanyName, b: CompanyName) -> bool:
    """中达科技 and 中达科支: the slip is behind the brand, and made something of it that is no trade."""
    brand = a.brand if len(a.brand) < len(b.brand) else b.brand
    return (
        min(len(a.body), len(b.body)) >= 4
        and is_slip(a.body, b.body)
        and a.body.startswith(brand)
        and b.body.startswith(brand)
        and not _only_series_differ(a.body, b.body)
    )


def _only_series_differ(a: str, b: str) -> bool:
    """一厂 and 二厂, 东方 and 西方; also a number that only one of them has."""
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        return bool(differing) and len(differing) <= 2 and all(
            any(x in group and y in group for group in lexicon.SERIES) for x, y in differing
        )  # fmt: skip
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) - len(shorter) == 1 and is_slip(a, b):
        position = next(
            (n for n, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), len(shorter)
        )
        return longer[position].isdigit() or (longer[position] in lexicon.SERIES[0] and len(shorter) > 2)
    return False


def _latin(a: CompanyName, b: CompanyName, seen: Seen) -> str:
    """How the brands' words match: all of them, all of the one's, or similar as a whole."""
    if _digits(a) != _digits(b):
        return "number"
    if len(a.brand) >= 6 and sorted(a.brand) == sorted(b.brand):
        return "same"
    few, many = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    left = list(many)
    changed = 0
    for word in few:
        best = next((w for w in left if w == word), None) or next((w for w in left if _alike(word, w)), None)
        if best is None:
            break
        changed += best != word
        left.remove(best)
    else:
        if not left:
            return "slip"
        if not changed and _is_variant(a, b, few, seen):
            return "variant"
        return "contained" if not changed else "similar"
    if (
        few
        and set(few) & set(many)
        and len(few) == len(many)
        and all(_alike(w, o) or _akin(w, o) for w, o in _rest(few, many))
    ):
        return "slip"
    if min(len(a.brand), len(b.brand)) >= 6 and JaroWinkler.similarity(a.brand, b.brand) >= 0.95:
        return "slip"
    if is_slip(a.brand, b.brand) and min(len(a.brand), len(b.brand)) >= 6:
        return "slip"
    return "similar" if fuzz.token_sort_ratio(a.whole, b.whole) >= 85 else "different"


def _is_variant(a: CompanyName, b: CompanyName, shared: Sequence[str], seen: Seen) -> bool:
    """Nearly all records with these words (ten and more) have one and the same brand, and the other is rare."""
    one, other = seen[a.brand], seen[b.brand]
    total = min(seen[(word,)] for word in shared)
    return (
        max(one, other) >= 10 and max(one, other) >= 0.8 * total and min(one, other) <= 0.05 * max(one, other)
    )


def _rest(few: Sequence[str], many: Sequence[str]) -> list[tuple[str, str]]:
    """The words that are not in both, in order."""
    return list(zip([w for w in few if w not in many], [w for w in many if w not in few], strict=False))


def _akin(a: str, b: str) -> bool:
    """Two words of five and more that begin alike: the rest of the name is the same."""
    return min(len(a), len(b)) >= 5 and a[:4] == b[:4] and JaroWinkler.similarity(a, b) >= 0.84


def _digits(name: CompanyName) -> str:
    return "".join(c for c in name.whole if c.isdigit())


def _alike(a: str, b: str) -> bool:
    """One slip in a word of five and more, two in one of nine and more, or an abbreviation."""
    shorter = min(len(a), len(b))
    if shorter >= 5 and (a.startswith(b) or b.startswith(a)):
        return True
    if shorter >= 9 and a[0] == b[0]:
        return OSA.distance(a, b, score_cutoff=2) <= 2
    return shorter >= 5 and is_slip(a, b)
