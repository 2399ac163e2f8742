"""The normal form of what identifies a customer: two spellings of one thing give one text.

*How it works*: names lose width, case, spaces, punctuation and their legal form (有限公司, Co., Ltd.);
phones, addresses of mail and tax numbers get the form they are stored in, or at least one that does not
depend on how they were typed. Every normaliser gives its own result back unchanged, and None for nothing.

*Rules*: used for keys and comparisons, never shown. A branch (分公司, 办事处) is not its company.
"""

import re
import unicodedata
from functools import lru_cache

from guanxi.kit import regions
from guanxi.kit.phones import DEFAULT_REGION, parse_phone

_LEGAL_ZH = (
    "集团股份有限公司", "集团有限责任公司", "股份有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司", "控股有限公司",
    "有限公司", "集团公司", "股份公司", "总公司", "公司", "集团", "有限合伙", "普通合伙", "特殊普通合伙",
)  # fmt: skip
_LEGAL_EN = frozenset(
    [
        "co",
        "company",
        "corp",
        "corporation",
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "llc",
        "llp",
        "lp",
        "plc",
        "pte",
        "pty",
        "gmbh",
        "ag",
        "kg",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "ab",
        "as",
        "oy",
        "aps",
        "kk",
        "group",
        "holdings",
    ]
)
_BRANCHES = ("分公司", "子公司", "分行", "支行", "办事处", "代表处", "分店")
_TITLES_ZH = ("先生", "女士", "小姐", "老师", "同志")
_TITLES_EN = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"})
_LONGEST = 200
_BRACKETED = re.compile(r"[(（【]([^()（）【】]{2,16})[)）】]")
_LONGEST_REGION = 11
_SHORTEST_NAME = 3
"""What is left of a company's name without its region must be a name: 北京银行 is no 银行."""


class _Fold(dict[int, str]):
    """A translate table: letters and digits in half width and lower case, a space for everything else."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKD", char).casefold()
        kept = "".join(c for c in folded if not unicodedata.combining(c))
        kept = unicodedata.normalize("NFC", kept)
        made = kept if kept.isalnum() else " " if kept else ""
        self[code] = made
        return made


_FOLD = _Fold()


@lru_cache(maxsize=16_384)  # an import asks twice: is it there, and what is its key
def normalise_name(text: str) -> str | None:
    """A company's or person's name without width, case, spaces, punctuation and legal form."""
    words = unicodedata.normalize("NFC", text[:_LONGEST]).translate(_FOLD).translate(_FOLD).split()
    while (length := _legal_words(words)) and length < len(words):
        del words[-length:]
    name = "".join(words)
    bare = name
    while not bare.endswith(_BRANCHES):
        ending = next((form for form in _LEGAL_ZH if bare.endswith(form)), "")
        if not ending or len(ending) == len(bare):
            break
        bare = bare[: -len(ending)]
    return bare or None


def _legal_words(words: list[str]) -> int:
    """How many words at the end are a legal form: `ltd`, or single letters like `l l c` (L.L.C.)."""
    if words and words[-1] in _LEGAL_EN:
        return 1
    for length in (4, 3, 2):
        letters = words[-length:]
        if all(len(word) == 1 for word in letters) and "".join(letters) in _LEGAL_EN:
            return length
    return 0


def normalise_phone(text: str, region: str = DEFAULT_REGION) -> str | None:
    """The stored form; for what is no whole number, its digits (an old landline without area code)."""
    found = parse_phone(text.strip(), region)
    if found:
        return found
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c in "0123456789")[:30] or None


def normalise_email(text: str) -> str | None:
    """Lower case, half width, no spaces."""
    joined = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return unicodedata.normalize("NFKC", joined) or None


def normalise_tax_number(text: str) -> str | None:
    """Letters and digits, half width, upper case."""
    return (
        "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isascii() and c.isalnum()) or None
    )


@lru_cache(maxsize=16_384)
def normalise_company(text: str) -> str | None:
    """A company's name like `normalise_name`, also without the region it stands under.

    深圳市腾讯计算机系统有限公司, 腾讯计算机系统（深圳）有限公司 and 腾讯计算机系统 are one; a name that is
    nothing but a region keeps it.
    """
    bare = normalise_name(_BRACKETED.sub(_unless_region, text[:_LONGEST]))
    if bare is None:
        return normalise_name(text)
    rest = bare
    while True:  # a province, then a city
        region = next((rest[:n] for n in range(_LONGEST_REGION, 1, -1) if rest[:n] in _region_names()), "")
        if not region or len(rest) - len(region) < _SHORTEST_NAME:
            break
        rest = rest[len(region) :]
    return rest


def _unless_region(found: re.Match[str]) -> str:
    return "" if found.start() and found[1].strip() in _region_names() else found[0]


@lru_cache(maxsize=1)
def _region_names() -> frozenset[str]:
    """Provinces and cities, written in full and short."""
    places = [place for province in regions.provinces() for place in (province, *province.children)]
    return frozenset(name for p in places for name in (p.zh, regions.short_name(p.zh)) if len(name) > 1)


def normalise_person(text: str) -> str | None:
    """A person's name without width, case, spaces and titles; the parts of a Latin name in any order."""
    words = unicodedata.normalize("NFC", text[:_LONGEST]).translate(_FOLD).translate(_FOLD).split()
    kept = [word for word in words if word not in _TITLES_EN] or words
    if all(word.isascii() for word in kept):
        return " ".join(sorted(kept)) or None
    name = "".join(kept)
    ending = next((title for title in _TITLES_ZH if name.endswith(title) and len(name) >= len(title) + 2), "")
    return name.removesuffix(ending) or None
