"""Backing up and bringing back a million customers with their journal and search.

Ours: `guanxi backup`, `backup verify` and `restore` as processes of their own, seals, checks and checksums
included. The floor of a backup: pg_dump of the same database (custom format, the same compression), which
neither encrypts nor sums up. The floor of a restore: pg_restore of that dump on all cores into the same
kind of server, durable as it comes. Targets are absolute: 60 s and 120 s.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import records_case
from bench.measuring import Report, conditions
from bench.place import filled
from guanxi.config.backup import programs
from guanxi.config.database import connect, owner_login
from guanxi.config.embedded import EmbeddedServer
from guanxi.config.env import get_env

DEFAULT_ROWS = 1000000


def run(rows: int) -> Report:
    """Fill once; back up, verify, restore; then the floors."""
    env = get_env()
    scratch = env.folder.parent / f"{env.folder.name}-copies"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o755)
    try:
        with filled(lambda: records_case.fill(rows)):
            with connect(owner_login(env)) as owner:
                row = owner.execute("SELECT pg_database_size(current_database()) / 1048576").fetchone()
            report = Report(
                "backup",
                conditions(customers=rows, database_mb=row[0] if row else 0, load=os.getloadavg()[0]),
            )
            made = _guanxi("backup", "--to", str(scratch))
            dump = scratch / "dump"
            login = owner_login(env)
            floor = _timed(
                lambda: programs.run(
                    programs.find("pg_dump", 18), login, "-Fc", "--compress=gzip:1", f"--file={dump}"
                )
            )
            report.add("backup", made, floor, "s")
            file = next(scratch.glob("*.gxb"))
            report.add("size", file.stat().st_size / 1024**2, dump.stat().st_size / 1024**2, "MB")
            report.add("verify", _guanxi("backup", "verify", str(file)), None, "s")
        key = str(env.folder / "backup_key")
        home = scratch / "home"
        restored = _guanxi("restore", str(file), "--home", str(home), "--key-file", key)
        shutil.rmtree(home)
        report.add("restore", restored, _restore_floor(dump, scratch / "floor"), "s")
        return report
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _guanxi(*arguments: str) -> float:
    def work() -> None:
        subprocess.run([sys.executable, "-m", "guanxi", *arguments], check=True, stdout=subprocess.DEVNULL)

    return _timed(work)


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _restore_floor(dump: Path, home: Path) -> float:
    env = replace(get_env(), home=home)
    with EmbeddedServer(home).use():
        with connect(owner_login(env)) as owner:
            owner.execute("CREATE ROLE guanxi_app LOGIN")
        program = programs.find("pg_restore", 18)
        jobs = f"--jobs={max(2, os.cpu_count() or 1)}"
        return _timed(lambda: programs.run(program, owner_login(env), jobs, str(dump)))
