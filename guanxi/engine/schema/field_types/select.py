"""`select`: one of the field's options."""

from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import CHOICE_OPERATORS
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

UNKNOWN_OPTION = Text("「{value}」不在选项里。", "“{value}” is not one of the options.")
NOT_OPTION = Text("这里需要一个选项。", "One of the options is needed here.")


class SelectFieldType(FieldType):
    """One of `field.options`, stored by its value."""

    type = "select"
    formula_kind = "option"
    label = Text("单选", "Select")
    doc = Text("从选项中选一个。", "One of a list of options.")
    operators = CHOICE_OPERATORS
    has_options = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """The option's value."""
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_OPTION)
        if value not in field.option_values:
            raise Refusal("unknown_option", UNKNOWN_OPTION, value=value[:50])
        return value

    def sound(self, field: FieldDef, source: Source) -> Sql:
        """One of the options there are now; nothing at all is sound too, where there are none."""
        value, now = self.expression(source), Sql("%s::text[]", (sorted(field.option_values),))
        return sql("({} IS NULL OR {} = ANY({}))", value, value, now)

    def read_cell(self, text: str, field: FieldDef, env: Env) -> str | None:
        """By value or label, in either language, whatever the case."""
        found = field.options_by_label.get(text.casefold())
        if found is None:
            raise Refusal("unknown_option", UNKNOWN_OPTION, value=text[:50])
        return found

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The option's label."""
        option = field.option(value) if value else None
        return option.label.in_(env.locale) if option else (value or "")

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Both labels."""
        option = field.option(value) if value else None
        return f"{option.label.zh} {option.label.en}" if option else ""
