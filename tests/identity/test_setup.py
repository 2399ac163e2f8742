"""The first set-up, and the commands that do the same without a browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from guanxi.commands.init import command as init
from guanxi.commands.token import command as token
from guanxi.engine.identity import facade
from guanxi.engine.identity.models import SetupToken
from guanxi.kit.errors import Problem
from tests.firms import PASSWORD, Door, Firm, code_of

pytestmark = pytest.mark.django_db

FIRST = {"workspace_name": "中山公司", "name": "王芳", "email": "Boss@firm.example", "password": PASSWORD}


def _run(command: Any, *arguments: str) -> str:
    outcome = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_the_one_time_link_makes_the_first_workspace_and_signs_in() -> None:
    door = Door(language="zh-CN")
    assert door.get("/setup").data["needs_setup"] is True
    secret = facade.issue_setup_token()
    made = door.post("/setup", FIRST | {"token": secret})
    assert (made.status_code, made.data["signed_in"]) == (201, True)
    me = door.get("/me").data
    assert (me["workspace"]["name"], me["role"], me["user"]["email"]) == (
        "中山公司",
        "admin",
        "boss@firm.example",
    )
    assert door.get("/setup").data["needs_setup"] is False
    again = Door().post("/setup", FIRST | {"token": secret, "email": "b@firm.example"})
    assert (again.status_code, code_of(again)) == (404, "setup_link_dead")


def test_a_wrong_old_or_expired_token_makes_nothing() -> None:
    old = facade.issue_setup_token()
    new = facade.issue_setup_token()
    for secret in ("", "x", "setup_" + "a" * 32, old):
        assert Door().post("/setup", FIRST | {"token": secret}).status_code == 404
    SetupToken.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert Door().post("/setup", FIRST | {"token": new}).status_code == 404
    assert facade.needs_setup()


def test_wrong_input_is_named_and_the_link_stays_good() -> None:
    secret = facade.issue_setup_token()
    refused = Door().post("/setup", FIRST | {"token": secret, "password": "123456123456"})
    assert refused.status_code == 422
    assert facade.needs_setup()
    assert Door().post("/setup", FIRST | {"token": secret}).status_code == 201


def test_nobody_sets_up_a_house_that_is_lived_in(firm: Firm) -> None:
    answer = Door().post("/setup", FIRST | {"token": facade.issue_setup_token(), "email": "x@firm.example"})
    assert (answer.status_code, code_of(answer)) == (409, "already_set_up")


def test_init_does_the_same_without_a_browser() -> None:
    _run(
        init,
        "--workspace",
        "中山公司",
        "--email",
        "boss@firm.example",
        "--password",
        PASSWORD,
        "--name",
        "王芳",
    )
    door = Door()
    assert door.sign_in("boss@firm.example").status_code == 200
    assert door.get("/me").data["workspace"]["name"] == "中山公司"


def test_init_refuses_a_weak_password_and_a_taken_address(firm: Firm) -> None:
    for email, password in (("new@firm.example", "12345"), (firm.admin.email, PASSWORD)):
        with pytest.raises(Problem):
            _run(init, "--workspace", "x", "--email", email, "--password", password)


def test_tokens_are_made_listed_and_revoked_on_the_command_line(firm: Firm) -> None:
    printed = _run(
        token, "create", "--user", firm.admin.email, "--name", "BI", "--scopes", "read", "--expires", "30"
    )
    secret = next(line for line in printed.splitlines() if line.startswith("gx_"))
    door = Door(secret)
    assert door.get("/me").status_code == 200
    assert door.post("/teams", {"name": "x"}).status_code == 403
    listed = _run(token, "list", "--user", firm.admin.email)
    assert "BI" in listed
    assert secret not in listed
    [row] = firm.door().get("/tokens").data["data"]
    _run(token, "revoke", row["id"], "--workspace", firm.workspace.slug, "--user", firm.admin.email)
    assert door.get("/me").status_code == 401


def test_the_command_line_says_what_is_wrong(firm: Firm) -> None:
    for arguments in (
        ("--user", "nobody@firm.example", "--name", "x"),
        ("--user", firm.admin.email, "--name", "x", "--workspace", "elsewhere"),
    ):
        with pytest.raises(Problem):
            _run(token, "create", *arguments)
