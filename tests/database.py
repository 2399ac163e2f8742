"""The database of a test process: a copy of a template that is migrated once.

*How it works*: the template's name carries a fingerprint of everything that shapes it (migrations,
policies, versions); it is made by whichever process comes first. Each process copies it, and signs in
to its copy as the restricted role: tests run behind the same walls as the product.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

import guanxi
from guanxi.config.database import app_login, connect, django_database, owner_login
from guanxi.config.embedded import EmbeddedServer
from guanxi.config.env import get_env
from guanxi.config.upgrade import upgrade

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "1GB"}
# Filled by migrations, not by tests.
KEPT = {"django_migrations", "django_content_type", "auth_permission", "guanxi_upgrade", "audit_epoch"}


@contextmanager
def own_database() -> Iterator[None]:
    """Have Django use a fresh copy of the template, as the restricted role."""
    env = get_env()
    with EmbeddedServer(env.folder, extra_settings=FAST).use():
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        name = f"test_{worker}_{os.getpid()}"
        with open(env.folder / "template.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            template = _ensure_template()
            with connect(owner_login(env)) as owner:
                _drop_left_over(owner)
                owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*_names(name, template)))
        _use(name, as_owner=False)
        try:
            yield
        finally:
            connection.close()
            with connect(owner_login(env)) as owner:
                owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(*_names(name)))


def empty(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Empty every table that tests fill (after tests that commit)."""
    rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    tables = [str(name) for (name,) in rows if name not in KEPT]
    owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(_names(*tables))))


def _ensure_template() -> str:
    env = get_env()
    template = f"template_{_fingerprint()}"
    building = f"building_{os.getpid()}"
    with connect(owner_login(env)) as owner:
        known = [str(name) for (name,) in owner.execute("SELECT datname FROM pg_database").fetchall()]
        if template in known:
            return template
        for old in known:
            if old.startswith(("template_", "building_")):
                owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(*_names(old)))
        owner.execute(sql.SQL("CREATE DATABASE {}").format(*_names(building)))
        _use(building, as_owner=True)
        upgrade(env, settings.GUANXI_APP_ROLE, database=building)
        connection.close()
        owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*_names(building, template)))
    return template


def _use(name: str, *, as_owner: bool) -> None:
    env = get_env()
    login = owner_login(env) if as_owner else app_login(env)
    connection.close()
    connection.settings_dict.update(django_database(env, login | {"dbname": name}))
    connection.settings_dict["CONN_MAX_AGE"] = 0


def _drop_left_over(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        if not psutil.pid_exists(int(str(name).rpartition("_")[2])):
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(*_names(str(name))))


def _names(*names: str) -> list[sql.Identifier]:
    return [sql.Identifier(name) for name in names]


def _fingerprint() -> str:
    package = Path(guanxi.__file__).parent
    shaping = [
        *sorted(package.rglob("migrations/*.py")),
        *(package / "engine" / "tenancy" / name for name in ("row_security.py", "leakproof.py")),
        package / "config" / "upgrade.py",
        package / "engine" / "audit" / "epochs.py",
    ]
    digest = hashlib.sha256()
    for path in shaping:
        digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for name in ("django", "procrastinate", "django-allauth"):
        digest.update(version(name).encode())
    return digest.hexdigest()[:16]
