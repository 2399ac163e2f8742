"""Where the database is and who signs in to it.

*How it works*: two logins reach one database. The **owner** migrates and does nothing else; the
restricted **app** role (`guanxi_app`: no superuser, no BYPASSRLS, owner of nothing) serves web and
worker, so that row-level security holds for them. Embedded, both are local to the socket in
GUANXI_HOME and need no password. External, DATABASE_URL is the owner's login; the role is made by
`ensure_app_role` with a password derived from the secret key, or given in GUANXI_APP_DATABASE_URL.

*Rules*: nothing that serves people signs in as the owner; no password is printed or logged.

*See*: embedded.py, engine/tenancy/row_security.py, docs/adr/0003-row-level-security.md.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from guanxi.config.console import Stop
from guanxi.config.embedded import EMBEDDED_DATABASE, OWNER_ROLE, make_home, socket_folder
from guanxi.config.env import Env
from guanxi.kit.text import Text

APP_ROLE = "guanxi_app"
OLDEST_SERVER = 15
CONNECT_SECONDS = 5

Login = dict[str, Any]


def secret_key(env: Env) -> str:
    """GUANXI_SECRET_KEY, or the one kept in GUANXI_HOME, made at first use."""
    if env.secret_key:
        return env.secret_key
    kept = env.folder / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        return _make_secret_key(kept)


def _make_secret_key(kept: Path) -> str:
    make_home(kept.parent)
    fresh = kept.with_name(f"secret_key.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        # link() fails when another process was first, and never leaves a half-written key behind.
        os.link(fresh, kept)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return kept.read_text().strip()


def owner_login(env: Env) -> Login:
    """Connection parameters of the owner."""
    if env.is_embedded:
        return {"host": str(socket_folder(env.folder)), "dbname": EMBEDDED_DATABASE, "user": OWNER_ROLE}
    return _login_of(env.database_url)


def app_login(env: Env) -> Login:
    """Connection parameters of the restricted role."""
    if env.is_embedded:
        return owner_login(env) | {"user": APP_ROLE}
    if env.app_database_url:
        return _login_of(env.app_database_url)
    return _login_of(env.database_url) | {"user": APP_ROLE, "password": _app_password(env)}


def _login_of(url: str) -> Login:
    return {key: value for key, value in conninfo_to_dict(url).items() if value is not None}


def _app_password(env: Env) -> str:
    return hmac.new(secret_key(env).encode(), b"guanxi database role", hashlib.sha256).hexdigest()


def django_database(env: Env, login: Login) -> dict[str, Any]:
    """The entry of Django's DATABASES for `login`; the web part gets a pool of connections."""
    rest = {key: value for key, value in login.items() if key not in _DJANGO_KEYS}
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": f"guanxi-{env.part}",
        **rest,
    }
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options}
    entry |= {name: str(login.get(key, "")) for key, name in _DJANGO_KEYS.items()}
    if env.part == "web":
        # Each request runs on a thread of its own, so connections outlive requests only in a pool.
        # An attempt to reconnect is given up soon: the next request begins a new one, where a long one would
        # wait ever longer between its tries and come late when the server is back.
        options["pool"] = {
            "min_size": 2, "max_size": env.database_pool, "timeout": 10, "max_idle": 120, "reconnect_timeout": 1,
        }  # fmt: skip
    else:
        entry["CONN_MAX_AGE"] = 300
        entry["CONN_HEALTH_CHECKS"] = True
    return entry


_DJANGO_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def connect(login: Login) -> psycopg.Connection[Any]:
    """A connection in autocommit; raises Stop with one sentence when the database cannot be reached."""
    try:
        return psycopg.connect(**{"connect_timeout": CONNECT_SECONDS, **login}, autocommit=True)
    except psycopg.OperationalError as error:
        raise Stop(_UNREACHABLE, place=_place(login), reason=reason_of(error)) from error


def check_server(connection: psycopg.Connection[Any]) -> None:
    """Raises Stop when the server is older than we support."""
    major = connection.info.server_version // 10000
    if major < OLDEST_SERVER:
        raise Stop(_TOO_OLD, found=major, needed=OLDEST_SERVER)


