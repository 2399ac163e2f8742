"""Public forms as plain rules: work is proved, hosts are known."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.web_forms.rules import (
    BITS,
    LASTS,
    MAX_BITS,
    Challenge,
    bits_for,
    frame_policy,
    is_own,
    is_trapped,
    mark,
    read_challenge,
    solves,
    tidy_host,
)

SECRET = b"x" * 32
FORM = uuid.UUID(int=7)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def challenge(bits: int = 8) -> str:
    return Challenge(FORM, int(NOW.timestamp()), "0123456789abcdef", bits).signed(SECRET)


def test_work_is_found_by_trying_and_checked_at_once() -> None:
    signed = challenge(10)
    tries = [str(n) for n in range(20_000)]
    good = [n for n in tries if solves(signed, n, 10)]
    assert 5 < len(good) < 50  # 20,000 / 2^10 on average
    assert read_challenge(signed, SECRET, FORM, NOW + timedelta(minutes=5)) is not None
    assert not any(solves(challenge(9), n, 24) for n in good)
    assert not solves(signed, "-1", 0)
    assert not solves(signed, "１", 0)
    assert mark(signed) == mark(signed) != mark(challenge(9))


@pytest.mark.parametrize("text", ["", "a.b.c", "a.b.c.d.e", "." * 4, "x" * 400, "é" * 30])
def test_what_we_did_not_make_is_no_challenge(text: str) -> None:
    assert read_challenge(text, SECRET, FORM, NOW) is None


def test_a_challenge_is_for_one_form_one_secret_and_ends() -> None:
    signed = challenge()
    assert read_challenge(signed, SECRET, uuid.UUID(int=8), NOW) is None
    assert read_challenge(signed, b"y" * 32, FORM, NOW) is None
    assert read_challenge(signed.replace(".8.", ".0."), SECRET, FORM, NOW) is None
    assert read_challenge(signed, SECRET, FORM, NOW + LASTS) is None


@given(st.integers(0, 10**9))
def test_more_answers_never_ask_for_less_work(lately: int) -> None:
    assert BITS <= bits_for(lately) <= bits_for(lately + 1) <= MAX_BITS


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("Firm.com ", "firm.com"), ("https://www.firm.com/", "www.firm.com"), ("*.shop.cn", "*.shop.cn"),
        ("dev.local:3000", "dev.local:3000"), ("*", None), ("firm.com; script-src *", None), ("a b", None),
        ("https://firm.com/path", "firm.com"), ("'self'", None), ("", None), ("-x.com", None), ("data:", None),
    ],
)  # fmt: skip
def test_hosts_are_hosts_and_nothing_that_changes_a_policy(given_: str, kept: str | None) -> None:
    assert tidy_host(given_) == kept


def test_a_page_is_framed_by_the_hosts_it_names_alone() -> None:
    assert frame_policy("n", None).endswith("frame-ancestors 'none'")
    assert frame_policy("n", []).endswith("frame-ancestors 'self'")
    assert frame_policy("n", ["a.com", "*.b.cn"]).endswith("frame-ancestors 'self' a.com *.b.cn")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "https://crm.example.evil.net", "https://[", "file://crm.example"])  # fmt: skip
def test_answers_come_from_our_own_page(origin: str) -> None:
    assert not is_own(origin, ["crm.example"])
    assert is_own("https://CRM.example", ["crm.example"])


def test_the_trap_is_for_machines() -> None:
    assert [is_trapped(value) for value in (None, "", "x", 0, [])] == [False, False, True, True, True]
