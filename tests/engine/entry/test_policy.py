"""What a workspace demands of those who come in, at the doors they come through."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from guanxi.engine.entry.models import PasswordAge, SignInPolicy
from guanxi.engine.entry.rules import Policy
from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Role, session
from tests.firms import AUTH, PASSWORD, Door, Firm, code_of

pytestmark = pytest.mark.django_db

ACCOUNT = "/_allauth/browser/v1/account"


def _demand(firm: Firm, **changes: Any) -> Any:
    return firm.door().patch("/sign-in-policy", changes)


def _stored(firm: Firm) -> list[Any]:
    with session(firm.workspace.id):
        return list(SignInPolicy.objects.values_list("networks", "second_factor_roles", "session_hours"))


def _errors(answer: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in answer.data["errors"]}


def test_a_workspace_begins_with_the_defaults(firm: Firm) -> None:
    found = firm.door().get("/sign-in-policy").data
    assert found.pop("your_address") == "127.0.0.1"
    assert {"admin", "manager", "member", "read_only"} <= {role["key"] for role in found.pop("roles")}
    assert found == {"password_policy": "asvs", "second_factor_roles": [], "session_hours": Policy().session_hours,
                     "idle_minutes": 0, "networks": [], "sso_only": False, "break_glass": []}  # fmt: skip


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER, Role.READ_ONLY])
def test_administrators_alone_see_and_change_it(firm: Firm, other_firm: Firm, role: Role) -> None:
    person = firm.add("赵敏", role)
    door = firm.door(person)
    for answer in (
        door.get("/sign-in-policy"),
        door.patch("/sign-in-policy", {"session_hours": 5}),
        door.get(f"/members/{firm.admin.id}/entry"),
        door.delete(f"/members/{firm.admin.id}/entry"),
        door.post(f"/members/{firm.admin.id}/unlock"),
    ):
        assert answer.status_code == 403
    assert other_firm.door().get(f"/members/{person.id}/entry").status_code == 404
    assert Door(firm.token(scopes=["read"])).patch("/sign-in-policy", {"session_hours": 5}).status_code == 403
    assert _stored(firm) == []


def test_whoever_looks_after_security_changes_it_without_being_administrator(firm: Firm) -> None:
    boss, person = firm.door(), firm.add("赵敏", Role.MEMBER)
    role = {"key": "guard", "name": {"zh-CN": "安全", "en": "Security"}, "rights": {"areas": ["security"]}}
    assert boss.post("/roles", role).status_code == 201
    assert (
        boss.patch(f"/members/{person.id}", {"role": "limited", "extra_roles": ["guard"]}).status_code == 200
    )
    door = firm.door(person)
    assert door.patch("/sign-in-policy", {"session_hours": 5}).status_code == 200
    assert [row[2] for row in _stored(firm)] == [5]
    assert door.get(f"/members/{firm.admin.id}/entry").status_code == 403


@pytest.mark.parametrize(
    "changes, field, code",
    [
        ({"networks": ["10.0.0.0/8"]}, "networks", "locks_out"),
        ({"networks": ["127.0.0.1", "not a network"]}, "networks.1", "bad_network"),
        ({"networks": ["127.0.0.1"] * 300}, "networks", "too_many"),
        ({"second_factor_roles": ["admin"]}, "second_factor_roles", "locks_out"),
        ({"second_factor_roles": ["emperor"]}, "second_factor_roles", "unknown_choice"),
        ({"session_hours": 0}, "session_hours", "out_of_range"),
        ({"session_hours": 10**9}, "session_hours", "out_of_range"),
        ({"idle_minutes": 2}, "idle_minutes", "out_of_range"),
        ({"password_policy": "none"}, "password_policy", "literal_error"),
    ],
)
def test_what_does_not_fit_or_would_lock_oneself_out_is_refused(
    firm: Firm, changes: dict[str, Any], field: str, code: str
) -> None:
    assert _demand(firm, session_hours=100).status_code == 200
    before = _stored(firm)
    answer = _demand(firm, **changes)
    assert answer.status_code == 422
    assert _errors(answer).get(field) == code
    assert _stored(firm) == before


class TestSecondFactor:
    @pytest.mark.asvs("6.3.2")
    def test_a_person_of_the_role_without_one_can_only_enrol(self, firm: Firm) -> None:
        person, other = firm.add("赵敏"), firm.add("钱多", Role.MANAGER)
        token = firm.token(person)
        assert _demand(firm, second_factor_roles=["member"]).status_code == 200
        door = Door()
        door.sign_in(person.email)
        assert door.get("/me").status_code == 200
        assert door.get("/me/entry").data["missing"] == ["second_factor"]
        for answer in (
            door.post("/customer/query", {}),
            door.post("/customer", {"name": "甲"}),
            Door(token).get("/members"),
        ):
            assert (answer.status_code, code_of(answer)) == (403, "second_factor_required")
        assert firm.door(other).post("/customer/query", {}).status_code == 200
        assert door.post(f"{AUTH}/reauthenticate", {"password": PASSWORD}).status_code == 200
        secret = door.get(f"{ACCOUNT}/authenticators/totp").data["meta"]["secret"]
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        assert door.post(f"{ACCOUNT}/authenticators/totp", {"code": code}).status_code == 200
        assert door.get("/me/entry").data["missing"] == []
        assert door.post("/customer/query", {}).status_code == 200
        assert Door(token).get("/members").status_code == 200
        assert firm.door().post("/customer/query", {}).data["data"] == []

    def test_recovery_codes_alone_are_none(self, firm: Firm) -> None:
        person = firm.add("赵敏")
        Authenticator.objects.create(user=person, type="recovery_codes", data={})
        _demand(firm, second_factor_roles=["member"])
        assert code_of(firm.door(person).post("/customer/query", {})) == "second_factor_required"

    def test_administrators_demand_it_of_themselves_once_they_have_it(self, firm: Firm) -> None:
        Authenticator.objects.create(user=firm.admin, type="totp", data={"secret": "x"})
        assert _demand(firm, second_factor_roles=["admin"]).status_code == 200
        assert firm.door().get("/sign-in-policy").data["second_factor_roles"] == ["admin"]


class TestNetworks:
    def test_people_and_their_tokens_come_from_the_allowed_networks_only(
        self, firm: Firm, other_firm: Firm, settings: Any
    ) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        at_work, at_home = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "198.51.100.9"}
        admin, token = firm.door(), firm.token()
        changed = admin.patch("/sign-in-policy", {"networks": ["203.0.113.0/24", "2001:db8::/32"]}, **at_work)
        assert changed.data["networks"] == ["203.0.113.0/24", "2001:db8::/32"]
        for door in (admin, Door(token)):
            assert door.get("/me", **at_work).status_code == 200
            answer = door.get("/me", **at_home)
            assert (answer.status_code, code_of(answer)) == (403, "network_not_allowed")
        assert other_firm.door().get("/me", **at_home).status_code == 200

    @pytest.mark.asvs("4.1.3", "15.3.4")
    def test_a_forged_header_moves_nobody(self, firm: Firm) -> None:
        assert _demand(firm, networks=["127.0.0.1"]).data["networks"] == ["127.0.0.1/32"]
        assert firm.door().get("/me", **{"X-Forwarded-For": "10.0.0.1"}).status_code == 200


class TestSessions:
    @pytest.mark.asvs("7.3.1", "7.3.2")
    @pytest.mark.parametrize(
        "changes, hours_ago, idle_minutes, status",
        [
            ({"session_hours": 8}, 9, 0, 401),
            ({"session_hours": 8}, 7, 0, 200),
            ({"idle_minutes": 30}, 2, 31, 401),
            ({"idle_minutes": 30}, 2, 29, 200),
            ({}, 200, 6000, 200),
        ],
    )
    def test_a_session_ends_with_its_length_or_idleness(
        self, firm: Firm, changes: dict[str, int], hours_ago: int, idle_minutes: int, status: int
    ) -> None:
        _demand(firm, **changes)
        door = Door()
        door.sign_in(firm.admin.email)
        now = int(time.time())
        kept = door.client.session
        kept["guanxi_since"], kept["guanxi_seen"] = now - hours_ago * 3600, now - idle_minutes * 60
        kept.save()
        assert door.get("/me").status_code == status
        if status == 401:
            assert door.get("/me").data["code"] == "unauthenticated"  # it is gone, not merely refused

    def test_working_keeps_a_session_awake(self, firm: Firm) -> None:
        _demand(firm, idle_minutes=30)
        door = Door()
        door.sign_in(firm.admin.email)
        kept = door.client.session
        kept["guanxi_seen"] = int(time.time()) - 1700
        kept.save()
        assert door.get("/me").status_code == 200
        assert door.client.session["guanxi_seen"] > time.time() - 60


class TestPasswords:
    def _change(self, door: Door, old: str, new: str) -> Any:
        return door.post(f"{ACCOUNT}/password/change", {"current_password": old, "new_password": new})

    @pytest.mark.asvs("6.2.1", "6.2.4", "6.2.5")
    def test_by_default_length_and_known_passwords_count_and_composition_does_not(self, firm: Firm) -> None:
        door = Door()
        door.sign_in(firm.admin.email)
        for weak in ("short one 1", "password1234", "boss@firm.example"):
            assert self._change(door, PASSWORD, weak).status_code == 400, weak
        assert Door().sign_in(firm.admin.email).status_code == 200
        assert self._change(door, PASSWORD, "all small letters here").status_code == 200

    def test_under_mlps_composition_and_reuse_count_too(self, firm: Firm) -> None:
        _demand(firm, password_policy="mlps")
        door = Door()
        door.sign_in(firm.admin.email)
        for weak in ("all small letters here", PASSWORD):
            answer = self._change(door, PASSWORD, weak)
            assert answer.status_code == 400, weak
        assert Door().sign_in(firm.admin.email).status_code == 200
        assert self._change(door, PASSWORD, "Mountain 2026 river moss").status_code == 200
        assert self._change(door, "Mountain 2026 river moss", "Valley 2026 stones fern").status_code == 200
        assert self._change(door, "Valley 2026 stones fern", "Mountain 2026 river moss").status_code == 400
        assert Door().sign_in(firm.admin.email, "Valley 2026 stones fern").status_code == 200

    @pytest.mark.asvs("6.2.10")
    def test_under_mlps_an_old_password_must_be_changed_first(self, firm: Firm) -> None:
        person = firm.add("赵敏")
        _demand(firm, password_policy="mlps")
        door = Door()
        door.sign_in(person.email)
        assert door.post("/customer/query", {}).status_code == 200
        User.objects.filter(id=person.id).update(date_joined=timezone.now() - timedelta(days=91))
        answer = door.post("/customer/query", {})
        assert (answer.status_code, code_of(answer)) == (403, "password_expired")
        assert door.get("/me/entry").data["missing"] == ["password"]
        assert self._change(door, PASSWORD, "Mountain 2026 river moss").status_code == 200
        assert door.post("/customer/query", {}).status_code == 200
        PasswordAge.objects.update(changed_at=timezone.now() - timedelta(days=91))
        assert door.post("/customer/query", {}).status_code == 403

    def test_the_rule_of_one_workspace_is_nothing_to_another(self, firm: Firm, other_firm: Firm) -> None:
        _demand(other_firm, password_policy="mlps")
        door = Door()
        door.sign_in(firm.admin.email)
        assert self._change(door, PASSWORD, "all small letters here").status_code == 200


def test_a_second_factor_can_be_demanded_of_a_role_of_ones_own(firm: Firm) -> None:
    boss, person = firm.door(), firm.add("赵敏")
    role = {"key": "vault_keeper", "name": {"zh-CN": "保管员", "en": "Keeper"}, "rights": {}}
    assert boss.post("/roles", role).status_code == 201
    assert boss.patch("/sign-in-policy", {"second_factor_roles": ["vault_keeper"]}).status_code == 200
    door = firm.door(person)
    assert door.get("/views?object=customer").status_code == 200
    boss.patch(f"/members/{person.id}", {"extra_roles": ["vault_keeper"]})
    assert code_of(door.get("/views?object=customer")) == "second_factor_required"
    shown = boss.get("/sign-in-policy").data["roles"]
    assert {"key": "vault_keeper", "name": role["name"]} in shown
    # A role that is gone demands nothing, and is in nobody's way.
    boss.patch(f"/members/{person.id}", {"extra_roles": []})
    assert boss.delete("/roles/vault_keeper").status_code in (200, 204)
    assert boss.patch("/sign-in-policy", {"idle_minutes": 30}).status_code == 200
    assert boss.get("/sign-in-policy").data["second_factor_roles"] == []