def ensure_app_role(env: Env) -> None:
    """Create the restricted role where it is missing; raises Stop when that is not possible."""
    with connect(owner_login(env)) as owner:
        check_server(owner)
        if env.is_embedded:
            if not _role_exists(owner):
                owner.execute(_role_statement("CREATE"))
        elif not env.app_database_url and not _can_sign_in(env):
            _make_external_role(owner, env)
    with connect(app_login(env)) as app:
        _check_restricted(app)


def _make_external_role(owner: psycopg.Connection[Any], env: Env) -> None:
    verb = "ALTER" if _role_exists(owner) else "CREATE"
    statement = _role_statement(verb) + sql.SQL(" PASSWORD {}").format(sql.Literal(_app_password(env)))
    try:
        owner.execute(statement)
        database = sql.Identifier(owner.info.dbname)
        owner.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APP_ROLE))
        )
    except psycopg.errors.InsufficientPrivilege as error:
        raise Stop(_MAY_NOT_CREATE_ROLE, role=APP_ROLE) from error


def _role_statement(verb: str) -> sql.Composed:
    rights = " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
    # A role that is there already keeps its other attributes: altering them needs a superuser.
    tail = rights if verb == "CREATE" else " LOGIN"
    return sql.SQL(verb + " ROLE {}" + tail).format(sql.Identifier(APP_ROLE))


def _role_exists(owner: psycopg.Connection[Any]) -> bool:
    return owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone() is not None


def _can_sign_in(env: Env) -> bool:
    try:
        connect(app_login(env)).close()
    except Stop:
        return False
    return True


def _check_restricted(app: psycopg.Connection[Any]) -> None:
    """The whole of row-level security rests on this role being restricted: refuse any other."""
    row = app.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR"
        " (SELECT datdba FROM pg_database WHERE datname = current_database()) = r.oid"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    if row is None or row[1]:
        raise Stop(_NOT_RESTRICTED, role=row[0] if row else APP_ROLE)


def _place(login: Login) -> str:
    host = login.get("host", "localhost")
    port = f":{login['port']}" if login.get("port") else ""
    return f"{host}{port}/{login.get('dbname', '')}"


def reason_of(error: Exception) -> str:
    """What went wrong with a connection, in few words: libpq repeats the address before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = next(
        (line for line in lines if "failed: " in line), lines[0] if lines else type(error).__name__
    )
    return telling.rpartition("failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")


_UNREACHABLE = Text(
    "连不上数据库 {place}：{reason}。请检查 DATABASE_URL，并确认数据库服务器已启动、网络可达。",
    "The database at {place} cannot be reached: {reason}. "
    "Check DATABASE_URL, and that the server is running and reachable.",
)
_TOO_OLD = Text(
    "数据库是 PostgreSQL {found}，而 Guanxi 需要 {needed} 或更新的版本。请升级数据库。",
    "The database is PostgreSQL {found}; Guanxi needs {needed} or newer. Please upgrade the server.",
)
_MAY_NOT_CREATE_ROLE = Text(
    "DATABASE_URL 的用户无权创建受限角色。请让数据库管理员执行 "
    "CREATE ROLE {role} LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS，"
    "并把它的登录地址填入 GUANXI_APP_DATABASE_URL。",
    "The user of DATABASE_URL may not create the restricted role. Ask the database administrator to run "
    "CREATE ROLE {role} LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS, "
    "and put that login into GUANXI_APP_DATABASE_URL.",
)
_NOT_RESTRICTED = Text(
    "数据库角色 {role} 是超级用户、库的所有者或带有 BYPASSRLS，行级安全对它不起作用。"
    "请在 GUANXI_APP_DATABASE_URL 里填一个普通角色。",
    "The database role {role} is a superuser, owns the database or has BYPASSRLS, "
    "so row-level security does not hold for it. Put an ordinary role into GUANXI_APP_DATABASE_URL.",
)
