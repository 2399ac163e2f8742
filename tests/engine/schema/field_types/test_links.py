import uuid

from tests.engine.schema.field_types.declared import (
    COLLEAGUE,
    ENGLISH,
    ENV,
    ME,
    a_field,
    kept,
    parsed,
    refused,
    shown,
)


def test_a_list_of_records_each_once() -> None:
    assert parsed("links", [str(ME), {"id": str(COLLEAGUE)}, str(ME)]) == [ME, COLLEAGUE]
    assert kept("links", [ME, COLLEAGUE]) == [ME, COLLEAGUE]
    assert parsed("links", []) is None


def test_what_is_no_list_of_records_is_refused() -> None:
    for value in (str(ME), [5], ["x"]):
        with refused("wrong_type"):
            parsed("links", value)
    with refused("too_many"):
        parsed("links", [str(uuid.UUID(int=i)) for i in range(501)])


def test_filters_need_at_least_one_record() -> None:
    f = a_field("links")
    for operator in ("has_any", "has_all", "has_none"):
        for operand in ([], [""], [str(uuid.UUID(int=i)) for i in range(1001)]):
            with refused("wrong_type"):
                f.type.operators[operator].operand(operand, f, ENV)
        assert f.type.operators[operator].operand(str(ME), f, ENV) == [ME]


def test_shown_by_titles() -> None:
    assert shown("links", [{"title": "甲"}, {"title": "乙"}]) == "甲、乙"
    assert shown("links", [{"title": "A"}, {"title": "B"}], ENGLISH) == "A, B"
