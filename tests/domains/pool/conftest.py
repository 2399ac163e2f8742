"""A firm with a pool, a manager of it, two who claim, and somebody outside."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Team, User
from guanxi.engine.tenancy.context import Role, session
from tests.firms import Door, Firm


@dataclass
class Pond:
    """People at a pool, by the doors they knock at."""

    firm: Firm
    boss: Door
    chief: Door
    lin: Door
    he: Door
    outsider: Door
    people: dict[str, User]
    pool: str = ""
    version: int = 1

    def customer(self, door: Door | None = None, **values: Any) -> str:
        """A new customer of whoever's door it is (the administrator)."""
        made = (door or self.boss).post("/customer", {"name": f"客户 {uuid.uuid4().hex[:8]}", **values})
        assert made.status_code == 201, made.data
        return str(made.data["id"])

    def put_in(self, *ids: str, door: Door | None = None, **given: Any) -> Any:
        """Return customers to the pool."""
        body = {"ids": list(ids), "reason": "other", **given}
        return (door or self.boss).post("/customer/actions/return_to_pool", body)

    def pooled(self, count: int = 1, **values: Any) -> list[str]:
        """Customers that are in the pool."""
        ids = [self.customer(**values) for _ in range(count)]
        answer = self.put_in(*ids)
        assert answer.status_code == 200, answer.data
        return ids

    def setup(self, **given: Any) -> Any:
        """Change the pool."""
        answer = self.boss.patch(f"/pools/{self.pool}/setup", {"version": self.version, **given})
        if answer.status_code == 200:
            self.version = answer.data["version"]
        return answer

    def claim(self, door: Door, *ids: str) -> Any:
        """Claim records."""
        return door.post(f"/pools/{self.pool}/claim", {"ids": list(ids)})


def make_pond(firm: Firm) -> Pond:
    """The firm's people and its pool."""
    people = {name: firm.add(name, Role.MEMBER) for name in ("主管", "林销售", "何销售", "外人")}
    with session(firm.workspace.id):
        team = Team.objects.create(workspace=firm.workspace, name="华南一组")
        facade.set_memberships(
            firm.ctx,
            [facade.Place(user_id=people[name].id, team_id=team.id) for name in ("林销售", "何销售")],
        )
    doors = [firm.door(people[name]) for name in ("主管", "林销售", "何销售", "外人")]
    pond = Pond(firm, firm.door(), *doors, people)
    made = pond.boss.post("/pools", {
        "object": "customer", "name": {"zh-CN": "华南公海", "en": "South"},
        "members": [{"kind": "team", "id": str(team.id)}, {"kind": "user", "id": str(people["主管"].id), "manages": True}],
    })  # fmt: skip
    assert made.status_code == 201, made.data
    pond.pool = made.data["key"]
    return pond


@pytest.fixture
def pond(firm: Firm) -> Pond:
    """A pool and its people."""
    return make_pond(firm)
