from tests.engine.schema.field_types.declared import a_field, cell, parsed, refused


def test_a_stage_is_one_of_its_options() -> None:
    assert parsed("stage", "high") == cell("stage", "高价值") == "high"
    with refused("unknown_option"):
        parsed("stage", "nowhere")


def test_only_standard_objects_have_one() -> None:
    kind = a_field("stage").type
    assert kind.has_options
    assert not kind.can_be_created
