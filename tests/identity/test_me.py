"""Who am I: the person, the workspace, the switch between workspaces."""

import uuid
from typing import Any

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.identity.erasing import erase_preferences
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.erasing import Erasure
from guanxi.kit.mentions import pattern_of
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db


def test_me_tells_person_workspace_role_and_what_one_can_do(firm: Firm) -> None:
    me = firm.door(firm.add("周明", Role.READ_ONLY)).get("/me").data
    assert me["user"]["name"] == "周明"
    assert me["workspace"]["id"] == str(firm.workspace.id)
    assert me["workspace"]["has_sample"] is False
    assert me["role"] == "read_only"
    assert me["team"] is None
    assert me["can"] == {"settings": False, "members": False, "import": False, "export": False}
    assert me["workspaces"] == [
        {"id": str(firm.workspace.id), "name": "中山公司", "slug": firm.workspace.slug, "role": "read_only"}
    ]


def test_preferences_are_merged_and_null_removes(firm: Firm) -> None:
    door = firm.door()
    door.patch("/me", {"preferences": {"a": 1, "b": {"c": 2}}, "theme": "dark", "locale": "en"})
    answer = door.patch("/me", {"preferences": {"a": None, "d": 3}})
    assert answer.data["user"]["preferences"] == {"b": {"c": 2}, "d": 3}
    assert answer.data["user"]["theme"] == "dark"
    assert answer.data["user"]["locale"] == "en"


@pytest.mark.parametrize(
    "preferences",
    [
        {"a": "x" * 70_000},
        {"a": ["x" * 70] * 300},
        {f"k{number}": 1 for number in range(100)},
        {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}},
        {"note": "张三 13800138000"},
        {"note": "13800138000"},
        {"note": 13800138000},
        {"13800138000": True},
        {"a": {"zhang@wudang.cn": 1}},
        {"a": {"b": ["\x00"]}},
        {"a": "<script>"},
        {"": 1},
    ],
)
def test_preferences_hold_no_texts_and_have_a_limit(firm: Firm, preferences: dict[str, Any]) -> None:
    door = firm.door()
    assert door.patch("/me", {"preferences": {"kept": 1}}).status_code == 200
    assert door.patch("/me", {"preferences": preferences}).status_code == 422
    assert door.get("/me").data["user"]["preferences"] == {"kept": 1}


def test_preferences_hold_what_screens_remember(firm: Firm) -> None:
    kept = {
        "workbench_widgets": {"order": ["todo", "funnel"], "hidden": []},
        "workbench_scope": "all",
        "table.customer": {
            "widths": {"name": 240, "owner_id": 1.5},
            "view": str(uuid.uuid4()),
            "dense": True,
        },
    }
    door = firm.door()
    assert door.patch("/me", {"preferences": kept}).status_code == 200
    assert door.get("/me").data["user"]["preferences"] == kept


@pytest.mark.asvs("2.2.1")
def test_what_stood_there_before_goes_with_an_erased_person(firm: Firm, other_firm: Firm) -> None:
    old = {"last": ["搜索 欧阳金丝雀"], "scope": "all"}
    for each in (firm, other_firm):
        each.admin.preferences = old
        each.admin.save()
    with session(firm.workspace.id):
        erased = erase_preferences(firm.ctx, Erasure({}, pattern_of(["欧阳金丝雀"])))
    assert erased == 1
    assert firm.door().get("/me").data["user"]["preferences"] == {"last": ["搜索 ▇▇"], "scope": "all"}
    other_firm.admin.refresh_from_db()
    assert other_firm.admin.preferences == old


@pytest.mark.parametrize(
    "body", [{"locale": "fr"}, {"is_admin": True}, {"name": ""}, {"role": "admin"}, {"email": "x@y.zz"}]
)
def test_what_one_may_not_change_is_refused(firm: Firm, body: dict[str, object]) -> None:
    assert firm.door().patch("/me", body).status_code == 422


def test_a_new_name_is_used_in_every_workspace_of_the_person(firm: Firm, other_firm: Firm) -> None:
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, firm.admin, role=Role.MEMBER)
    firm.door().patch("/me", {"name": "王 芳芳"})
    names = {row["name"] for row in other_firm.door().get("/members").data["data"]}
    assert names == {"李强", "王 芳芳"}


def test_switching_the_workspace_lasts_for_the_session(firm: Firm, other_firm: Firm) -> None:
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, firm.admin, role=Role.MEMBER)
    door = firm.door()
    assert [row["name"] for row in door.get("/me").data["workspaces"]] == ["中山公司", "北海公司"]
    switched = door.post("/me/workspace", {"workspace": str(other_firm.workspace.id)})
    assert (switched.data["workspace"]["name"], switched.data["role"]) == ("北海公司", "member")
    assert door.get("/me").data["workspace"]["name"] == "北海公司"
    assert door.get("/workspace").data["name"] == "北海公司"


def test_one_cannot_switch_to_a_strangers_workspace(firm: Firm, other_firm: Firm) -> None:
    door = firm.door()
    assert door.post("/me/workspace", {"workspace": str(other_firm.workspace.id)}).status_code == 404
    assert door.get("/me").data["workspace"]["name"] == "中山公司"


def test_whoever_is_disabled_in_one_workspace_goes_on_in_another(firm: Firm, other_firm: Firm) -> None:
    user = firm.add("赵敏")
    with session(other_firm.workspace.id):
        facade.add_member(other_firm.workspace.id, user, role=Role.MEMBER)
    door = firm.door(user)
    assert door.get("/me").data["workspace"]["name"] == "中山公司"
    firm.door().patch(f"/members/{user.id}", {"status": "disabled"})
    assert door.get("/me").data["workspace"]["name"] == "北海公司"


def test_workspace_settings_are_for_administrators(firm: Firm) -> None:
    member = firm.door(firm.add("周明"))
    assert member.get("/workspace").status_code == 200
    assert member.patch("/workspace", {"name": "x"}).status_code == 403
    changed = firm.door().patch("/workspace", {"name": "新名字", "currency": "USD", "member_scope": "team"})
    assert (changed.data["name"], changed.data["currency"], changed.data["member_scope"]) == (
        "新名字",
        "USD",
        "team",
    )


@pytest.mark.parametrize(
    "body",
    [
        {"time_zone": "Mars/Base"},
        {"currency": "yuan"},
        {"locale": "fr"},
        {"member_scope": "all"},
        {"slug": "x"},
    ],
)
def test_wrong_workspace_settings_are_refused(firm: Firm, body: dict[str, str]) -> None:
    assert firm.door().patch("/workspace", body).status_code == 422


def test_answers_are_in_the_language_asked_for(firm: Firm) -> None:
    member = firm.add("周明")
    chinese = firm.door(member, language="zh-CN").patch("/workspace", {"name": "x"})
    english = firm.door(member, language="en").patch("/workspace", {"name": "x"})
    assert chinese.data["detail"] == "只有管理员可以做这个操作。"
    assert english.data["detail"] == "Only administrators can do this."
    assert chinese.headers["Content-Type"] == "application/problem+json"


def test_nobody_is_nobody(firm: Firm) -> None:
    answer = Door().get("/me")
    assert (answer.status_code, code_of(answer)) == (401, "unauthenticated")
    assert "Bearer" in answer.headers["WWW-Authenticate"]
