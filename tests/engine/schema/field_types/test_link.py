from tests.engine.schema.field_types.declared import ME, kept, parsed, refused, shown


def test_an_id_or_the_object_form() -> None:
    assert parsed("link", str(ME)) == parsed("link", {"id": str(ME), "title": "x"}) == kept("link", ME) == ME
    assert parsed("link", "") is None
    values: tuple[object, ...] = ("中山公司", 5, [], {"title": "x"})
    for value in values:
        with refused("wrong_type"):
            parsed("link", value)


def test_shown_by_title() -> None:
    assert shown("link", {"id": str(ME), "title": "中山公司", "object": "customer"}) == "中山公司"
    assert shown("link", None) == ""
