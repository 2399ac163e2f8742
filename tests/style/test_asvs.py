"""The table of security requirements is what the tests' markers say."""

import json
import re

from tests import asvs


def test_the_page_is_up_to_date() -> None:
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page(), "run: python -m tests.asvs"


def test_what_is_tested_applies_and_every_reason_is_a_sentence() -> None:
    reasons = json.loads(asvs.DATA.read_text(encoding="utf-8"))["not_applicable"]
    tested = asvs.collect()
    assert not set(reasons) & set(tested)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in {*reasons, *tested})
    assert all(reason.endswith(".") for reason in reasons.values())
    assert len(tested) >= 30
