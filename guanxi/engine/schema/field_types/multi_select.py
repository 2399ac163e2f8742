"""`multi_select`: any number of the field's options."""

from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.many_values import cell_parts, jsonb, parse_list, without_repeats
from guanxi.engine.schema.field_types.operators import MANY_OPERATORS
from guanxi.engine.schema.field_types.select import NOT_OPTION, UNKNOWN_OPTION
from guanxi.kit.text import Text


class MultiSelectFieldType(FieldType):
    """A list of option values, in the order of the options; empty is null."""

    type = "multi_select"
    formula_kind = "options"
    label = Text("多选", "Multi-select")
    doc = Text("从选项中选几个。", "Any number of a list of options.")
    column_type = "jsonb"
    as_json_value = True
    operators = MANY_OPERATORS
    sortable = False
    groupable = False
    measures = frozenset()
    has_options = True
    max_items: ClassVar[int] = 200

    def parse(self, value: Any, field: FieldDef, env: Env) -> list[str] | None:
        """The options' values; a single one may stand without its list."""

        def read(item: Any) -> str:
            if not isinstance(item, str):
                raise Refusal("wrong_type", NOT_OPTION)
            if item not in field.option_values:
                raise Refusal("unknown_option", UNKNOWN_OPTION, value=item[:50])
            return item

        found = parse_list([value] if isinstance(value, str) and value else value, read, self.max_items)
        return found and [option.value for option in field.options if option.value in found]

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(value)

    def read_cell(self, text: str, field: FieldDef, env: Env) -> list[str] | None:
        """Values or labels; the whole cell first, since a label may hold a comma."""
        whole = field.options_by_label.get(text.casefold())
        if whole is not None:
            return [whole]
        found = []
        for part in cell_parts(text):
            option = field.options_by_label.get(part.casefold())
            if option is None:
                raise Refusal("unknown_option", UNKNOWN_OPTION, value=part[:50])
            found.append(option)
        return self.parse(without_repeats(found), field, env)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The options' labels."""
        labels = [(option.label.in_(env.locale) if (option := field.option(v)) else v) for v in value or ()]
        return Text("、", ", ").in_(env.locale).join(labels)

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Both labels of each."""
        options = [option for v in value or () if (option := field.option(v))]
        return " ".join(f"{option.label.zh} {option.label.en}" for option in options)
