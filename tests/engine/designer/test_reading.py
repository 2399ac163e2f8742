"""Values of any type become values of any other without a table of pairs, and nothing is lost unsaid."""

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.engine.designer.reading import convert, shown_value, targets_of
from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

ENVS = {
    locale: Env(zone=ZoneInfo("Asia/Shanghai"), now=datetime(2026, 3, 5, tzinfo=UTC), locale=locale)
    for locale in ("zh-CN", "en")
}
OPTIONS = (
    Option("a", Text("甲, 一", "First")),
    Option("b", Text("12", "12")),
    Option("c", Text("是", "Yes")),
)
TYPES = sorted(
    {
        kind.type
        for kind in targets_of(FieldDef("x", field_type_registry.get("serial"), Text("x", "x"), custom=True))
        if kind.references is None
    }
)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(max_size=60),
    "long_text": st.text(max_size=60),
    "number": st.integers(-(10**14), 10**14),
    "decimal": st.decimals(-(10**9), 10**9, places=2),
    "money": st.decimals(-(10**9), 10**9, places=2),
    "boolean": st.booleans(),
    "date": st.dates(date(1900, 1, 1), date(2200, 1, 1)).map(str),
    "datetime": st.integers(10**9, 4 * 10**9).map(lambda t: datetime.fromtimestamp(t, UTC).isoformat()),
    "select": st.sampled_from("abc"),
    "multi_select": st.lists(st.sampled_from("abc"), min_size=1, unique=True),
    "rating": st.integers(1, 5),
}  # fmt: skip


def field(kind: str) -> FieldDef:
    found = field_type_registry.get(kind)
    return FieldDef(
        "x", found, Text("x", "x"), custom=True, options=OPTIONS if found.has_options else (),
        config={"decimals": 2} if kind == "decimal" else {},
    )  # fmt: skip


def stored_of(f: FieldDef, given_: Any, env: Env) -> Any:
    value = f.type.parse(given_, f, env)
    return None if value is None else loads(dumps(f.type.dump(value, f)))


@pytest.mark.parametrize(("former", "coming"), itertools.product(VALUES, TYPES))
@pytest.mark.parametrize("locale", sorted(ENVS))
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_value_is_kept_changed_or_refused_and_what_is_made_can_be_read(
    former: str, coming: str, locale: str, data: st.DataObject
) -> None:
    env, one, other = ENVS[locale], field(former), field(coming)
    try:
        stored = stored_of(one, data.draw(VALUES[former]), env)
    except Exception:
        return
    if stored is None:
        return
    made = convert(one, other, shown_value(one, stored, {}), env)
    if made.outcome == "lost":
        assert made.stored is None and made.reason
        return
    # What was made is a value of the other type: it can be loaded, shown, and stays itself when given again.
    shown = shown_value(other, made.stored, {})
    assert shown is not None
    again = stored_of(other, loads(dumps(shown)), env)
    assert again == made.stored or (isinstance(again, dict) and {*again} == {*made.stored})
    assert (made.outcome == "kept") == (made.becomes == made.text)


@pytest.mark.parametrize(
    "kind", ["number", "decimal", "money", "boolean", "date", "datetime", "select", "rating"]
)
@pytest.mark.parametrize("locale", sorted(ENVS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_becomes_text_comes_back_the_same(kind: str, locale: str, data: st.DataObject) -> None:
    env, f, text = ENVS[locale], field(kind), field("text")
    stored = stored_of(f, data.draw(VALUES[kind]), env)
    there = convert(f, text, shown_value(f, stored, {}), env)
    assert there.outcome == "kept"
    back = convert(text, f, shown_value(text, there.stored, {}), env)
    assert (back.outcome, shown_value(f, back.stored, {})) == (
        "kept",
        _to_the_minute(f, shown_value(f, stored, {})),
    )


@settings(max_examples=200, deadline=None)
@given(number=st.decimals(-(10**9), 10**9, places=4))
def test_a_text_that_is_a_number_keeps_its_value_to_the_fields_places(number: Decimal) -> None:
    env, text, f = ENVS["zh-CN"], field("text"), field("decimal")
    made = convert(text, f, format(number, "f"), env)
    assert abs(Decimal(str(made.stored)) - number) <= Decimal("0.005")


def _to_the_minute(f: FieldDef, value: Any) -> Any:
    """Moments are written to the minute."""
    if f.type.type == "datetime" and isinstance(value, datetime):
        return value.replace(second=0)
    return value
