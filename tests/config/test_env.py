"""Settings are typed, and wrong ones are named."""

from pathlib import Path

import pytest

from guanxi.config import settings_page
from guanxi.config.env import Env, WrongSettings, list_settings

ROOT = Path(__file__).parent.parent.parent


def test_without_any_variable_the_defaults_hold() -> None:
    env = Env.read({})
    assert (env.host, env.port, env.is_embedded, env.url) == (
        "127.0.0.1",
        8000,
        True,
        "http://127.0.0.1:8000",
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Env.read({"GUANXI_PORT": " ", "DATABASE_URL": ""}) == Env.read({})


def test_every_wrong_value_is_named_in_both_languages() -> None:
    with pytest.raises(WrongSettings) as raised:
        Env.read({"GUANXI_PORT": "80800", "GUANXI_SIGN_UP": "maybe", "GUANXI_DEBUG": "on"})
    port, sign_up = raised.value.sentences
    assert "GUANXI_PORT" in port.en
    assert "80800" in port.zh
    assert "from 1 to 65535" in port.en
    assert "one of open, closed" in sign_up.en


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUANXI_PUBLIC_URL", "crm.example.com"),
        ("GUANXI_PUBLIC_URL", "https://crm.example.com/path"),
        ("GUANXI_PUBLIC_URL", "https://crm.example.com:99999"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql://host"),
        ("GUANXI_EMAIL_URL", "mail.example.com"),
        ("GUANXI_SECRET_KEY", "short"),
        ("GUANXI_WEB_PROCESSES", "-1"),
        ("GUANXI_TRUSTED_PROXIES", "two"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: str) -> None:
    with pytest.raises(WrongSettings, match=name):
        Env.read({name: value})


@pytest.mark.asvs("16.2.5")
def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(WrongSettings) as raised:
        Env.read({"DATABASE_URL": "mysql://user:hunter2@host/db"})
    assert "hunter2" not in str(raised.value) + raised.value.sentences[0].zh


def test_the_page_of_settings_is_up_to_date() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page.render()


def test_every_setting_is_explained_in_both_languages() -> None:
    for setting in list_settings():
        assert setting.doc.zh
        assert setting.doc.en
        assert setting.doc.zh != setting.doc.en
