"""What the firm would call its rules about stages, and about whose a deal is; plain Python.

*How it works*: a deal that moves forward passes the stages between, and what each of them asks at its entry is asked:
a gate that one can jump over is none. What the stage it leaves asks at the exit is asked on the way forward only: a
deal can always be lost, and put back where that is allowed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import spread

WHOLE = Decimal(100)
_EXACT = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A stage of a pipeline: its key, `open`, `won` or `lost`, the pipeline's key, and what it asks."""

    key: str
    kind: str
    pipeline: str
    guide: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A deal comes to stand in `target`, from `origin` or from nowhere.

    `entered` are the stages whose entry it has to pass, the last one where it stays; `leaves` tells whether the exit of
    the origin is to be passed; `is_back` that it goes back to an earlier stage, `steps` how many open stages.
    """

    origin: Place | None
    target: Place
    entered: tuple[Place, ...]
    leaves: bool = False
    is_back: bool = False
    steps: int = 0


def move(places: Sequence[Place], origin: Place | None, target: Place) -> Move:
    """What a deal has to pass on its way; `places` are all stages in order."""
    if origin is None or origin.pipeline != target.pipeline or target.kind == "lost":
        return Move(origin, target, (target,))
    way = [place for place in places if place.pipeline == target.pipeline and place.kind == "open"]
    last = len(way)
    start = way.index(origin) if origin in way else last
    end = way.index(target) if target in way else last
    if target.kind == "open" and end < start:
        return Move(origin, target, (target,), is_back=True, steps=start - end)
    if origin.kind != "open":
        return Move(origin, target, (target,))
    return Move(origin, target, (*way[start + 1 : end], target), leaves=True)


def may_go_back(found: Move) -> bool:
    """Whether the stage that a deal is taken back from lets it go that far."""
    rule = found.origin.guide.get("back", "any") if found.origin else "any"
    return rule == "any" or (rule == "previous" and found.steps == 1)


def unticked(place: Place, ticked: Sequence[str] | None) -> list[Mapping[str, Any]]:
    """The required items of a stage's checklist that are not done."""
    done = set(ticked or ())
    return [i for i in place.guide.get("checklist", ()) if i.get("required", True) and i["key"] not in done]


def split(amount: Decimal, shares: Sequence[Decimal], places: int) -> list[Decimal]:
    """What each of some shares (hundredths) of an amount comes to, in whole minor units.

    Of shares that come to 100 the parts come to the amount exactly, by the largest remainder; of others to their part
    of it, rounded half up.
    """
    total = sum(shares, Decimal(0))
    part = (amount * total / WHOLE).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if total == 0:
        return [Decimal(0)] * len(shares)
    # Weights are taken in whole minor units of the currency: of yen, a third would lose its fraction.
    return spread(part, [share.scaleb(_EXACT) for share in shares], places)
