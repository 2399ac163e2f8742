"""How the program signs in to an external database: accounts of its own, by certificate where the operator says so."""

from pathlib import Path

import pytest

from guanxi.config.database import APP_ROLE, app_login, django_database, owner_login
from guanxi.config.env import Env

OWNER = "postgresql://keeper:first@db.example:5432/guanxi?sslmode=verify-full"
BY_CERTIFICATE = (
    "postgresql://guanxi_app@db.example/guanxi?sslmode=verify-full&sslcert=/run/app.crt"
    "&sslkey=/run/app.key&sslrootcert=/run/ca.crt"
)


@pytest.mark.asvs("13.2.1")
def test_a_certificate_takes_the_place_of_the_password(tmp_path: Path) -> None:
    env = Env.read(
        {"GUANXI_HOME": str(tmp_path), "DATABASE_URL": OWNER, "GUANXI_APP_DATABASE_URL": BY_CERTIFICATE}
    )
    login = app_login(env)
    assert "password" not in login, "none is made up beside the certificate"
    entry = django_database(env, login)
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"]) == (APP_ROLE, "", "db.example")
    kept = ("sslmode", "sslcert", "sslkey", "sslrootcert")
    assert [entry["OPTIONS"][name] for name in kept] == [
        "verify-full",
        "/run/app.crt",
        "/run/app.key",
        "/run/ca.crt",
    ]


@pytest.mark.asvs("13.2.1")
def test_the_account_that_serves_people_is_never_the_owners(tmp_path: Path) -> None:
    env = Env.read({"GUANXI_HOME": str(tmp_path), "DATABASE_URL": OWNER, "GUANXI_SECRET_KEY": "k" * 50})
    owner, app = owner_login(env), app_login(env)
    assert (owner["user"], app["user"]) == ("keeper", APP_ROLE)
    assert app["password"] != owner["password"]
    other = Env.read({"GUANXI_HOME": str(tmp_path), "DATABASE_URL": OWNER, "GUANXI_SECRET_KEY": "x" * 50})
    assert app_login(other)["password"] != app["password"], "each installation has one of its own"
    embedded = Env.read({"GUANXI_HOME": str(tmp_path)})
    assert "password" not in app_login(embedded), "a socket in a folder that is closed to others needs none"
