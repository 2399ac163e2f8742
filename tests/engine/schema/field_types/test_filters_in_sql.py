"""Every operator of every type, run by PostgreSQL over a column and over `custom`, against what it should find."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import FieldType, Source
from guanxi.engine.schema.field_types.date import BUCKETS
from guanxi.kit import jsons
from guanxi.kit.relative_dates import WINDOWS, start_of, window
from tests.engine.schema.field_types.declared import COLLEAGUE, ENV, ME, SHANGHAI, TEAM, a_field, parsed

pytestmark = pytest.mark.django_db

SAMPLES: dict[str, Any] = {
    "address": [
        "广东省中山市小榄镇民安北路1号",
        {"country": "Germany", "province": "Bavaria", "city": "München"},
    ],
    "boolean": [True, False],
    "date": ["2026-03-05", "2026-03-31"],
    "datetime": ["2026-03-31T10:00:00+08:00", "2026-03-30T23:59:59.999999+08:00"],
    "email": ["a@b.cn", "c@d.cn"],
    "file": [str(ME)],
    "files": [[str(ME)]],
    "image": [[str(ME)]],
    "json": [{"a": 1}],
    "link": [str(ME), str(COLLEAGUE)],
    "location": [{"lat": 1, "lng": 2}],
    "multi_select": [["high"], ["high", "mid"]],
    "phone": ["13800138000", "0769-85321180"],
    "rating": [1, 5],
    "rich_text": ["<p>a &amp; <strong>b</strong></p>"],
    "select": ["high", "mid"],
    "stage": ["high", "mid"],
    "tags": [["a"], ["a", "b"]],
    "tax_number": ["91110000600037341L"],
    "team": [str(TEAM)],
    "time": ["09:30", "14:00"],
    "url": ["https://a.cn"],
    "user": [str(ME), str(COLLEAGUE)],
}
NUMERIC = {"number", "decimal", "money", "percent"}
TEXTS = {"text", "long_text", "serial"}


def _samples(kind: str) -> list[Any]:
    if kind in NUMERIC:
        return [5, -12.0]
    return ["中山公司", "50%_off\\"] if kind in TEXTS else SAMPLES[kind]


def _operand(kind: FieldType, operator: str, sample: Any) -> Any:
    """An operand that the operator takes."""
    if operator == "within":
        return {"date": "this_month", "datetime": "this_month", "address": "广东省"}.get(
            kind.type, "my_teams"
        )
    if operator in ("contains", "not_contains", "starts_with"):
        return {"phone": "0769", "address": "中山"}.get(kind.type, "a")
    if operator.startswith("has_"):
        return sample
    if operator == "between":
        return [sample, sample]
    return [sample] if operator in ("in", "not_in") else sample


def _holds(kind: str, operator: str, value: Any, operand: Any, *, in_json: bool) -> bool:
    """What PostgreSQL says of one leaf over one value."""
    f = a_field(kind, column=None if in_json else "value")
    source = Source("t", None if in_json else "value", "value", "customer")
    leaf = f.type.operators[operator].compile(f, source, operand, ENV)
    dumped = f.type.dump(value, f)
    custom = jsons.dumps({} if dumped is None else {"value": dumped}).decode()
    typed = None if in_json or value is None else f.type.column_value(value, f)
    row = f"(SELECT %s::{f.type.column_type} AS value, %s::jsonb AS custom, %s::uuid AS id, %s::uuid AS workspace_id) t"
    with connection.cursor() as db:
        db.execute(
            f"SELECT ({leaf.text}) IS TRUE FROM {row}",
            [*leaf.params, typed, custom, uuid.UUID(int=1), uuid.UUID(int=2)],
        )
        return bool(db.fetchone()[0])


@pytest.mark.parametrize("in_json", [False, True], ids=["column", "custom"])
@pytest.mark.parametrize(
    ("kind", "operator"),
    [
        (kind.type, operator)
        for kind in field_type_registry
        if kind.storage == "value"
        for operator in kind.operators
    ],
)
def test_an_operator_runs_and_knows_the_empty_value(kind: str, operator: str, in_json: bool) -> None:
    """Nothing but a negation or `is_empty` holds for an empty field, and the two are opposites of each other."""
    kind_type = a_field(kind).type
    sample = _samples(kind)[0]
    operand = _operand(kind_type, operator, sample)
    value = parsed(kind, sample)
    negative = operator in ("is_not", "not_in", "not_contains", "has_none")
    assert _holds(kind, operator, None, operand, in_json=in_json) == (operator == "is_empty" or negative)
    expected = {
        "is_empty": False,
        "is_not_empty": True,
        "gt": False,
        "lt": False,
        "before": False,
        "after": False,
    }
    if operator in ("contains", "not_contains", "starts_with"):
        return
    assert _holds(kind, operator, value, operand, in_json=in_json) == expected.get(operator, not negative)


@pytest.mark.parametrize("in_json", [False, True], ids=["column", "custom"])
@pytest.mark.parametrize(
    ("kind", "operator", "operand", "value", "found"),
    [
        ("text", "contains", "山公", "中山公司", True), ("text", "contains", "ABC", "xabcx", True),
        ("text", "contains", "%", "100", False), ("text", "contains", "50%_off\\", "a 50%_off\\", True),
        ("text", "starts_with", "中", "中山", True), ("text", "starts_with", "山", "中山", False),
        ("text", "is", "ABC", "abc", False), ("text", "not_contains", "x", "abc", True),
        ("rich_text", "contains", "a & b", "<p>a &amp; <b>b</b></p>", True),
        ("rich_text", "contains", "strong", "<strong>b</strong>", False),
        ("phone", "contains", "0769-8532", "0769-85321180", True), ("phone", "is", "138 0013 8000", "13800138000", True),
        ("phone", "starts_with", "138", "13800138000", True), ("phone", "starts_with", "0769", "0769-85321180", True),
        ("phone", "starts_with", "+86138", "13800138000", True), ("phone", "contains", "999", "13800138000", False),
        ("boolean", "is", False, False, True), ("boolean", "is", True, False, False), ("boolean", "is", False, True, False),
        ("address", "within", "44", "广东省中山市民安路", True), ("address", "within", "广东/中山", "广东省中山市民安路", True),
        ("address", "within", "广东省/珠海市", "广东省中山市民安路", False), ("address", "within", "4", "广东省", None),
        ("address", "within", "germany/bavaria", {"country": "Germany", "province": "Bavaria"}, True),
        ("multi_select", "has_all", ["high", "mid"], ["high"], False), ("tags", "has_any", ["x", "a"], ["a"], True),
        ("tags", "has_none", ["x"], ["a"], True), ("email", "is", "A@B.cn", "a@b.CN", True),
        ("user", "within", "my_team", str(COLLEAGUE), False), ("user", "within", "my_teams", str(COLLEAGUE), True),
        ("user", "is", "me", str(ME), True), ("user", "within", str(TEAM), str(ME), False),
        ("team", "within", "my_team", str(TEAM), True), ("team", "within", str(TEAM), str(TEAM), True),
        ("number", "between", [1, 5], 5, True), ("number", "gt", 4, 10, True), ("rating", "in", [1, 2], 2, True),
        ("time", "gt", "09:00", "10:00", True),
    ],
)  # fmt: skip
def test_an_operator_finds_what_people_mean(
    kind: str, operator: str, operand: Any, value: Any, found: bool | None, in_json: bool
) -> None:
    if found is None:
        with pytest.raises(Exception, match="region"):
            _holds(kind, operator, parsed(kind, value), operand, in_json=in_json)
        return
    assert _holds(kind, operator, parsed(kind, value), operand, in_json=in_json) is found


DATES = st.dates(date(2026, 3, 28), date(2026, 4, 3))
MOMENTS = st.datetimes(datetime(2026, 3, 28), datetime(2026, 4, 3), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it so
COMPARISONS: dict[str, Callable[[Any, Any, Any], bool]] = {
    "is": lambda value, start, end: start <= value < end,
    "before": lambda value, start, end: value < start,
    "after": lambda value, start, end: value >= end,
    "on_or_before": lambda value, start, end: value < end,
    "on_or_after": lambda value, start, end: value >= start,
}
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(value=DATES, operand=DATES, operator=st.sampled_from(sorted(COMPARISONS)), in_json=st.booleans())
def test_dates_compare_as_days(value: date, operand: date, operator: str, in_json: bool) -> None:
    expected = COMPARISONS[operator](value, operand, operand + timedelta(days=1))
    assert _holds("date", operator, value, operand.isoformat(), in_json=in_json) == expected


@few
@given(
    value=MOMENTS,
    operand=DATES | MOMENTS,
    operator=st.sampled_from(sorted(COMPARISONS)),
    in_json=st.booleans(),
)
def test_moments_compare_with_days_of_the_workspace(
    value: datetime, operand: date, operator: str, in_json: bool
) -> None:
    if isinstance(operand, datetime):
        start, end = operand, operand + timedelta(microseconds=1)
    else:
        start = datetime.combine(operand, time(), SHANGHAI)
        end = datetime.combine(operand + timedelta(days=1), time(), SHANGHAI)
    expected = COMPARISONS[operator](value, start, end)
    assert _holds("datetime", operator, value, operand.isoformat(), in_json=in_json) == expected


@pytest.mark.parametrize("name", WINDOWS)
@pytest.mark.parametrize("in_json", [False, True], ids=["column", "custom"])
def test_windows_hold_their_first_day_and_not_the_one_after(name: str, in_json: bool) -> None:
    start, end = window(name, ENV.now, SHANGHAI)
    day = timedelta(days=1)
    for value, inside in ((start - day, False), (start, True), (end - day, True), (end, False)):
        assert _holds("date", "within", value, name, in_json=in_json) is inside
        moment = datetime.combine(value, time(), SHANGHAI)
        assert _holds("datetime", "within", moment, name, in_json=in_json) is inside


@pytest.mark.parametrize(
    ("operand", "value", "found"),
    [("-30d", date(2026, 2, 28), True), ("-30d", date(2026, 3, 1), False), ("-1m", date(2026, 2, 27), True),
     ("today", date(2026, 3, 30), True), ("now", date(2026, 3, 31), False)],
)  # fmt: skip
def test_before_a_relative_date(operand: str, value: date, found: bool) -> None:
    assert _holds("date", "before", value, {"relative": operand}, in_json=False) is found


def test_a_bad_relative_date_is_refused() -> None:
    for operand in ({"relative": "-30x"}, {"relative": 5}, {}, {"relative": "+99999y"}):
        with pytest.raises(Exception, match="Relative"):
            _holds("date", "is", date(2026, 3, 1), operand, in_json=False)


@few
@given(value=MOMENTS, bucket=st.sampled_from(BUCKETS), in_json=st.booleans())
def test_buckets_are_the_first_days_of_the_workspace(value: datetime, bucket: str, in_json: bool) -> None:
    day = value.astimezone(SHANGHAI).date()
    for kind, given_value in (("datetime", value), ("date", day)):
        f = a_field(kind)
        source = Source("t", None if in_json else "value", "value")
        expression = f.type.bucket_expression(source, bucket, SHANGHAI)
        custom = jsons.dumps({"value": f.type.dump(given_value, f)}).decode()
        with connection.cursor() as db:
            db.execute(
                f"SELECT {expression.text} FROM (SELECT %s::{f.type.column_type} AS value, %s::jsonb AS custom) t",
                [*expression.params, f.type.column_value(given_value, f), custom],
            )
            assert db.fetchone()[0] == start_of(bucket, day)


def test_numbers_in_custom_compare_by_value_not_by_text() -> None:
    assert _holds("decimal", "gt", Decimal("9.50"), 10, in_json=True) is False
    assert _holds("decimal", "is", Decimal("9.50"), "9.5", in_json=True) is True


@pytest.mark.parametrize("operator", a_field("links").type.operators)
def test_links_are_looked_for_in_the_link_table(operator: str) -> None:
    f = a_field("links")
    leaf = f.type.operators[operator].compile(
        f, Source("t", None, "value", "customer"), [str(ME), str(COLLEAGUE)], ENV
    )
    with connection.cursor() as db:
        db.execute(
            f"SELECT ({leaf.text}) IS TRUE FROM (SELECT %s::uuid AS id, %s::uuid AS workspace_id) t",
            [*leaf.params, ME, TEAM],
        )
        assert db.fetchone()[0] is (operator in ("has_none", "is_empty"))
