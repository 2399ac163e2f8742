"""Common passwords are recognised in the clothes that people put on them; long phrases are not mistaken for them."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.identity.passwords import KnownPassword, disguises

rule = KnownPassword()


@pytest.mark.asvs("6.2.4", "6.2.12")
@pytest.mark.parametrize(
    "password",
    [
        "Password2026!", "password123456", "P@ssw0rd!2026", "!!password!!", "qwertyqwerty", "QwertyQwerty1", "letmein2026!!",
        "iloveyou-12345", "1234567890123456789012", "abcabcabcabcabc", "aaaaaaaaaaaaaaaa", "monkey-dragon-1", "dragonmonkey2026",
        "S3cr3t2026!!", "football football", "20262026password", "123456789012", "098765432109", "345678901234567",
        "abcdefghijklm", "ZYXWVUTSRQPO!", "asdfghjklasdf",
    ],
)  # fmt: skip
def test_a_common_password_in_disguise_is_known(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule.validate(password)
    assert refused.value.code == "password_too_common"


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "青山 secret 2026", "岭南的早茶店七点开门", "Kq7-vurr-ladle-91", "tür und angel im wind",
     "guanxi-demo-2026", "rnd9fK2xQw7pLz", "my cat eats three fish"],
)  # fmt: skip
def test_phrases_and_random_ones_are_left_alone(password: str) -> None:
    rule.validate(password)


@given(st.text(max_size=80))
def test_whatever_is_typed_has_an_answer(password: str) -> None:
    assert all(disguises(password))
    with suppress(ValidationError):
        rule.validate(password)


@given(
    st.sampled_from([word for word in sorted(rule.passwords)[::37] if word.isalpha()]),
    st.from_regex(r"[0-9!?.]{0,6}", fullmatch=True),
)
def test_digits_and_signs_around_a_common_password_hide_nothing(password: str, around: str) -> None:
    with pytest.raises(ValidationError):
        rule.validate(around + password.upper() + around[::-1])
