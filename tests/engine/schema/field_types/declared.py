"""Fields declared for a test, and the moment and place the tests happen in."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Env, Refusal
from guanxi.kit.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
ME = uuid.UUID("01990000-0000-7000-8000-000000000001")
COLLEAGUE = uuid.UUID("01990000-0000-7000-8000-000000000002")
TEAM = uuid.UUID("01990000-0000-7000-8000-000000000003")
# 10:00 on the last of March in Shanghai
ENV = Env(
    zone=SHANGHAI,
    now=datetime(2026, 3, 31, 2, tzinfo=UTC),
    user_id=ME,
    team_id=TEAM,
    team_user_ids=frozenset({ME}),
    subtree_user_ids=frozenset({ME, COLLEAGUE}),
    subtree_team_ids=frozenset({TEAM}),
)
ENGLISH = Env(zone=SHANGHAI, now=ENV.now, locale="en")
OPTIONS = (
    Option("high", Text("高价值", "High")),
    Option("low", Text("低价值", "Low, very low")),
    Option("mid", Text("一般", "Standard")),
)


def a_field(kind: str, /, *, column: str | None = None, **config: Any) -> FieldDef:
    """A field of a type; options where the type has some."""
    options = OPTIONS if get_field_type(kind).has_options else ()
    label = Text("字段", "Field")
    return FieldDef("value", get_field_type(kind), label, column=column, options=options, config=config)


def parsed(kind: str, value: Any, /, **config: Any) -> Any:
    """What the API's value becomes."""
    f = a_field(kind, **config)
    return f.type.parse(value, f, ENV)


def cell(kind: str, text: str, /, **config: Any) -> Any:
    """What a cell's text becomes."""
    f = a_field(kind, **config)
    return f.type.read_cell(text, f, ENV)


def shown(kind: str, value: Any, env: Env = ENV, /, **config: Any) -> str:
    """How an API value is read by people."""
    f = a_field(kind, **config)
    return f.type.format(value, f, env)


def kept(kind: str, value: Any, /, **config: Any) -> Any:
    """The value after a way through JSON storage and back."""
    f = a_field(kind, **config)
    return f.type.load(f.type.dump(value, f), f)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is inside is refused with `code`, in both languages."""
    with pytest.raises(Refusal) as found:
        yield
    assert found.value.code == code
    for locale in ("zh-CN", "en"):
        message = found.value.text.in_(locale, **found.value.values)
        assert message
        assert "{" not in message.replace("{YYYY}{MM}-{0000}", "")
