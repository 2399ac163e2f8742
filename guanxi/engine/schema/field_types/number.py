"""`number`: a number, whole by default (`config.decimals` gives it a fraction)."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.operators import NUMBER_OPERATORS
from guanxi.kit.text import Text

NOT_NUMBER = Text("这里需要数字。", "A number is needed here.")
TOO_BIG = Text("数字太大，最多 {digits} 位整数。", "The number is too large: at most {digits} digits before the point.")
OUT_OF_RANGE = Text("应在 {min} 到 {max} 之间。", "Must be between {min} and {max}.")
MAX_DIGITS = 15

_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "k": Decimal(1000), "m": Decimal(1_000_000)}
_WRITTEN = re.compile(r"^\(?\s*([+\-−]?)\s*([0-9][0-9,，_\s']*(?:\.[0-9]+)?|\.[0-9]+)\s*(万|亿|千|[kKmM])?\s*元?\s*\)?$")


def to_decimal(value: Any, decimals: int) -> Decimal:
    """`value` (number or numeric text) as a Decimal with `decimals` places; raises `Refusal`."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise Refusal("wrong_type", NOT_NUMBER)
    if isinstance(value, str) and len(value) > 60:
        raise Refusal("wrong_type", NOT_NUMBER)
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        raise Refusal("wrong_type", NOT_NUMBER) from None
    if not number.is_finite():
        raise Refusal("wrong_type", NOT_NUMBER)
    if number.adjusted() >= MAX_DIGITS:
        raise Refusal("too_large", TOO_BIG, digits=MAX_DIGITS)
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def written_number(text: str) -> Decimal:
    """A number as people write it: ¥1,200.00, 1.2万, 3亿, (500), 1.5k; raises `Refusal`."""
    bare = text.strip().lstrip("¥￥$€£").removeprefix("RMB").removeprefix("CNY").removeprefix("USD").strip()
    bare = bare.removesuffix("CNY").removesuffix("RMB").removesuffix("USD").strip()
    found = _WRITTEN.match(bare)
    if not found or len(bare) > 60:
        raise Refusal("wrong_type", NOT_NUMBER)
    sign, digits, unit = found.groups()
    number = Decimal(re.sub(r"[,，_\s']", "", digits))
    if unit:
        number *= _UNITS[unit.lower()]
    negative = sign in ("-", "−") or (bare.startswith("(") and bare.endswith(")"))
    return -number if negative else number


class NumberFieldType(FieldType):
    """A number kept exactly, with `config.decimals` places, between `config.min` and `config.max`."""

    type = "number"
    label = Text("数字", "Number")
    doc = Text("整数；可设小数位和范围。", "A whole number; decimals and a range can be set.")
    column_type = "numeric"
    json_cast = "numeric"
    operators = NUMBER_OPERATORS
    measures = frozenset({"distinct", "sum", "avg", "min", "max"})
    default_decimals: ClassVar[int] = 0
    max_decimals: ClassVar[int] = 6

    def parse(self, value: Any, field: FieldDef, env: Env) -> Decimal | None:
        """The number, rounded half up to the field's places."""
        if value == "":
            return None
        number = to_decimal(value, int(field.config.get("decimals", self.default_decimals)))
        low, high = field.config.get("min"), field.config.get("max")
        if (low is not None and number < Decimal(str(low))) or (high is not None and number > Decimal(str(high))):
            raise Refusal(
                "out_of_range", OUT_OF_RANGE, min="-∞" if low is None else low, max="∞" if high is None else high
            )
        return number

    def read_cell(self, text: str, field: FieldDef, env: Env) -> Decimal | None:
        """As people write it, then like `parse`."""
        return self.parse(written_number(text), field, env)

    def load(self, stored: Any, field: FieldDef) -> Decimal | None:
        """JSON numbers come back as Decimals by their own digits."""
        return None if stored is None else Decimal(str(stored))

    def to_api(self, stored: Any, field: FieldDef, *, from_json: bool) -> Any:
        """A Decimal with the field's places."""
        if stored is None:
            return None
        places = int(field.config.get("decimals", self.default_decimals))
        number = stored if isinstance(stored, Decimal) else Decimal(str(stored))
        return int(number) if places == 0 else round(number, places)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Thousands grouped."""
        return "" if value is None else f"{value:,}"

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`decimals` 0 to 6, `min`, `max`."""
        decimals = config.get("decimals", self.default_decimals)
        if not isinstance(decimals, int) or not 0 <= decimals <= self.max_decimals:
            raise Refusal("bad_config", Text("小数位应在 0 到 6 之间。", "Decimals must be between 0 and 6."))
        kept = {key: config[key] for key in ("min", "max") if config.get(key) is not None}
        return {"decimals": decimals, **kept}
