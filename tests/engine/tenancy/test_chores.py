"""The hourly chores: every workspace, one after the other, each on its own."""

import uuid

import pytest
from procrastinate.contrib.django import app

from guanxi.engine.tenancy import chores
from guanxi.engine.tenancy.chores import Chore
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.tasks import do_chores
from tests.firms import Firm


def test_a_chore_runs_in_every_workspace_as_the_system(
    firm: Firm, other_firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[uuid.UUID, int]] = []

    def look(ctx: Ctx) -> None:
        assert ctx.actor.user_id is None
        seen.append((ctx.workspace.id, Workspace.objects.count()))

    monkeypatch.setattr(chores.chore_registry, "_items", {"test": Chore("test", look)})
    do_chores(0)
    assert seen == [(firm.workspace.id, 1), (other_firm.workspace.id, 1)]


def test_a_chore_that_fails_does_not_keep_the_others_from_running(
    firm: Firm, other_firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[uuid.UUID] = []

    def fails_once(ctx: Ctx) -> None:
        if ctx.workspace.id == firm.workspace.id:
            raise ValueError("broken")
        done.append(ctx.workspace.id)

    monkeypatch.setattr(chores.chore_registry, "_items", {"test": Chore("test", fails_once)})
    assert chores.do_chores() == 1
    assert done == [other_firm.workspace.id]


def test_the_list_of_workspaces_is_closed_again_once_it_is_made(firm: Firm, other_firm: Firm) -> None:
    assert {workspace.id for workspace in chores.list_workspaces()} == {
        firm.workspace.id,
        other_firm.workspace.id,
    }
    with session(None):
        assert Workspace.objects.count() == 0


def test_the_chores_are_a_periodic_job_of_the_worker() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert "tenancy.do_chores" in periodic
    assert {chore.key for chore in chores.chore_registry} >= {
        "notifications.forget_old",
        "records.forget_idempotency_keys",
        "records.remove_orphaned_files",
    }
