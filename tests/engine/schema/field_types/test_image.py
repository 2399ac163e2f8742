from tests.engine.schema.field_types.declared import a_field


def test_pictures_are_files_of_their_own_kinds() -> None:
    kind = a_field("image").type
    assert kind.references == "file"
    assert all(media.startswith("image/") for media in kind.accept)  # type: ignore[attr-defined]
    assert "image/svg+xml" not in kind.accept  # type: ignore[attr-defined]  # it can run scripts
