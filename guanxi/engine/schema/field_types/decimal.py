"""`decimal`: a number with a fraction, two places unless set otherwise."""

from typing import ClassVar

from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.kit.text import Text


class DecimalFieldType(NumberFieldType):
    """A `number` that has two decimals by default (`config.decimals` 0 to 6)."""

    type = "decimal"
    label = Text("小数", "Decimal")
    doc = Text("带小数的数字，默认两位。", "A number with a fraction, two places unless set otherwise.")
    default_decimals: ClassVar[int] = 2
