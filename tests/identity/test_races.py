"""What two people do in the same moment, with real transactions."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


def _at_once(*calls: Callable[[], Any]) -> list[int]:
    """Make the calls together; the statuses of their answers."""
    barrier, statuses = threading.Barrier(len(calls)), []

    def run(call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            statuses.append(call().status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    return found()


@pytest.mark.asvs("2.3.4")
def test_two_administrators_who_demote_each_other_do_not_both_succeed(firm: Firm) -> None:
    second = firm.add("李娜", Role.ADMIN)
    one, two = Door(firm.token()), Door(firm.token(second))
    for _ in range(ROUNDS):
        statuses = _at_once(
            lambda: one.patch(f"/members/{second.id}", {"role": "member"}),
            lambda: two.patch(f"/members/{firm.admin.id}", {"role": "member"}),
        )
        assert min(statuses) == 200
        assert max(statuses) in (403, 409)
        with session(firm.workspace.id):
            assert Membership.objects.filter(role="admin", status="active").count() == 1
            Membership.objects.update(role="admin")


def test_two_moves_do_not_close_a_circle_together(firm: Firm) -> None:
    door = Door(firm.token())
    first, second = (door.post("/teams", {"name": name}).data["id"] for name in "ab")
    for _ in range(ROUNDS):
        statuses = _at_once(
            lambda: door.patch(f"/teams/{first}", {"parent": second}),
            lambda: door.patch(f"/teams/{second}", {"parent": first}),
        )
        assert sorted(statuses) == [200, 422]
        with session(firm.workspace.id):
            Team.objects.update(parent=None)


def test_an_invitation_is_taken_up_once(firm: Firm) -> None:
    door = Door(firm.token())
    made = door.post("/members/invite", {"name": "Anna", "email": "anna@firm.example"}).data
    path = f"/invitations/{made['invite_url'].rpartition('/')[2]}"
    body = {"name": "Anna", "password": "a long way 2026"}
    statuses = _at_once(*[lambda: Door().post(path, body)] * 3)
    assert sorted(statuses) == [200, 404, 404]


def test_many_requests_of_one_token_do_not_wait_for_one_another(firm: Firm) -> None:
    secret = firm.token()
    assert set(_at_once(*[lambda: Door(secret).get("/me")] * 8)) == {200}
