"""What the firm would call its rules about referrals: codes, rings, rewards; plain Python.

*Rules*: a code has no letters or digits that people take for others (0 O, 1 I L) and no vowels, so that it spells
nothing. Who brought whom is a forest: nobody stands above themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeVar

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LONGEST_TYPED = 40
_BETWEEN = re.compile(r"[\s\-_.·–—]+")
K = TypeVar("K")
Kind = Literal["none", "fixed", "percent"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is given for a customer that was brought: nothing, an amount, or hundredths of their first payment."""

    kind: Kind = "none"
    amount: Decimal | None = None
    percent: Decimal | None = None
    cap: Decimal | None = None

    def reward(self, first_payment: Decimal, places: int) -> Decimal:
        """For a first payment, in the same currency, in whole minor units; at most `cap`."""
        found = Decimal(0)
        if self.kind == "fixed":
            found = self.amount or found
        elif self.kind == "percent":
            found = first_payment * (self.percent or found) / 100
        found = found if self.cap is None else min(found, self.cap)
        return max(found, Decimal(0)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def spell(number: int) -> str:
    """A number from 0 as a code."""
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def tidy(typed: object) -> str | None:
    """A code as people type it (`k7m2-9qxd`), as it is kept; None for what cannot be one."""
    if not isinstance(typed, str) or len(typed) > LONGEST_TYPED:
        return None
    found = _BETWEEN.sub("", typed).upper()
    return found if len(found) == LENGTH and set(found) <= set(ALPHABET) else None


def shown(code: str) -> str:
    """A code as people read it."""
    return f"{code[:4]}-{code[4:]}"


def closes_ring(above: Mapping[K, K], referrer: K, customer: K) -> bool:
    """Whether `customer` stands above `referrer` already, or is the same; `above` leads from a customer to who brought them."""
    seen: set[K] = set()
    now: K | None = referrer
    while now is not None and now not in seen:
        if now == customer:
            return True
        seen.add(now)
        now = above.get(now)
    return False
