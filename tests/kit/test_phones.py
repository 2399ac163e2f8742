import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.phones import format_phone, national_digits, parse_phone


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_what_is_taken_for_a_mobile_by_its_shape_could_be_one(text: str) -> None:
    found = parse_phone(text)
    assert found is not None
    assert phonenumbers.is_possible_number(phonenumbers.parse(found))


@given(st.from_regex(r"[+]?(86)?[01][0-9]{9,11}", fullmatch=True), st.sampled_from(["", " ", "-", "."]))
def test_what_is_written_as_it_is_stored_is_read_like_any_other_spelling(text: str, sign: str) -> None:
    assert parse_phone(text) == parse_phone(text[:-4] + sign + text[-4:])


@given(st.text(alphabet="0123456789+-() 转ext;=x#,.", max_size=30))
def test_a_number_is_read_the_same_again(text: str) -> None:
    found = parse_phone(text)
    if found is not None:
        assert parse_phone(found) == found
        assert found.startswith("+")
        assert all(part.isdigit() for part in found[1:].split(";ext="))
        assert format_phone(found)
        assert national_digits(found).replace(" ", "").isdigit()


def test_grouping() -> None:
    assert format_phone("+8613800138000") == "138 0013 8000"
    assert format_phone("+861065529988") == "010-6552 9988"
    assert format_phone("+8676985321180;ext=802") == "0769-8532 1180 转 802"
    assert format_phone("+442079460018") == "+44 20 7946 0018"
    assert format_phone("not a number") == "not a number"
