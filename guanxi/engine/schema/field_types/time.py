"""`time`: a time of day."""

from datetime import time, timedelta
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.datetime import written_time
from guanxi.engine.schema.field_types.operators import (
    BETWEEN,
    EMPTINESS,
    GT,
    GTE,
    IS,
    IS_NOT,
    LT,
    LTE,
    offered,
)
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_TIME = Text("这里需要时间，例如 09:30。", "A time of day is needed here, such as 09:30.")


class TimeFieldType(FieldType):
    """Hours and minutes; `HH:MM` in JSON, which sorts as time does."""

    type = "time"
    label = Text("时间", "Time")
    doc = Text("几点几分。", "A time of day, to the minute.")
    column_type = "time"
    operators = offered(IS, IS_NOT, GT, GTE, LT, LTE, BETWEEN, *EMPTINESS)
    measures = frozenset({"distinct", "min", "max"})
    can_be_sealed = True
    computed_with = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> time | None:
        """`HH:MM`, with seconds too, which are left off."""
        if value == "":
            return None
        if isinstance(value, time):
            return value.replace(second=0, microsecond=0, tzinfo=None)
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TIME)
        try:
            return written_time(value).replace(second=0, microsecond=0)
        except Refusal:
            raise Refusal("wrong_type", NOT_TIME) from None

    def dump(self, value: Any, field: FieldDef) -> Any:
        """`HH:MM`."""
        return None if value is None else value.isoformat("minutes")

    def load(self, stored: Any, field: FieldDef) -> time | None:
        """The time."""
        return None if stored is None else time.fromisoformat(stored)

    def json_value(self, typed: Sql) -> Sql:
        """`HH:MM`."""
        return sql("to_jsonb(to_char({}, 'HH24:MI'))", typed)

    def to_api(self, stored: Any, field: FieldDef, *, from_json: bool) -> Any:
        """`HH:MM`."""
        return stored.isoformat("minutes") if isinstance(stored, time) else stored

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """`HH:MM`."""
        return self.to_api(value, field, from_json=False) or ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: times are filtered."""
        return ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> time | None:
        """As people write it, or the fraction of a day that a spreadsheet keeps."""
        if text.startswith(("0.", ".")) and text.replace(".", "", 1).isdigit() and len(text) <= 20:
            minutes = round(float(text) * 1440)
            hours, rest = divmod(timedelta(minutes=minutes).seconds // 60, 60)
            return time(hours, rest)
        return self.parse(text, field, env)
