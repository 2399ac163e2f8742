"""`boolean`: yes or no."""

from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import NEEDS_BOOL, Operator, offered, one
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

TRUE_WORDS = frozenset(
    {"true", "yes", "y", "t", "1", "1.0", "on", "是", "对", "有", "真", "√", "✓", "✔", "☑", "✅", "开", "已"}
)
FALSE_WORDS = frozenset(
    {
        "false",
        "no",
        "n",
        "f",
        "0",
        "0.0",
        "off",
        "否",
        "不",
        "不是",
        "错",
        "没有",
        "无",
        "假",
        "×",
        "✗",
        "✘",
        "x",
        "☐",
        "❌",
        "关",
        "未",
    }
)
NOT_WORD = Text("这里需要是或否。", "Yes or no is needed here.")


def _is(field: FieldDef, source: Source, operand: bool, env: Env) -> Sql:
    """A box nobody has ticked reads as no, so an empty value is found by `is false`."""
    return sql("{} IS TRUE" if operand else "{} IS NOT TRUE", field.type.expression(source))


BOOLEAN_IS = Operator("is", one, _is)


class BooleanFieldType(FieldType):
    """True or false; empty counts as false in filters."""

    type = "boolean"
    formula_kind = "boolean"
    label = Text("是否", "Yes or no")
    doc = Text("勾选框；没勾就是否。", "A box to tick; one not ticked means no.")
    column_type = "boolean"
    json_cast = "boolean"
    operators = offered(BOOLEAN_IS)

    def parse(self, value: Any, field: FieldDef, env: Env) -> bool | None:
        """True or false and nothing that looks like them."""
        if value == "":
            return None
        if not isinstance(value, bool):
            raise Refusal("wrong_type", NEEDS_BOOL)
        return value

    def read_cell(self, text: str, field: FieldDef, env: Env) -> bool:
        """是/否, yes/no, true/false, 1/0, √/×."""
        word = text.casefold()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise Refusal("wrong_type", NOT_WORD)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """是/否 or Yes/No."""
        if value is None:
            return ""
        return (Text("是", "Yes") if value else Text("否", "No")).in_(env.locale)

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: nobody searches for yes."""
        return ""
