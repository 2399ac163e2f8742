from tests.engine.schema.field_types.declared import TEAM, kept, parsed, refused, shown


def test_an_id_or_the_object_form() -> None:
    assert parsed("team", str(TEAM)) == parsed("team", {"id": str(TEAM)}) == kept("team", TEAM) == TEAM
    for value in ("my_team", 5, {"name": "x"}):
        with refused("wrong_type"):
            parsed("team", value)


def test_shown_by_name() -> None:
    assert shown("team", {"id": str(TEAM), "name": "华南"}) == "华南"
