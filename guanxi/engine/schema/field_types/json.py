"""`json`: data kept by integrations, shown and never edited by hand."""

from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.many_values import jsonb
from guanxi.engine.schema.field_types.operators import EMPTY_ONLY
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

TOO_LARGE = Text("JSON 超过 100 KB。", "The JSON is larger than 100 KB.")
NOT_JSON = Text("这里需要 JSON 数据。", "JSON data is needed here.")


class JsonFieldType(FieldType):
    """Any JSON up to 100 KB, written by the program alone."""

    type = "json"
    label = Text("JSON 数据", "JSON")
    doc = Text("集成写入的数据，只读。", "Data written by integrations; read-only.")
    column_type = "jsonb"
    as_json_value = True
    operators = EMPTY_ONLY
    sortable = False
    groupable = False
    measures = frozenset()
    always_readonly = True
    max_bytes: ClassVar[int] = 100_000

    def parse(self, value: Any, field: FieldDef, env: Env) -> Any:
        """As it is, if it is JSON and not too large."""
        try:
            written = dumps(value)
        except TypeError:
            raise Refusal("wrong_type", NOT_JSON) from None
        if b"\\u0000" in written:  # PostgreSQL cannot keep it
            raise Refusal("wrong_type", NOT_JSON)
        if len(written) > self.max_bytes:
            raise Refusal("too_long", TOO_LARGE)
        return value

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(value)

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """Compact JSON."""
        return "" if value is None else dumps(value).decode()

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: it is no text for people."""
        return ""
