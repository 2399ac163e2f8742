"""`percent`: a share of a hundred; 63.15 means 63.15 %."""

from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.kit.text import Text

_SIGNS = "%％"


class PercentFieldType(NumberFieldType):
    """A number of hundredths, two decimals by default. A cell without a sign is taken as it stands."""

    type = "percent"
    formula_kind = "percent"
    label = Text("百分比", "Percent")
    doc = Text("百分数：63.15 表示 63.15%。", "Hundredths: 63.15 means 63.15 %.")
    default_decimals: ClassVar[int] = 2

    def read_cell(self, text: str, field: FieldDef, env: Env) -> Any:
        """`63.15%`, `63.15` or `百分之63.15`."""
        bare = text.removeprefix("百分之").rstrip(_SIGNS)
        return super().read_cell(bare.strip(), field, env)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """With its sign."""
        return "" if value is None else f"{value:,}%"
