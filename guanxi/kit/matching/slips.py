"""Is a brand that differs by one character a slip, or another firm? The rows themselves tell.

*How it works*: a slip is rare: it stands once beside a spelling that stands often, or two spellings stand once
each. Two spellings that both stand often are two firms; how many such pairs there are says how many brands
come to lie one character apart by chance in these rows. `survey` compares the number of pairs with a rare
spelling to what chance would bring: the share that is left is the share of slips. Among 300 names of fancy
it is nearly all, among 40,000 names made of fifty characters nothing.

*Rules*: counted for each length of brand and for slips and equal sounds on their own; shares are per cent.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import OSA

from guanxi.kit.matching.company_names import CompanyName
from guanxi.kit.matching.evidence import Seen

Kind = Literal["slip", "sound"]
LONG = 5
_ENOUGH = 30  # spellings that stand often, to tell chance by
_PLAUSIBLE = 0.1  # the share of brands that are slips, where chance cannot be told
_SMOOTH = 0.1


def is_slip(a: str, b: str) -> bool:
    """One character wrong, missing, too many, or two changed places."""
    return abs(len(a) - len(b)) <= 1 and OSA.distance(a, b, score_cutoff=1) <= 1


def kind_of(a: CompanyName, b: CompanyName) -> Kind | None:
    """How two different brands are close."""
    if a.sound == b.sound and len(a.brand) == len(b.brand) >= 2:
        return "sound"
    return "slip" if is_slip(a.brand, b.brand) else None


def length(a: CompanyName, b: CompanyName) -> int:
    """The class of a pair."""
    return min(len(a.brand), len(b.brand), LONG)


def rare(a: CompanyName, b: CompanyName, seen: Seen) -> int:
    """How many of the two stand in one record only."""
    return (seen[a.brand] <= 1) + (seen[b.brand] <= 1)


def survey(pairs: Iterable[tuple[CompanyName | None, CompanyName | None]], seen: Seen) -> None:
    """Write the shares into `seen`, as `("share", kind, length, rare)`."""
    known: set[tuple[str, str]] = set()
    counts: Counter[tuple[Kind, int, int]] = Counter()
    for a, b in pairs:
        if a is None or b is None or a.brand == b.brand or not a.is_han or not b.is_han:
            continue
        kind = kind_of(a, b)
        both = (a.brand, b.brand) if a.brand < b.brand else (b.brand, a.brand)
        if kind is None or both in known:
            continue
        known.add(both)
        counts[kind, length(a, b), rare(a, b, seen)] += 1
    often: Counter[int] = Counter()
    once: Counter[int] = Counter()
    for key, records in list(seen.items()):
        if isinstance(key, str):
            (often if records > 1 else once)[min(len(key), LONG)] += 1
    for (kind, size, rarity), observed in counts.items():
        many, few = often[size], once[size]
        chance = counts[kind, size, 0] + _SMOOTH
        if rarity == 1:
            expected = few * 2 * chance / max(many, 1)
        elif many >= _ENOUGH:
            expected = few * few * chance / many**2
        else:
            expected = 0.0 if observed <= _PLAUSIBLE * few else float(observed)
        if rarity:
            seen["share", kind, size, rarity] = round(100 * max(0.0, 1 - expected / observed))


def share(a: CompanyName, b: CompanyName, kind: Kind, seen: Seen) -> int:
    """Per cent of the pairs like this one that are slips; 0 for two spellings that both stand often."""
    return seen["share", kind, length(a, b), rare(a, b, seen)]
