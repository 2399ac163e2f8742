"""Names, numbers and addresses of people and firms that do not exist."""

from datetime import date
from functools import cache
from random import Random

from stdnum.cn import uscc

from guanxi.domains.demo.words import Place, Trade, Words
from guanxi.kit.regions import find

_MOBILE_PREFIXES = (
    "38",
    "39",
    "35",
    "36",
    "37",
    "50",
    "51",
    "58",
    "59",
    "86",
    "87",
    "88",
    "89",
    "30",
    "31",
    "77",
    "99",
)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@cache
def _region_code(path: str) -> str:
    region = find(path)
    return (region.code if region else "440000")[:6].ljust(6, "0")


class Composer:
    """Makes each name once."""

    def __init__(self, words: Words, rng: Random) -> None:
        self.words, self.rng = words, rng
        self._taken: set[str] = set()

    def company(self, trade: Trade, place: Place) -> tuple[str, str]:
        """A company's name and its brand."""
        rng, words = self.rng, self.words
        while True:
            brand = rng.choice(words.brand_starts) + rng.choice(words.brand_ends)
            parts = {
                "place": place.short,
                "rank": "市" if rng.random() < 0.55 and len(place.short) == 2 else "",
                "brand": brand,
                "word": rng.choice(trade.words),
                "form": rng.choice(trade.forms),
            }
            name = words.company_name.format(**parts).strip()
            if name not in self._taken:
                self._taken.add(name)
                return name, brand

    def person(self, *, female: bool) -> tuple[str, str, str]:
        """A person's full, family and given name."""
        family = self.rng.choice(self.words.families)
        given = self.rng.choice(self.words.given_female if female else self.words.given_male)
        return self.words.person_name.format(family=family, given=given), family, given

    def phone(self, pattern: str) -> str:
        """A number of a pattern: `#` a digit, `N` one from 2 to 8, `@` a Chinese mobile prefix."""
        rng = self.rng
        made = (
            rng.choice(_MOBILE_PREFIXES)
            if c == "@"
            else str(rng.randint(2, 8))
            if c == "N"
            else str(rng.randrange(10))
            if c == "#"
            else c
            for c in pattern
        )
        return "".join(made)

    def address(self, place: Place) -> dict[str, str]:
        """A street and a number in a place."""
        number = self.rng.randint(1, 288)
        street = self.rng.choice(place.streets)
        chinese = not street.isascii()
        return {**place.address, "street": f"{street} {number} 号" if chinese else f"{number} {street}"}

    def tax_number(self, place: Place) -> str:
        """A unified social credit code whose check digits are right."""
        path = "/".join(
            place.address[key] for key in ("province", "city", "district") if key in place.address
        )
        code = _region_code(path)
        digits = "".join(self.rng.choice("0123456789") for _ in range(8))
        remainder = 11 - sum(int(d) * w for d, w in zip(digits, _ORGANISATION_WEIGHTS, strict=True)) % 11
        check = {10: "X", 11: "0"}.get(remainder, str(remainder))
        number = f"91{code}{digits}{check}"
        return number + uscc.calc_check_digit(number)

    def website(self) -> str:
        """A site under a domain that is reserved for examples."""
        letters = "".join(
            self.rng.choice("bcdfghjklmnpqrstwxyz") + self.rng.choice("aeiou") for _ in range(3)
        )
        return f"https://www.{letters}{self.rng.randrange(10, 99)}.example.com"

    def birthday(self, today: date) -> str:
        """Of somebody between 26 and 58."""
        year = today.year - self.rng.randint(26, 58)
        return date(year, self.rng.randint(1, 12), self.rng.randint(1, 28)).isoformat()
