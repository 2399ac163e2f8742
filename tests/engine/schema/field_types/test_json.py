from tests.engine.schema.field_types.declared import a_field, kept, parsed, refused, shown


def test_any_json_is_kept_as_it_is() -> None:
    value = {"a": [1, None, {"b": "中"}]}
    assert parsed("json", value) == value == kept("json", value)
    assert shown("json", value) == '{"a":[1,null,{"b":"中"}]}'


def test_limits() -> None:
    with refused("too_long"):
        parsed("json", "x" * 100_001)
    with refused("wrong_type"):
        parsed("json", {"a": "\x00"})
    with refused("wrong_type"):
        parsed("json", {"a": object()})


def test_nobody_edits_it() -> None:
    assert a_field("json").type.always_readonly
