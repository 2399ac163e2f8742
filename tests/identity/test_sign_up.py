"""Signing up: a person and their workspace, both or neither."""

from typing import Any
from urllib.parse import unquote

import pytest

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.provisioning import ProvisioningHook, on_workspace_created
from tests.firms import AUTH, PASSWORD, Door, Firm

NEW = {
    "email": "New@Firm.example",
    "password": PASSWORD,
    "name": " 张 伟 ",
    "workspace_name": "东莞电子（深圳）",
}

pytestmark = pytest.mark.django_db


def test_signing_up_makes_a_workspace_and_signs_in() -> None:
    door = Door(language="zh-CN")
    answer = door.post(f"{AUTH}/signup", NEW)
    assert answer.status_code == 200, answer.data
    me = door.get("/me").data
    assert me["user"]["name"] == "张 伟"
    assert me["user"]["email"] == "new@firm.example"
    assert me["workspace"]["name"] == "东莞电子（深圳）"
    assert me["workspace"]["slug"] == "dong-guan-dian-zi-shen-zhen"
    assert me["role"] == "admin"
    assert me["can"] == {"settings": True, "members": True, "import": True, "export": True}


def test_a_workspace_of_the_same_name_gets_another_slug(firm: Firm) -> None:
    door = Door()
    door.post(f"{AUTH}/signup", NEW | {"workspace_name": firm.workspace.name})
    slug = door.get("/me").data["workspace"]["slug"]
    assert slug.startswith(firm.workspace.slug + "-")


@pytest.mark.asvs("16.5.3")
def test_a_hook_that_fails_leaves_neither_person_nor_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise RuntimeError("no pipeline")

    monkeypatch.setitem(on_workspace_created._items, "failing", ProvisioningHook("failing", fail))
    with pytest.raises(RuntimeError):
        Door().post(f"{AUTH}/signup", NEW)
    assert not User.objects.filter(email="new@firm.example").exists()


@pytest.mark.parametrize("missing", ["name", "workspace_name", "email", "password"])
def test_every_field_is_needed_and_named_when_missing(missing: str) -> None:
    answer = Door().post(f"{AUTH}/signup", {key: value for key, value in NEW.items() if key != missing})
    assert answer.status_code == 400
    assert missing in {error["param"] for error in answer.data["errors"]}


@pytest.mark.parametrize("password", ["short12", "password1234", "12345678901", "new@firm.example"])
@pytest.mark.asvs("6.1.2", "6.2.11")
def test_weak_passwords_are_refused(password: str) -> None:
    answer = Door().post(f"{AUTH}/signup", NEW | {"password": password})
    assert answer.status_code == 400
    assert {error["param"] for error in answer.data["errors"]} == {"password"}


def test_errors_are_in_the_callers_language() -> None:
    answer = Door(language="zh-CN").post(f"{AUTH}/signup", NEW | {"password": "short12"})
    assert "密码" in answer.data["errors"][0]["message"]


def test_a_closed_house_takes_no_strangers(settings: Any) -> None:
    settings.GUANXI_SIGN_UP_OPEN = False
    assert Door().post(f"{AUTH}/signup", NEW).status_code == 403
    assert not User.objects.exists()


def test_with_mail_a_taken_address_looks_like_a_new_one(firm: Firm, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    fresh = Door().post(f"{AUTH}/signup", NEW)
    taken = Door().post(f"{AUTH}/signup", NEW | {"email": firm.admin.email})
    assert (fresh.status_code, fresh.data) == (taken.status_code, taken.data)


@pytest.mark.asvs("6.3.8")
def test_nothing_that_follows_tells_them_apart_either(
    firm: Firm, settings: Any, deliver: Any, mailoutbox: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    heard = []
    for email in ("new@firm.example", firm.admin.email):
        door, again = Door(), Door()
        answers = [door.post(f"{AUTH}/signup", NEW | {"email": email, "password": "mine alone 77 x"})]
        answers.append(door.get(f"{AUTH}/session"))
        answers.append(door.post(f"{AUTH}/email/verify/resend"))
        answers += [again.sign_in(email, "mine alone 77 x") for _ in range(7)]
        answers.append(again.get(f"{AUTH}/session"))
        answers.append(again.post(f"{AUTH}/password/request", {"email": email}))
        answers.append(Door().post(f"{AUTH}/signup", NEW | {"email": email, "password": "mine alone 77 x"}))
        heard.append([(answer.status_code, answer.data) for answer in answers])
    assert heard[0] == heard[1]
    deliver()
    # Only the mails tell: one asks to confirm, the other says that there is an account.
    subjects = {(mail.to[0], mail.subject) for mail in mailoutbox}
    assert (firm.admin.email, "You already have an account") in subjects
    assert ("new@firm.example", "Please confirm your e-mail address") in subjects


def test_the_new_address_is_confirmed_by_mail_where_there_is_mail(
    settings: Any, deliver: Any, mailoutbox: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    door = Door(language="zh-CN")
    assert door.post(f"{AUTH}/signup", NEW).status_code == 401
    early = Door().sign_in("new@firm.example")
    assert (early.status_code, "open the link in our mail" in early.data["errors"][0]["message"]) == (
        400,
        True,
    )
    deliver()
    [mail, *_] = mailoutbox
    assert mail.subject == "请确认你的邮箱地址"
    assert mail.to == ["new@firm.example"]
    key = unquote(mail.body.partition("/verify-email/")[2].split()[0])
    door.post(f"{AUTH}/email/verify", {"key": key})
    assert door.sign_in("new@firm.example").status_code == 200
