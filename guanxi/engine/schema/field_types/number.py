"""`number`: a number, whole by default (`config.decimals` gives it a fraction)."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.operators import NUMBER_OPERATORS
from guanxi.kit.text import Text

NOT_NUMBER = Text("这里需要数字。", "A number is needed here.")
TOO_BIG = Text(
    "数字太大，最多 {digits} 位整数。", "The number is too large: at most {digits} digits before the point."
)
OUT_OF_RANGE = Text("应在 {min} 到 {max} 之间。", "Must be between {min} and {max}.")
BAD_DECIMALS = Text("小数位应在 0 到 {max} 之间。", "Decimals must be between 0 and {max}.")
BAD_RANGE = Text(
    "min 和 max 应是数字，且 min 不大于 max。", "min and max must be numbers, min not above max."
)

MAX_DIGITS = 15
"""Digits in all, as in a spreadsheet: what a double carries exactly, so that no JSON reader loses any."""

_SCALE = {
    "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "十万": 100_000, "百万": 1_000_000, "m": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_CURRENCY = re.compile(
    r"^(?:人民币|rmb|cny|usd|us\$|hk\$|hkd|eur|gbp|jpy|[¥$€£])|(?:元整|圆整|元|圆|块|rmb|cny|usd|hkd|eur|gbp|jpy)$"
)
_DIGITS = r"(?:[0-9]{1,3}(?:[,' ][0-9]{3})+(?![0-9])|[0-9]{1,4}(?:,[0-9]{4})+(?![0-9])|[0-9]+)"
_PART = re.compile(
    rf"({_DIGITS}(?:\.[0-9]*)?|\.[0-9]+)(?:e([+-]?[0-9]{{1,2}}))?\s*([十百千]?[万亿]|万亿|[百千]|[kmw])?\s*"
)


def to_decimal(value: Any, decimals: int) -> Decimal:
    """`value` (number or numeric text) as a Decimal with `decimals` places; raises `Refusal`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise Refusal("wrong_type", NOT_NUMBER)
    if isinstance(value, str) and len(value) > 60:
        raise Refusal("wrong_type", NOT_NUMBER)
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, ValueError):
        raise Refusal("wrong_type", NOT_NUMBER) from None
    if not number.is_finite():
        raise Refusal("wrong_type", NOT_NUMBER)
    whole_digits = MAX_DIGITS - decimals
    if number and number.adjusted() >= whole_digits:
        raise Refusal("too_large", TOO_BIG, digits=whole_digits)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded.adjusted() >= whole_digits:
        raise Refusal("too_large", TOO_BIG, digits=whole_digits)
    return rounded or abs(rounded)  # no negative zero


def written_number(text: str) -> Decimal:
    """A number as people write it: ¥1,200.00, 1.2万, 1亿2000万, 3千元, (500), 1.5k; raises `Refusal`."""
    if len(text) > 60:
        raise Refusal("wrong_type", NOT_NUMBER)
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return Decimal(text)
    bare = unicodedata.normalize("NFKC", text).replace("−", "-").strip().lower()
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    for _ in range(2):  # the sign may stand on either side of the currency: -¥5, ¥-5
        if bare[:1] in ("-", "+"):
            if negative:
                raise Refusal("wrong_type", NOT_NUMBER)
            negative, bare = bare[0] == "-", bare[1:].strip()
        bare = _CURRENCY.sub("", bare).strip()
    number, scale, position = Decimal(0), None, 0
    while position < len(bare):
        found = _PART.match(bare, position)
        unit = Decimal(_SCALE.get(found.group(3) or "", 1)) if found else Decimal(0)
        if not found or (scale is not None and unit >= scale):
            raise Refusal("wrong_type", NOT_NUMBER)
        digits = re.sub(r"[,' ]", "", found.group(1))
        if scale is not None and unit == 1 and len(digits) == 1:
            raise Refusal("wrong_type", NOT_NUMBER)  # 1万2: said for 12,000, written for 10,002
        number += Decimal(digits).scaleb(int(found.group(2) or 0)) * unit
        scale, position = unit, found.end()
    if scale is None:
        raise Refusal("wrong_type", NOT_NUMBER)
    return -number if negative else number


class NumberFieldType(FieldType):
    """A number kept exactly, with `config.decimals` places, between `config.min` and `config.max`."""

    type = "number"
    formula_kind = "number"
    label = Text("数字", "Number")
    doc = Text("整数；可设小数位和范围。", "A whole number; decimals and a range can be set.")
    column_type = "numeric"
    json_cast = "numeric"
    operators = NUMBER_OPERATORS
    measures = frozenset({"distinct", "sum", "avg", "median", "min", "max"})
    can_be_sealed = True
    computed_with = True
    default_decimals: ClassVar[int] = 0
    max_decimals: ClassVar[int] = 6

    def places(self, field: FieldDef) -> int:
        """How many decimals the field has."""
        return int(field.config.get("decimals", self.default_decimals))

    def parse(self, value: Any, field: FieldDef, env: Env) -> Any:
        """The number, rounded half up to the field's places."""
        if value == "":
            return None
        number = to_decimal(value, self.places(field))
        low, high = field.config.get("min"), field.config.get("max")
        if (low is not None and number < Decimal(str(low))) or (
            high is not None and number > Decimal(str(high))
        ):
            raise Refusal(
                "out_of_range",
                OUT_OF_RANGE,
                min="-∞" if low is None else low,
                max="∞" if high is None else high,
            )
        return number

    def read_cell(self, text: str, field: FieldDef, env: Env) -> Any:
        """As people write it, then like `parse`."""
        return self.parse(written_number(text), field, env)

    def load(self, stored: Any, field: FieldDef) -> Any:
        """JSON numbers come back as Decimals by their own digits."""
        return None if stored is None else self._exact(stored, field)

    def to_api(self, stored: Any, field: FieldDef, *, from_json: bool) -> Any:
        """A Decimal with the field's places; a whole number as int."""
        if stored is None:
            return None
        return int(stored) if self.places(field) == 0 else self._exact(stored, field)

    def _exact(self, stored: Any, field: FieldDef) -> Decimal:
        number = stored if isinstance(stored, Decimal) else Decimal(str(stored))
        return round(number, self.places(field))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Thousands grouped."""
        return "" if value is None else f"{value:,}"

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`decimals` 0 to 6, `min`, `max`."""
        decimals = config.get("decimals", self.default_decimals)
        if (
            isinstance(decimals, bool)
            or not isinstance(decimals, int)
            or not 0 <= decimals <= self.max_decimals
        ):
            raise Refusal("bad_config", BAD_DECIMALS, max=self.max_decimals)
        return {"decimals": decimals, **checked_range(config)}


def checked_range(config: Mapping[str, Any]) -> dict[str, Any]:
    """`min` and `max` of a configuration, where given; raises `Refusal`."""
    kept = {key: config[key] for key in ("min", "max") if config.get(key) is not None}
    if any(isinstance(v, bool) or not isinstance(v, (int, float, Decimal)) for v in kept.values()):
        raise Refusal("bad_config", BAD_RANGE)
    if len(kept) == 2 and kept["min"] > kept["max"]:
        raise Refusal("bad_config", BAD_RANGE)
    return kept
