from tests.engine.schema.field_types.declared import ME, a_field, cell, kept, parsed, refused, shown


def test_one_id() -> None:
    assert parsed("file", str(ME)) == parsed("file", {"id": str(ME)}) == kept("file", ME) == ME
    assert a_field("file").type.references == "file"
    assert shown("file", {"id": str(ME), "name": "a.pdf"}) == "a.pdf"
    with refused("wrong_type"):
        parsed("file", [str(ME)])
    with refused("not_importable"):
        cell("file", "a.pdf")
