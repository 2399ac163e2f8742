"""`tags`: free labels."""

from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType
from guanxi.engine.schema.field_types.many_values import cell_parts, jsonb, parse_list
from guanxi.engine.schema.field_types.operators import MANY_OPERATORS
from guanxi.engine.schema.field_types.text import clean_text
from guanxi.kit.text import Text


class TagsFieldType(FieldType):
    """Up to 50 labels of up to 50 characters that anybody may make up; kept in the order given."""

    type = "tags"
    formula_kind = "options"
    label = Text("标签", "Tags")
    doc = Text("随手写的标签，最多 50 个。", "Labels made up as one goes, 50 at most.")
    column_type = "jsonb"
    as_json_value = True
    operators = MANY_OPERATORS
    sortable = False
    groupable = False
    measures = frozenset()
    can_be_searched = True
    max_items: ClassVar[int] = 50
    max_length: ClassVar[int] = 50

    def parse(self, value: Any, field: FieldDef, env: Env) -> list[str] | None:
        """A list of texts, each once."""
        return parse_list(
            value, lambda item: clean_text(item, self.max_length, one_line=True), self.max_items
        )

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(value)

    def read_cell(self, text: str, field: FieldDef, env: Env) -> list[str] | None:
        """Separated by commas, semicolons, bars or line breaks; a leading # is dropped."""
        return self.parse([part.lstrip("#＃") for part in cell_parts(text)], field, env)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """One after the other."""
        return Text("、", ", ").in_(env.locale).join(value or ())

    def search_text(self, value: Any, field: FieldDef) -> str:
        """All of them."""
        return " ".join(value or ())
