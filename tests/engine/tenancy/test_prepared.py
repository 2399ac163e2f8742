"""Statements planned once a connection: the walls and whatever is written since count each time."""

import uuid

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guanxi.engine.identity.actions.members import update_member
from guanxi.engine.identity.facade import find_standing
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.prepared import Prepared, fetch_prepared
from tests.firms import Firm

NAMES = Prepared("SELECT count(*), min(name) FROM workspace WHERE slug <> $1", ("text",))


def test_it_is_prepared_once_a_connection(firm: Firm) -> None:
    statement = Prepared("SELECT $1 + 1", ("integer",))
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert fetch_prepared(statement, [41]) == (42,)
        counts.append(len(captured))
    assert counts == [2, 1, 1]


def test_the_wall_of_the_moment_counts(firm: Firm, other_firm: Firm) -> None:
    for _ in range(8):  # from the sixth time on the plan is a common one
        for each in (firm, other_firm):
            with session(each.workspace.id):
                assert fetch_prepared(NAMES, [""]) == (1, each.workspace.name)
    with session(None):
        assert fetch_prepared(NAMES, [""]) == (0, None)


def test_what_is_taken_away_holds_at_once(firm: Firm) -> None:
    user = firm.add("林销售", Role.MANAGER)
    for role in (Role.MANAGER, Role.READ_ONLY, Role.MEMBER) * 3:
        with session(firm.workspace.id):
            update_member(firm.ctx, user.id, {"role": role})
            found = find_standing(firm.workspace.id, user.id)
            assert found is not None and found.actor.role == role
            assert find_standing(uuid.uuid4(), user.id) is None


def test_it_is_still_known_after_a_rollback(firm: Firm) -> None:
    statement = Prepared("SELECT $1 || '!'", ("text",))
    with transaction.atomic():
        assert fetch_prepared(statement, ["a"]) == ("a!",)
        transaction.set_rollback(True)
    assert fetch_prepared(statement, ["b"]) == ("b!",)
