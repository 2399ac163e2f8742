"""API tokens: what they open, and when they stop."""

from datetime import UTC, datetime, timedelta

import pytest

from guanxi.engine.identity.models import ApiToken
from guanxi.engine.identity.rules import API_TOKEN, make_secret, parse_secret
from guanxi.engine.tenancy.context import session
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("7.2.3", "13.3.2")
def test_a_token_is_shown_once_and_stored_hashed(firm: Firm) -> None:
    door = firm.door()
    made = door.post("/tokens", {"name": "BI"})
    assert made.status_code == 201
    secret = made.data["token"]
    assert "token" not in door.get("/tokens").data["data"][0]
    assert made.data["prefix"].startswith("gx_")
    with session(firm.workspace.id):
        row = ApiToken.objects.get()
    assert secret not in str(row.__dict__)
    assert Door(secret).get("/me").data["workspaces"] == [
        {"id": str(firm.workspace.id), "name": "中山公司", "slug": firm.workspace.slug, "role": "admin"}
    ]


def test_the_last_use_is_noted_once_a_minute(firm: Firm) -> None:
    token = Door(firm.token())
    token.get("/me")
    first = firm.door().get("/tokens").data["data"][0]["last_used_at"]
    token.get("/me")
    assert first is not None
    assert firm.door().get("/tokens").data["data"][0]["last_used_at"] == first


@pytest.mark.parametrize(
    "secret", ["", "x", "gx_", "gx_aaaa_bbbb", "gx_" + "a" * 26 + "_" + "b" * 32, "join_x", "\x00"]
)
def test_what_is_no_token_opens_nothing(firm: Firm, secret: str) -> None:
    door = firm.door()
    answer = door.get("/me", Authorization=f"Bearer {secret}")
    assert (answer.status_code, code_of(answer)) == (401, "bad_token")


def test_a_secret_with_another_workspace_in_it_opens_nothing(firm: Firm, other_firm: Firm) -> None:
    secret = firm.token()
    moved = (
        make_secret(API_TOKEN, other_firm.workspace.id).rpartition("_")[0] + "_" + secret.rpartition("_")[2]
    )
    assert parse_secret(API_TOKEN, moved) is not None
    assert Door(moved).get("/me").status_code == 401


@pytest.mark.asvs("7.4.1")
def test_expired_and_revoked_tokens_are_dead(firm: Firm) -> None:
    secret = firm.token(expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert Door(secret).get("/me").status_code == 200
    with session(firm.workspace.id):
        ApiToken.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert Door(secret).get("/me").status_code == 401
    door = firm.door()
    made = door.post("/tokens", {"name": "x"}).data
    assert door.delete(f"/tokens/{made['id']}").status_code == 204
    assert Door(made["token"]).get("/me").status_code == 401
    assert door.delete(f"/tokens/{made['id']}").status_code == 404


@pytest.mark.asvs("7.4.2")
def test_a_disabled_person_takes_their_tokens_with_them(firm: Firm) -> None:
    user = firm.add("周明")
    door = Door(firm.token(user))
    assert door.get("/me").status_code == 200
    user.is_active = False
    user.save()
    assert door.get("/me").status_code == 401


def test_a_token_that_reads_may_not_write(firm: Firm) -> None:
    door = Door(firm.token(scopes=["read"]))
    assert door.get("/members").status_code == 200
    for answer in (
        door.post("/teams", {"name": "x"}),
        door.patch("/me", {"name": "x"}),
        door.delete("/teams/0190-0"),
        door.post("/tokens", {"name": "x", "scopes": ["write"]}),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "token_reads_only")
    assert firm.door().get("/teams").data["data"] == []
    assert door.get("/me").data["can"]["settings"] is False


def test_a_token_made_with_a_token_reaches_no_further_and_lives_no_longer(firm: Firm) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    door = Door(firm.token(expires_at=soon))
    assert door.post("/tokens", {"name": "x"}).status_code == 403
    later = (soon + timedelta(hours=1)).isoformat()
    assert door.post("/tokens", {"name": "x", "expires_at": later}).status_code == 403
    assert door.post("/tokens", {"name": "x", "expires_at": soon.isoformat()}).status_code == 201
    assert door.post("/me/workspace", {"workspace": str(firm.workspace.id)}).status_code == 403


def test_tokens_are_ones_own(firm: Firm, other_firm: Firm) -> None:
    made = firm.door().post("/tokens", {"name": "x"}).data
    for door in (firm.door(firm.add("周明")), other_firm.door()):
        assert door.get("/tokens").data["data"] == []
        assert door.delete(f"/tokens/{made['id']}").status_code == 404
    assert Door(made["token"]).get("/me").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["admin"]},
        {"name": "x", "expires_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_wrong_tokens_are_refused(firm: Firm, body: dict[str, object]) -> None:
    assert firm.door().post("/tokens", body).status_code == 422
