"""`datetime`: a moment, kept in UTC and shown in the workspace's zone."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.date import (
    BAD_ORDER,
    BUCKETS,
    EXCEL_EPOCH,
    ORDERS,
    in_collation,
    iso_date,
    serial_date,
    truncated,
    written_date,
    zone_name,
)  # fmt: skip
from guanxi.engine.schema.field_types.date_operators import DATE_OPERATORS, Stretch
from guanxi.kit.relative_dates import FIRST_YEAR, LAST_YEAR
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_MOMENT = Text(
    "这里需要日期和时间，例如 2026-03-05T10:00:00Z。",
    "A date and time are needed here, such as 2026-03-05T10:00:00Z.",
)

_ISO = re.compile(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ](.+?)(Z|z|[+-][0-9]{2}:?[0-9]{2})?$")
_CLOCK = re.compile(
    r"^(上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*([0-9]{1,2})[:时点]\s*(?:([0-9]{1,2})分?)?"
    r"(?::?([0-9]{1,2})(?:\.([0-9]{1,9}))?秒?)?\s*(am|pm)?$"
)
_SPLIT = re.compile(
    r"^(.*?[0-9日号])(?:[T ]+|(?<=[日号])\s*)((?:上午|下午|凌晨|早上|中午|晚上|am |pm )?\s*[0-9]{1,2}[:时点].*)$",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"\s*(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})$", re.IGNORECASE)
_AFTERNOON = {"下午", "晚上", "pm"}


def written_time(text: str) -> time:
    """A time of day as people write it: 9:05, 14:30:00, 下午2点30分, 2:30 pm; raises `Refusal`."""
    found = _CLOCK.match(unicodedata.normalize("NFKC", text).strip().casefold()) if len(text) <= 40 else None
    if not found:
        raise Refusal("wrong_type", NOT_MOMENT)
    half, hour = found[1] or found[6], int(found[2])
    if half and hour <= 12:
        if half in _AFTERNOON or (half == "中午" and hour < 3):
            hour = hour % 12 + 12
        elif half != "中午":
            hour %= 12
    try:
        return time(hour, int(found[3] or 0), int(found[4] or 0), int((found[5] or "0").ljust(6, "0")[:6]))
    except ValueError:
        raise Refusal("wrong_type", NOT_MOMENT) from None


def offset_zone(text: str) -> timezone:
    """`Z`, `+08:00`, `+0800`; raises `Refusal`."""
    if text.casefold() in ("z", "utc", "gmt"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 15 or minutes > 59:
        raise Refusal("wrong_type", NOT_MOMENT)
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(delta if text[0] == "+" else -delta)


def in_utc(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment` in UTC; one without zone is read in `zone`."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Refusal("wrong_type", NOT_MOMENT)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Midnight at the start of `day` in `zone`, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


class DateTimeFieldType(FieldType):
    """A moment to the microsecond. In JSON it is fixed-width UTC text, which sorts as time does."""

    type = "datetime"
    formula_kind = "datetime"
    label = Text("日期时间", "Date and time")
    doc = Text("日期和时间，按工作区的时区显示。", "A date and time, shown in the workspace's time zone.")
    column_type = "timestamptz"
    operators = DATE_OPERATORS
    buckets = BUCKETS
    measures = frozenset({"distinct", "min", "max"})
    can_be_sealed = True
    computed_with = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> datetime | None:
        """ISO text with or without an offset; a bare date is its midnight. Without offset: the workspace's zone."""
        if value == "":
            return None
        found = value if isinstance(value, (date, datetime)) else self.read_moment(value, field, env)
        if isinstance(found, datetime):
            return in_utc(found, env.zone)
        return None if found is None else day_start(found, env.zone)

    def read_moment(self, value: Any, field: FieldDef, env: Env) -> date | datetime | None:
        """A date where one was written, else the moment."""
        if isinstance(value, (date, datetime)):
            return value
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_MOMENT)
        text = value.strip()
        if len(text) == 10:
            return iso_date(text)
        found = _ISO.match(text)
        if not found or len(text) > 40:
            raise Refusal("wrong_type", NOT_MOMENT)
        naive = datetime.combine(iso_date(found[1]), written_time(found[2]))
        return in_utc(naive.replace(tzinfo=offset_zone(found[3])) if found[3] else naive, env.zone)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """`YYYY-MM-DDTHH:MM:SS.ffffffZ`, always 27 characters."""
        if value is None:
            return None
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def load(self, stored: Any, field: FieldDef) -> datetime | None:
        """The moment, in UTC."""
        return None if stored is None else datetime.fromisoformat(stored)

    def expression(self, source: Source) -> Sql:
        """The column, or the JSON text in collation C."""
        return in_collation(source)

    def json_value(self, typed: Sql) -> Sql:
        """The fixed-width UTC text."""
        return sql(
            "to_jsonb(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))", typed.wrapped()
        )

    def stretch(self, start: date | datetime, end: date | None, field: FieldDef, env: Env) -> Stretch:
        """Days from midnight to midnight in the workspace's zone; a moment is one microsecond long."""
        if isinstance(start, datetime):
            moment = in_utc(start, env.zone)
            return moment, moment + timedelta(microseconds=1)
        return day_start(start, env.zone), day_start(end or start + timedelta(days=1), env.zone)

    def bucket_expression(self, source: Source, bucket: str, zone: ZoneInfo) -> Sql:
        """The bucket of the moment's day in `zone`."""
        return truncated(
            (self.typed_expression(source) + f" AT TIME ZONE {zone_name(zone)}").wrapped(), bucket
        )

    def to_api(self, stored: Any, field: FieldDef, *, from_json: bool) -> Any:
        """UTC ISO text with `Z`; a fraction only where there is one."""
        if stored is None:
            return None
        if isinstance(stored, str):
            return stored.replace(".000000Z", "Z")
        return stored.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """`2026-03-05 18:00` in the workspace's zone, with seconds where there are any."""
        if value is None:
            return ""
        moment = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(env.zone)
        clock = "seconds" if moment.second or moment.microsecond else "minutes"
        return str(moment.replace(tzinfo=None, microsecond=0).isoformat(" ", clock))

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: moments are filtered."""
        return ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> datetime:
        """Any written date, with or without a time of day, an offset, or as a serial with a fraction."""
        order = field.config.get("order")
        zone_found = _OFFSET.search(text) if ":" in text else None
        offset = offset_zone(zone_found[1]) if zone_found else None
        bare = text[: zone_found.start()] if zone_found else text
        parts = _SPLIT.match(unicodedata.normalize("NFKC", bare)) if len(bare) <= 60 else None
        if parts:
            moment = datetime.combine(written_date(parts[1].strip(), order), written_time(parts[2]))
        elif bare.count(".") == 1 and bare.replace(".", "").isdigit() and len(bare) <= 20:
            days = float(bare)
            serial_date(days)
            moment = datetime.combine(EXCEL_EPOCH, time()) + timedelta(seconds=round(days * 86_400))
        else:
            moment = datetime.combine(written_date(bare, order), time())
        return in_utc(moment.replace(tzinfo=offset) if offset else moment, env.zone)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`order`: mdy or dmy, or none."""
        order = config.get("order")
        if order is not None and order not in ORDERS:
            raise Refusal("bad_config", BAD_ORDER)
        return {"order": order} if order else {}
