"""`rating`: stars, from 1 to `config.max`."""

from collections.abc import Mapping
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.number import OUT_OF_RANGE, to_decimal, written_number
from guanxi.engine.schema.field_types.operators import NUMBER_OPERATORS
from guanxi.kit.text import Text

WHOLE = Text("评分是整数。", "A rating is a whole number.")
BAD_MAX = Text("max 应在 2 到 {highest} 之间。", "max must be between 2 and {highest}.")


class RatingFieldType(FieldType):
    """A whole number of stars, five at most unless `config.max` (≤ 10) says otherwise."""

    type = "rating"
    formula_kind = "number"
    label = Text("评分", "Rating")
    doc = Text("几颗星，默认最多五颗。", "A number of stars, five at most unless set otherwise.")
    column_type = "integer"
    json_cast = "numeric"
    operators = NUMBER_OPERATORS
    measures = frozenset({"distinct", "sum", "avg", "median", "min", "max"})
    default_max: ClassVar[int] = 5
    highest_max: ClassVar[int] = 10

    def parse(self, value: Any, field: FieldDef, env: Env) -> int | None:
        """A whole number in range; 0 clears it."""
        if value == "":
            return None
        number = to_decimal(value, 2)
        if number != int(number):
            raise Refusal("wrong_type", WHOLE)
        highest = int(field.config.get("max", self.default_max))
        if not 0 <= number <= highest:
            raise Refusal("out_of_range", OUT_OF_RANGE, min=1, max=highest)
        return int(number) or None

    def read_cell(self, text: str, field: FieldDef, env: Env) -> int | None:
        """`4`, `4星`, `★★★★☆`, `4/5`."""
        if set(text) <= {"★", "☆", "⭐", "\ufe0f"}:
            return self.parse(text.count("★") + text.count("⭐"), field, env)
        bare = text.removesuffix("星").removesuffix("分").removesuffix("颗").strip()
        bare = bare.removesuffix(f"/{field.config.get('max', self.default_max)}").strip()
        return self.parse(written_number(bare), field, env)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`max` 2 to 10."""
        limit = config.get("max", self.default_max)
        if isinstance(limit, bool) or not isinstance(limit, int) or not 2 <= limit <= self.highest_max:
            raise Refusal("bad_config", BAD_MAX, highest=self.highest_max)
        return {"max": limit}
