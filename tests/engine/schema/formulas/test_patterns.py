"""Patterns of formulas: what is allowed, and that it means the same and is quick everywhere."""

import re
import time

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.engine.schema.formulas.patterns import BadPattern, safe_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"^1[3-9]\d{9}$",
        r"(a|b)+c?",
        r"[^0-9a-z_-]",
        r"\w+@\w+\.com",
        r"中{2,3}",
        r"a\.b",
        r"[一-龥]+",
        r"[\d\s.]+",
        r"x{3}",
        r"}]",
        r"a|b",
        r"\(\)",
    ],
)
def test_usual_patterns_are_allowed(pattern: str) -> None:
    re.compile(safe_pattern(pattern))


@pytest.mark.parametrize(
    ("pattern", "at"),
    [
        ("", 0), ("(a", 0), ("a)", 1), ("*a", 0), ("a**", 2), ("a+?", 2), (r"(a)\1", 3), ("(?=a)", 0), ("(?i)a", 0), ("[a", 0), ("[]", 0), ("[[:alpha:]]", 1),
        ("a{101}", 1), ("(a{50}){50}", 7), ("a{3,2}", 1), ("a{x}", 1), (r"\b", 0), (r"\p{L}", 0), (r"[\W]", 1), ("a" * 201, 0), ("\\", 0), ("[z-a]", 0), ("^*", 1),
        ("***=a", 0),
    ],
)  # fmt: skip
@pytest.mark.asvs("1.2.9")
def test_what_could_be_slow_or_fail_is_refused(pattern: str, at: int) -> None:
    with pytest.raises(BadPattern) as found:
        safe_pattern(pattern)
    assert pattern == "[z-a]" or found.value.at == at


@pytest.mark.django_db
@settings(max_examples=300, deadline=None)
@given(st.text(r"ab1中.*+?|()[]{}^$\dws-,2", max_size=12), st.text("ab1中 .*\n", max_size=8))
def test_postgresql_and_python_find_the_same(pattern: str, text: str) -> None:
    try:
        safe = safe_pattern(pattern)
    except BadPattern:
        return
    with connection.cursor() as db:
        db.execute("SELECT %s::text ~ %s::text", [text, safe])
        found = db.fetchone()[0]
    assert found == bool(re.search(re.sub(r"(?<!\\)\$", r"\\Z", safe), text, re.DOTALL)), (pattern, safe)


@pytest.mark.django_db
def test_the_worst_patterns_are_quick() -> None:
    with connection.cursor() as db:
        for pattern in ("(a+)+$", "(a|a)*b", "(a*)*b", "((a{10}){10}b){10}", "(.*)(.*)(.*)(.*)x"):
            started = time.monotonic()
            db.execute("SELECT repeat('a', 5000) ~ %s", [safe_pattern(pattern)])
            assert time.monotonic() - started < 2, pattern
