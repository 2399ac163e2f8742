"""How a lottery is drawn so that everybody can check it. Plain Python, without a clock or chance of its own.

*How it works*: commit and reveal. A seed is made with the form, and only its SHA-256 (`commitment`) is shown while
people enter. To draw, `digest` binds the seed to who has entered: SHA-256 of all entry numbers, sorted, one a line. The
place of an entry is SHA-256 of `seed:digest:number`; the lowest win, prize after prize. Seed, digest and numbers are shown
afterwards, so whoever has them comes to the same winners.

*Rules*: an entry's number follows from the telephone number or the address of mail it was made with (HMAC): one each,
and nobody can choose a lucky one. All texts are ASCII, all hashes lower case hexadecimal.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prize:
    """So many of a prize."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Win:
    """Which prize (its place among the form's) an entry has won."""

    prize: int
    number: str


def commitment(seed: str) -> str:
    """What is shown of a seed before the draw."""
    return _sha(seed)


def number_of(secret: bytes, form: uuid.UUID, contact: str) -> str:
    """The number of the entry of a telephone number or an address of mail, in its normal form."""
    made = hmac.new(secret, f"entry.{form.hex}.{contact}".encode(), hashlib.sha256).digest()
    return str(uuid.UUID(bytes=made[:16], version=4))


def digest(numbers: Iterable[str]) -> str:
    """What the draw binds to: all entries, in whatever order they are given."""
    return _sha("\n".join(sorted(set(numbers))))


def draw(seed: str, numbers: Iterable[str], prizes: Sequence[Prize]) -> list[Win]:
    """Who wins what; every entry wins once at most, and where prizes are left over they stay."""
    entered = set(numbers)
    bound = digest(entered)
    order = iter(sorted(entered, key=lambda number: (_sha(f"{seed}:{bound}:{number}"), number)))
    return [
        Win(place, number)
        for place, prize in enumerate(prizes)
        for _, number in zip(range(prize.count), order, strict=False)
    ]


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
