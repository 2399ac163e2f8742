"""`date`: a day of the calendar."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.date_operators import DATE_OPERATORS, Stretch
from guanxi.kit.relative_dates import FIRST_YEAR, LAST_YEAR, today
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

NOT_DATE = Text("这里需要日期，例如 2026-03-05。", "A date is needed here, such as 2026-03-05.")
NO_SUCH_DAY = Text("没有这一天：{value}。", "There is no such day: {value}.")
AMBIGUOUS = Text(
    "看不出「{value}」是几月几日，请写成 2026-03-05。",
    "“{value}” could be two different days. Write 2026-03-05.",
)
BAD_ORDER = Text("order 只能是 mdy 或 dmy。", "order must be mdy or dmy.")
BAD_BUCKET = Text("不认识这个分组：{bucket}。", "Unknown bucket: {bucket}.")

BUCKETS = ("day", "week", "month", "quarter", "year")
ORDERS = ("mdy", "dmy")
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_001)
"""Spreadsheet serials taken for dates: 1954 to 2119; smaller numbers are likelier to be something else."""

_YEAR_FIRST = re.compile(r"^([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?$")
_YEAR_LAST = re.compile(r"^([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})$")
_COMPACT = re.compile(r"^([0-9]{4})([0-9]{2})([0-9]{2})$")
_NAMED = re.compile(
    r"^(?:([0-9]{1,2})\s*[- ]\s*([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+([0-9]{1,2}))\s*[-, ]\s*([0-9]{4})$"
)
_CLOCK = re.compile(
    r"(?:[T\s]|(?<=[日号]))\s*(?:上午|下午|凌晨|早上|中午|晚上|am |pm )?\s*[0-9]{1,2}[:：时点].*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)\s*")
_MONTHS = {
    m: i
    for i, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_ZONE = re.compile(r"^[A-Za-z0-9_+\-/]{1,64}$")


def a_day(year: int, month: int, day: int, shown: str) -> date:
    """The date; raises `Refusal` when the calendar has none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("wrong_type", NO_SUCH_DAY, value=shown[:30])
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal("wrong_type", NO_SUCH_DAY, value=shown[:30]) from None


def iso_date(text: str) -> date:
    """`YYYY-MM-DD`; raises `Refusal`."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        raise Refusal("wrong_type", NOT_DATE)
    try:
        return a_day(int(text[:4]), int(text[5:7]), int(text[8:]), text)
    except ValueError:
        raise Refusal("wrong_type", NOT_DATE) from None


def serial_date(days: float) -> date:
    """The day of a spreadsheet's serial number; raises `Refusal`."""
    if int(days) not in EXCEL_DAYS:
        raise Refusal("wrong_type", NOT_DATE)
    return EXCEL_EPOCH + timedelta(days=int(days))


def written_date(text: str, order: str | None) -> date:
    """A date as people and spreadsheets write it; `order` (mdy, dmy) decides 3/5/2026. Raises `Refusal`."""
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        return iso_date(text)
    if len(text) > 60:
        raise Refusal("wrong_type", NOT_DATE)
    bare = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
    found = _YEAR_FIRST.match(bare) or _COMPACT.match(bare)
    if found:
        return a_day(int(found[1]), int(found[2]), int(found[3]), text)
    found = _YEAR_LAST.match(bare)
    if found:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if order is None and first <= 12 and second <= 12 and first != second:
            raise Refusal("ambiguous_date", AMBIGUOUS, value=text[:30])
        month_first = order == "mdy" if order and max(first, second) <= 12 else second > 12 or first == second
        return a_day(year, *((first, second) if month_first else (second, first)), text)
    found = _NAMED.match(bare)
    if found and (month := _MONTHS.get((found[2] or found[3])[:3])):
        return a_day(int(found[5]), month, int(found[1] or found[4]), text)
    if bare.replace(".", "", 1).isdigit() and len(bare) <= 20:
        return serial_date(float(bare))
    raise Refusal("wrong_type", NOT_DATE)


def zone_name(zone: ZoneInfo) -> str:
    """The zone as an SQL literal: group expressions must be the same text in SELECT and GROUP BY."""
    if not _ZONE.match(zone.key):
        raise ValueError(f"not a zone: {zone.key!r}")
    return f"'{zone.key}'"


def truncated(expression: Sql, bucket: str) -> Sql:
    """The first day of the bucket of a timestamp without zone."""
    if bucket not in BUCKETS:
        raise Refusal("unknown_bucket", BAD_BUCKET, bucket=bucket[:20])
    return Sql(f"date_trunc('{bucket}', {expression.text})::date", expression.params)


def in_collation(source: Source) -> Sql:
    """The column; or the JSON text, compared byte by byte, which is the order of time."""
    return source.sql() + ' COLLATE "C"' if source.is_json else source.sql()


class DateFieldType(FieldType):
    """A day, kept as a date (in JSON as its ISO text). `config.order` (mdy or dmy) reads 3/5/2026 in cells."""

    type = "date"
    formula_kind = "date"
    label = Text("日期", "Date")
    doc = Text("年月日。", "A day of the calendar.")
    column_type = "date"
    operators = DATE_OPERATORS
    buckets = BUCKETS
    measures = frozenset({"distinct", "min", "max"})
    can_be_sealed = True
    computed_with = True
    config_order: ClassVar[str] = "order"

    def parse(self, value: Any, field: FieldDef, env: Env) -> date | None:
        """ISO text; of a moment, its day in the workspace's zone."""
        if value == "":
            return None
        if isinstance(value, datetime):
            return today(value, env.zone) if value.tzinfo else value.date()
        if isinstance(value, date):
            return value
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_DATE)
        return iso_date(value.strip())

    def dump(self, value: Any, field: FieldDef) -> Any:
        """`YYYY-MM-DD`."""
        return None if value is None else value.isoformat()

    def load(self, stored: Any, field: FieldDef) -> date | None:
        """The date."""
        return None if stored is None else date.fromisoformat(stored)

    def expression(self, source: Source) -> Sql:
        """The column, or the JSON text in collation C."""
        return in_collation(source)

    def read_moment(self, value: Any, field: FieldDef, env: Env) -> date | datetime | None:
        """A date; filters on a day take nothing finer."""
        return self.parse(value, field, env)

    def stretch(self, start: date | datetime, end: date | None, field: FieldDef, env: Env) -> Stretch:
        """[day, next day)."""
        first = today(start, env.zone) if isinstance(start, datetime) else start
        return first, end or first + timedelta(days=1)

    def bucket_expression(self, source: Source, bucket: str, zone: ZoneInfo) -> Sql:
        """A day has no zone."""
        return truncated(self.typed_expression(source) + "::timestamp", bucket)

    def to_api(self, stored: Any, field: FieldDef, *, from_json: bool) -> Any:
        """ISO text."""
        return stored.isoformat() if isinstance(stored, date) else stored

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """ISO: read alike in both languages, and sorts in a spreadsheet."""
        return self.to_api(value, field, from_json=False) or ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: dates are filtered."""
        return ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> date:
        """2026年3月5日, 2026/3/5, 20260305, 5-Mar-2026, a serial; a time of day is left off."""
        try:
            return written_date(text, field.config.get(self.config_order))
        except Refusal as refusal:
            day = _CLOCK.sub("", text).strip()
            if refusal.code == "ambiguous_date" or day == text or not day:
                raise
            return written_date(day, field.config.get(self.config_order))

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`order`: mdy or dmy, or none."""
        order = config.get(self.config_order)
        if order is not None and order not in ORDERS:
            raise Refusal("bad_config", BAD_ORDER)
        return {self.config_order: order} if order else {}
