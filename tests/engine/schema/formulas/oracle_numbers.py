"""The oracle's maths and text functions."""

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from guanxi.engine.schema.formulas.patterns import safe_pattern
from guanxi.engine.schema.formulas.tree import Node, Words
from tests.engine.schema.formulas.oracle_core import BOOLEAN, NUMBER, SPACES, TEXT, TOO_LARGE, Core, V, kept


def _case(mark: str, other: str, back: str) -> str:
    """The other case of a letter, where that is one letter that leads back: of a to z, Latin, Greek, Cyrillic, full width."""
    known = mark.isascii() or "À" <= mark <= "ſ" or "Ͱ" <= mark <= "џ" or "Ａ" <= mark <= "ｚ"
    return other if known and len(other) == 1 and back == mark else mark


class Numbers(Core):
    """Maths and text."""

    # ---- maths

    def numbers(self, a: Any) -> list[Decimal]:
        return [v for v in (self.number(x, False) for x in a) if v is not None]

    def f_sum(self, a: Any, zero: bool) -> V:
        return V(NUMBER, kept(sum(self.numbers(a), Decimal(0))))

    def f_average(self, a: Any, zero: bool) -> V:
        found = self.numbers(a)
        return V(NUMBER, kept(sum(found, Decimal(0)) / len(found)) if found else None)

    def f_count(self, a: Any, zero: bool) -> V:
        return V(NUMBER, Decimal(sum(not self.blank(self.of(x)) for x in a)))

    def f_min(self, a: Any, zero: bool) -> V:
        return self.extreme(a, min)

    def f_max(self, a: Any, zero: bool) -> V:
        return self.extreme(a, max)

    def extreme(self, a: Any, pick: Callable[..., Any]) -> V:
        found = self.alike([self.of(x) for x in a])
        return V(found[0].kind, pick((v.value for v in found if v.value is not None), default=None))

    def places(self, a: Any) -> int | None:
        return self.count(a, 1, 0, -15, 20)

    def count(self, a: Any, index: int, default: int, low: int, high: int) -> int | None:
        if index >= len(a):
            return default
        value = self.number(a[index])
        return None if value is None else max(min(int(value), high), low)

    def rounded(self, a: Any, how: str) -> V:
        value, places = self.number(a[0]), self.places(a)
        if value is None or places is None:
            return V(NUMBER, None)
        step = Decimal(1).scaleb(-places)
        return V(NUMBER, kept((value / step).quantize(Decimal(1), rounding=how) * step))

    def f_round(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_HALF_UP)

    def f_roundup(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_UP)

    def f_rounddown(self, a: Any, zero: bool) -> V:
        return self.rounded(a, ROUND_DOWN)

    def f_int(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else value.to_integral_value(ROUND_FLOOR))

    def stepped(self, a: Any, how: str) -> V:
        value = self.number(a[0])
        step = self.number(a[1]) if len(a) > 1 else Decimal(1)
        if value is None or not step:
            return V(NUMBER, None)
        exact = kept(value) / step  # type: ignore[operator]
        return V(NUMBER, kept(exact.to_integral_value(how) * step))

    def f_ceiling(self, a: Any, zero: bool) -> V:
        return self.stepped(a, ROUND_CEILING)

    def f_floor(self, a: Any, zero: bool) -> V:
        return self.stepped(a, ROUND_FLOOR)

    def f_abs(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else abs(value))

    def f_sign(self, a: Any, zero: bool) -> V:
        value = self.number(a[0])
        return V(NUMBER, None if value is None else Decimal((value > 0) - (value < 0)))

    def f_mod(self, a: Any, zero: bool) -> V:
        one, two = self.number(a[0]), self.number(a[1])
        if one is None or not two:
            return V(NUMBER, None)
        return V(NUMBER, one - two * (one / two).to_integral_value(ROUND_FLOOR))

    def f_power(self, a: Any, zero: bool) -> V:
        one, two = self.number(a[0]), self.number(a[1])
        return V(NUMBER, None if one is None or two is None else self.power(one, two))

    def smooth(self, a: Any, do: Callable[[Decimal], Decimal | None]) -> V:
        value = self.number(a[0])
        found = None if value is None else do(value)
        if found is not None:
            found = found.quantize(Decimal(1).scaleb(-15), rounding=ROUND_HALF_UP)
        return V(NUMBER, None if found is None or abs(found) >= TOO_LARGE else found)

    def f_sqrt(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: x.sqrt() if x >= 0 else None)

    def f_exp(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: Decimal(0) if x < -100 else x.exp() if x < 70 else None)

    def f_ln(self, a: Any, zero: bool) -> V:
        return self.smooth(a, lambda x: x.ln() if x > 0 else None)

    def f_log(self, a: Any, zero: bool) -> V:
        base = self.number(a[1]) if len(a) > 1 else Decimal(10)
        fits = base is not None and base > 0 and base != 1
        return self.smooth(a, lambda x: x.ln() / base.ln() if fits and x > 0 else None)  # type: ignore[union-attr]

    # ---- text

    def f_concat(self, a: Any, zero: bool) -> V:
        return V(TEXT, "".join(self.words(x) for x in a)[:5000])

    def f_textjoin(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0])[:255].join(w for w in (self.words(x) for x in a[1:]) if w)[:5000])

    def f_left(self, a: Any, zero: bool) -> V:
        text, n = self.words(a[0]), self.count(a, 1, 1, 0, 5000)
        return V(TEXT, None if n is None else text[:n])

    def f_right(self, a: Any, zero: bool) -> V:
        text, n = self.words(a[0]), self.count(a, 1, 1, 0, 5000)
        return V(TEXT, None if n is None else text[len(text) - n :] if n < len(text) else text)

    def f_mid(self, a: Any, zero: bool) -> V:
        text, start, n = self.words(a[0]), self.count(a, 1, 1, 1, 5000), self.count(a, 2, 1, 0, 5000)
        return V(TEXT, None if start is None or n is None else text[start - 1 : start - 1 + n])

    def f_len(self, a: Any, zero: bool) -> V:
        return V(NUMBER, Decimal(len(self.words(a[0]))))

    def f_upper(self, a: Any, zero: bool) -> V:
        return V(TEXT, "".join(_case(c, c.upper(), c.upper().lower()) for c in self.words(a[0])))

    def f_lower(self, a: Any, zero: bool) -> V:
        return V(TEXT, "".join(_case(c, c.lower(), c.lower().upper()) for c in self.words(a[0])))

    def f_trim(self, a: Any, zero: bool) -> V:
        return V(TEXT, self.words(a[0]).strip(SPACES))

    def f_substitute(self, a: Any, zero: bool) -> V:
        text, old, new = self.words(a[0]), self.words(a[1])[:255], self.words(a[2])[:255]
        return V(TEXT, (text.replace(old, new) if old else text)[:5000])

    def f_rept(self, a: Any, zero: bool) -> V:
        n = self.count(a, 1, 1, 0, 100)
        return V(TEXT, None if n is None else (self.words(a[0]) * n)[:5000])

    def f_find(self, a: Any, zero: bool) -> V:
        at = self.words(a[1]).find(self.words(a[0]))
        return V(NUMBER, Decimal(at + 1) if at >= 0 else None)

    def f_contains(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[1]).lower() in self.words(a[0]).lower())

    def f_startswith(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[0]).startswith(self.words(a[1])))

    def f_endswith(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, self.words(a[0]).endswith(self.words(a[1])))

    def pattern(self, node: Node) -> re.Pattern[str]:
        assert isinstance(node, Words)
        written = re.sub(r"(?<!\\)\$", r"\\Z", safe_pattern(node.value))
        return re.compile(written, re.DOTALL)

    def f_regexmatch(self, a: Any, zero: bool) -> V:
        return V(BOOLEAN, bool(self.pattern(a[1]).search(self.words(a[0]))))

    def f_regexextract(self, a: Any, zero: bool) -> V:
        found = self.pattern(a[1]).search(self.words(a[0]))
        return V(TEXT, None if found is None else found[1] if found.re.groups else found[0])

    def f_regexreplace(self, a: Any, zero: bool) -> V:
        new = self.words(a[2])[:255]
        return V(TEXT, self.pattern(a[1]).sub(lambda _: new, self.words(a[0]))[:5000])
