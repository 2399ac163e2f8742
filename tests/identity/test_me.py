"""Who am I: the person, the workspace, the switch between workspaces."""

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.tenancy.context import Role, session
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


def test_preferences_have_a_limit(firm: Firm) -> None:
    assert firm.door().patch("/me", {"preferences": {"a": "x" * 70_000}}).status_code == 422


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
