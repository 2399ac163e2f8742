"""`guanxi demo`: a workspace of its own on an empty server, yours when you name it, and the way back."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password

from guanxi.commands.demo import command
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.identity.queries import find_place
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.errors import NotFound
from tests.firms import MakeFirm


def run(*arguments: str) -> None:
    command.main(list(arguments), standalone_mode=False)


def test_an_empty_server_gets_a_workspace_to_sign_in_to(
    small: None, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--if-empty", "--locale", "zh-CN")
    shown = capsys.readouterr().out
    assert settings.GUANXI_DEMO_EMAIL in shown
    assert settings.GUANXI_DEMO_PASSWORD in shown
    assert "linyue@example.com" in shown
    workspace_id, user_id = find_place(settings.GUANXI_DEMO_EMAIL, None)
    assert User.objects.get(id=user_id).check_password(settings.GUANXI_DEMO_PASSWORD)
    with session(workspace_id):
        workspace = Workspace.objects.get(id=workspace_id)
        assert (workspace.name, workspace.is_sample) == ("岭南智造", True)
        assert Membership.objects.get(user_id=user_id).role == "admin"
    # started again, it only says how to sign in
    run("--if-empty")
    assert settings.GUANXI_DEMO_PASSWORD in capsys.readouterr().out
    assert User.objects.count() == 13
    run("--workspace", workspace.slug, "--remove")
    assert User.objects.count() == 1


def test_a_server_in_use_is_left_alone(make_firm: MakeFirm, capsys: pytest.CaptureFixture[str]) -> None:
    make_firm()
    run("--if-empty")
    assert capsys.readouterr().out == ""
    assert User.objects.count() == 1


def test_a_workspace_in_use_gets_a_password_nobody_knows(
    small: None, make_firm: MakeFirm, capsys: pytest.CaptureFixture[str]
) -> None:
    firm = make_firm()
    run("--workspace", firm.workspace.slug)
    shown = capsys.readouterr().out
    assert settings.GUANXI_DEMO_PASSWORD not in shown
    with session(firm.workspace.id):
        people = Membership.objects.filter(is_sample=True).select_related("user")
        assert len(people) == 12
        assert not any(
            check_password(settings.GUANXI_DEMO_PASSWORD, person.user.password) for person in people
        )
    with pytest.raises(NotFound):
        run("--workspace", "nowhere")
