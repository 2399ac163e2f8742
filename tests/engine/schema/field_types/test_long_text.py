from tests.engine.schema.field_types.declared import a_field, parsed, refused


def test_line_breaks_stay() -> None:
    assert parsed("long_text", " a\n\nb ") == "a\n\nb"


def test_a_hundred_thousand_characters_at_most() -> None:
    assert len(parsed("long_text", "字" * 100_000)) == 100_000
    with refused("too_long"):
        parsed("long_text", "字" * 100_001)
    assert a_field("long_text").type.check_config({"max": 5000}) == {"max": 5000}


def test_it_is_neither_sorted_nor_grouped_by() -> None:
    kind = a_field("long_text").type
    assert not kind.sortable
    assert not kind.groupable
    assert not kind.can_be_unique
