import uuid

import pytest

from tests.engine.schema.field_types.declared import ME, a_field, cell, kept, parsed, refused, shown


@pytest.mark.parametrize("kind", ["files", "image"])
def test_a_list_of_ids_each_once(kind: str) -> None:
    assert parsed(kind, [str(ME), {"id": str(ME), "name": "a.pdf"}]) == [ME] == kept(kind, [ME])
    assert parsed(kind, []) is None
    assert shown(kind, [{"id": str(ME), "name": "a.pdf"}]) == "a.pdf"
    with refused("too_many"):
        parsed(kind, [str(uuid.UUID(int=i)) for i in range(51)])
    with refused("wrong_type"):
        parsed(kind, ["a.pdf"])
    with refused("not_importable"):
        cell(kind, "a.pdf")


def test_the_store_is_told_to_look_for_them() -> None:
    assert a_field("files").type.references == "file"
