from dataclasses import replace

from tests.engine.schema.field_types.declared import COLLEAGUE, ENV, ME, a_field, kept, parsed, refused, shown


def test_an_id_the_object_form_or_me() -> None:
    assert (
        parsed("user", str(ME))
        == parsed("user", {"id": str(ME), "name": "王莉"})
        == parsed("user", "me")
        == ME
    )
    assert kept("user", COLLEAGUE) == COLLEAGUE
    assert parsed("user", "") is None


def test_a_name_is_no_id() -> None:
    with refused("wrong_type"):
        parsed("user", "王莉")


def test_without_anybody_there_is_no_me() -> None:
    f = a_field("user")
    with refused("nobody"):
        f.type.parse("me", f, replace(ENV, user_id=None))


def test_within_takes_teams_alone() -> None:
    f = a_field("user")
    within = f.type.operators["within"]
    for team in ("my_team", "my_teams", str(ME), {"id": str(ME)}):
        within.operand(team, f, ENV)
    for nothing in ("me", 5, None, "销售部"):
        with refused("wrong_type"):
            within.operand(nothing, f, ENV)


def test_shown_by_name() -> None:
    assert shown("user", {"id": str(ME), "name": "王莉"}) == "王莉"
    assert shown("user", None) == ""
