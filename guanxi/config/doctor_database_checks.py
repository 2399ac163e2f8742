"""The checks of `guanxi doctor` that ask the database.

*Rules*: see doctor.py. The rows of workspaces are behind their walls here as everywhere.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.hashers import check_password as password_matches
from django.db import OperationalError, connection

from guanxi.config.database import reason_of
from guanxi.config.diagnosis import Check, Status
from guanxi.config.env import get_env
from guanxi.config.home import is_up
from guanxi.config.job_recovery import STALLED_SECONDS
from guanxi.config.upgrade import is_up_to_date
from guanxi.engine.audit.state import look_at_seals
from guanxi.engine.tenancy import leakproof, row_security
from guanxi.kit.text import Text

MOST_CLOCK_SECONDS = 2.0
MOST_UNSEALED_MINUTES = 15

_DATABASE = Text("数据库", "Database")
_MIGRATIONS = Text("数据库版本", "Migrations")
_ROW_SECURITY = Text("工作区隔离", "Row-level security")
_LEAKPROOF = Text("索引与隔离", "Indexes behind the walls")
_WORKER = Text("后台任务", "Worker")
_JOBS = Text("失败的任务", "Failed jobs")
_SEAL = Text("审计封存", "Seal of the audit")
_CLOCK = Text("时钟", "Clock")
_DEMO = Text("示例账号", "Sample account")


def _raw() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def _value(statement: str, *values: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        row = cursor.fetchone()
    return row[0] if row else None


def database() -> Check:
    """The server answers, and quickly."""
    try:
        _raw()
    except OperationalError as error:
        reason = reason_of(error)
        advice = Text(
            "请检查 DATABASE_URL 和数据库服务器；新装的系统请先执行 guanxi up。",
            "Check DATABASE_URL and the server; on a new installation, run guanxi up first.",
        )
        return Check("database", _DATABASE, "fail", Text.of("{reason}"), advice, {"reason": reason})
    began = time.perf_counter()
    version = _value("SELECT current_setting('server_version')")
    values = {"version": version, "ms": round((time.perf_counter() - began) * 1000, 1)}
    found = Text("PostgreSQL {version}，{ms} 毫秒内应答", "PostgreSQL {version}, answers in {ms} ms")
    return Check("database", _DATABASE, "ok", found, values=values)


def migrations() -> Check:
    """The tables are those of this version."""
    if is_up_to_date():
        return Check("migrations", _MIGRATIONS, "ok", Text("已是最新", "up to date"))
    advice = Text(
        "请停止 Guanxi，执行 guanxi migrate，再重新启动。",
        "Stop Guanxi, run guanxi migrate and start it again.",
    )
    return Check("migrations", _MIGRATIONS, "fail", Text("与程序不一致", "not those of this version"), advice)


def row_level_security() -> Check:
    """Every table of workspaces is walled in, and this role is bound by the walls."""
    open_tables = row_security.find_unprotected(_raw())
    role = _value("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    key = "row_security"
    if role:
        found = Text(
            "登录的角色 {role} 不受隔离约束", "the role {role} that signs in is not bound by the walls"
        )
        advice = Text(
            "请在 GUANXI_APP_DATABASE_URL 里填一个普通角色。",
            "Put an ordinary role into GUANXI_APP_DATABASE_URL.",
        )
        return Check(key, _ROW_SECURITY, "fail", found, advice, {"role": _value("SELECT current_user")})
    if open_tables:
        found = Text("这些表没有隔离：{tables}", "these tables have no wall: {tables}")
        advice = Text("请执行 guanxi migrate。", "Run guanxi migrate.")
        return Check(key, _ROW_SECURITY, "fail", found, advice, {"tables": ", ".join(open_tables)})
    return Check(
        key, _ROW_SECURITY, "ok", Text("所有工作区的表都已隔离", "every workspace's table is walled in")
    )


def leakproof_operators() -> Check:
    """The walls do not switch indexes off."""
    leaky = leakproof.find_leaky(_raw())
    if not leaky:
        found = Text("索引在隔离下照常使用（leakproof 已设置）", "indexes are used (leakproof is set)")
        return Check("leakproof", _LEAKPROOF, "ok", found)
    found = Text(
        "{count} 个函数没有标为 leakproof，数据多时自定义字段筛选和搜索会变慢",
        "{count} functions are not marked leakproof; filters on custom fields and search grow slow with data",
    )
    advice = Text(
        "请让数据库超级用户对本库执行一次 guanxi migrate，或执行：{statement} 等",
        "Have a superuser of the database run guanxi migrate once, or statements such as: {statement}",
    )
    values = {"count": len(leaky), "statement": f"ALTER FUNCTION {leaky[0]} LEAKPROOF;"}
    return Check("leakproof", _LEAKPROOF, "warn", found, advice, values)


def worker() -> Check:
    """A worker has reported lately."""
    seconds = _value("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
    if seconds is not None and seconds < STALLED_SECONDS:
        found = Text("{seconds} 秒前报到过", "reported {seconds} s ago")
        return Check("worker", _WORKER, "ok", found, values={"seconds": round(float(seconds))})
    env = get_env()
    if env.is_embedded and not is_up(env.folder):
        found = Text("没有运行（Guanxi 没有启动）", "not running (Guanxi is not started)")
        return Check(
            "worker", _WORKER, "warn", found, Text("请用 guanxi up 启动。", "Start it with guanxi up.")
        )
    found = Text("没有后台任务进程报到", "no worker has reported")
    advice = Text(
        "请看 guanxi up 的输出；多台机器时，请至少在一台上运行 guanxi worker。",
        "Look at the output of guanxi up; with several machines, run guanxi worker on at least one.",
    )
    return Check("worker", _WORKER, "fail", found, advice)


def failed_jobs() -> Check:
    """Jobs that gave up in the last week."""
    count = _value(
        "SELECT count(DISTINCT j.id) FROM procrastinate_jobs j"
        " JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'"
        " WHERE j.status = 'failed' AND e.at > now() - interval '7 days'"
    )
    if not count:
        return Check("jobs", _JOBS, "ok", Text("最近 7 天没有", "none in the last 7 days"))
    found = Text("最近 7 天有 {count} 个", "{count} in the last 7 days")
    advice = Text("原因写在后台任务的日志里。", "The worker's log says why.")
    return Check("jobs", _JOBS, "warn", found, advice, {"count": count})


def clock() -> Check:
    """This machine and the database agree on the time."""
    before = datetime.now(UTC)
    there: datetime = _value("SELECT clock_timestamp()")
    middle = before + (datetime.now(UTC) - before) / 2
    seconds = abs((there - middle).total_seconds())
    if seconds <= MOST_CLOCK_SECONDS:
        return Check("clock", _CLOCK, "ok", Text("与数据库一致", "agrees with the database"))
    found = Text("与数据库相差 {seconds} 秒", "{seconds} s off the database's")
    advice = Text(
        "请在两台机器上打开时间同步（NTP）。", "Switch on time synchronisation (NTP) on both machines."
    )
    return Check("clock", _CLOCK, "fail", found, advice, {"seconds": round(seconds)})


def seal() -> Check:
    """The audit is sealed minute by minute, and the last verification found nothing."""
    state = look_at_seals()
    values: dict[str, object] = {"count": len(state.trouble), "minutes": state.minutes}
    if state.trouble:
        found = Text("{count} 个工作区的封存对不上", "the seal of {count} workspaces does not fit")
        advice = Text(
            "请执行 guanxi audit verify 查看是哪一条；若刚恢复过备份，请执行 guanxi audit accept。",
            "Run guanxi audit verify to see which entry; after restoring a backup, run guanxi audit accept.",
        )
        return Check("seal", _SEAL, "fail", found, advice, values)
    if state.minutes > MOST_UNSEALED_MINUTES:
        found = Text("有 {minutes} 分钟没有封存", "nothing has been sealed for {minutes} minutes")
        advice = Text(
            "请确认后台任务在运行；很久不结束的数据库事务也会推迟封存。",
            "See that a worker is running; a transaction that does not end holds the seal back too.",
        )
        return Check("seal", _SEAL, "warn", found, advice, values)
    return Check(
        "seal", _SEAL, "ok", Text("逐分钟封存，与库外的封存文件一致", "sealed, and as the file outside says")
    )


def demo_account() -> Check:
    """Nobody signs in with the password that everybody knows."""
    key = "demo_account"
    password = _value(
        "SELECT password FROM app_user WHERE email = %s AND is_active", settings.GUANXI_DEMO_EMAIL
    )
    if not password or not password_matches(settings.GUANXI_DEMO_PASSWORD, password):
        return Check(key, _DEMO, "ok", Text("没有人使用公开的密码", "nobody uses the published password"))
    found = Text("{email} 的密码是公开的", "the password of {email} is public")
    advice = Text(
        "请改掉它的密码，或停用这个账号。",
        "Change its password, or disable the account.",
    )
    status: Status = "fail" if get_env().production else "warn"
    return Check(key, _DEMO, status, found, advice, {"email": settings.GUANXI_DEMO_EMAIL})


CHECKS: tuple[tuple[Text, Callable[[], Check]], ...] = (
    (_MIGRATIONS, migrations),
    (_ROW_SECURITY, row_level_security),
    (_LEAKPROOF, leakproof_operators),
    (_WORKER, worker),
    (_JOBS, failed_jobs),
    (_SEAL, seal),
    (_CLOCK, clock),
    (_DEMO, demo_account),
)
