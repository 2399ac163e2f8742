"""`money`: an amount in the record's currency."""

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.field_types.number import NumberFieldType, checked_range
from guanxi.kit.text import Text


class MoneyFieldType(NumberFieldType):
    """An exact amount with two decimals; which currency it is in stands on the record."""

    type = "money"
    formula_kind = "money"
    label = Text("金额", "Money")
    doc = Text("精确到分的金额，币种随记录。", "An exact amount with two decimals, in the record's currency.")
    default_decimals: ClassVar[int] = 2

    def places(self, field: FieldDef) -> int:
        """Always two."""
        return self.default_decimals

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Thousands grouped, two places; the currency stands beside it, not in it."""
        return "" if value is None else f"{value:,.2f}"

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`min` and `max`."""
        return checked_range(config)
