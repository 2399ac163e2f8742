"""A firm with a sales team, inside its walls, for the tests of the domains."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from guanxi.domains.demo import deals, doings, enquiries, firms
from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Team, User
from guanxi.engine.records.acting import run_action
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Role, Via, session, system_ctx
from tests.firms import Firm, deliver, firm, fresh_limits, make_firm, other_firm

__all__ = ["deliver", "firm", "fresh_limits", "make_firm", "other_firm"]


@dataclass
class Office:
    """People of one firm: an administrator, a manager with a rep, another rep, somebody who only reads."""

    firm: Firm
    boss: User
    manager: User
    rep: User
    other: User
    reader: User

    def ctx(self, user: User | None = None, via: Via = Via.WEB) -> Ctx:
        """What `user` (the administrator) acts with."""
        info, actor = facade.load_actor(self.firm.workspace.id, (user or self.boss).id)
        return Ctx(workspace=info, actor=actor, via=via, locale="zh-CN")

    @property
    def system(self) -> Ctx:
        """What the program itself acts with."""
        return system_ctx(self.ctx().workspace)

    def act(self, ctx: Ctx, object_key: str, action: str, *ids: str, **given: Any) -> dict[str, Any]:
        """Run an action, as its endpoint does."""
        return run_action(ctx, get_object(ctx, object_key), action, [uuid.UUID(i) for i in ids], given)


@pytest.fixture
def office(firm: Firm) -> Iterator[Office]:
    """The firm's people, and an open session of its workspace."""
    manager = firm.add("周经理", Role.MANAGER)
    rep = firm.add("林销售", Role.MEMBER)
    other = firm.add("何销售", Role.MEMBER)
    reader = firm.add("只看看", Role.READ_ONLY)
    with session(firm.workspace.id):
        team = Team.objects.create(workspace=firm.workspace, name="华南一组", manager=manager)
        places = [facade.Place(user_id=user.id, team_id=team.id) for user in (manager, rep)]
        facade.set_memberships(firm.ctx, places)
        yield Office(firm, firm.admin, manager, rep, other, reader)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A firm of a tenth the size, where the size does not matter."""
    for module, sizes in ((firms, {"CUSTOMERS": 200, "CONTACTS": 350}), (deals, {"DEALS": 300}),
                          (enquiries, {"LEADS": 60}), (doings, {"_CARE": 200})):  # fmt: skip
        for name, size in sizes.items():
            monkeypatch.setattr(module, name, size)
