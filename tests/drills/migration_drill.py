"""An upgrade beside people at work: no request fails, and nobody waits for a lock longer than two seconds.

Each round applies five steps to a large table, of the kinds that releases bring (a column, an index, a check that
is validated later, a table that refers to it, a backfill by portions), by the code that upgrades every
installation, while two firms write and a report holds the table for longer than anybody may wait.
"""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from guanxi.config.embedded import EMBEDDED_DATABASE, OWNER_ROLE, socket_folder
from tests.drills.ledger import Report
from tests.drills.load import Load
from tests.drills.site import SETTINGS as SITE_SETTINGS
from tests.drills.site import Site
from tests.product import environment

DEFAULT_ROUNDS = 3
FEW_ROUNDS = 1
DEFAULT_ROWS = 100_000
FEW_ROWS = 5_000
LONGEST_WAIT_SECONDS = 2.0
REPORT_SECONDS = 3.0
MOST_REPORT_SECONDS = 45.0
APP = "drill_steps"

STEPS = {
    "0001_column": ('ALTER TABLE customer ADD COLUMN drill_note text NOT NULL DEFAULT \'\'', True),
    "0002_index": ("CREATE INDEX CONCURRENTLY drill_index ON customer (drill_note)", False),
    "0003_check": ("ALTER TABLE customer ADD CONSTRAINT drill_check CHECK (drill_note <> 'x') NOT VALID", True),
    "0004_validate": ("ALTER TABLE customer VALIDATE CONSTRAINT drill_check", True),
    "0005_table": ("CREATE TABLE drill_thing (id bigint PRIMARY KEY, workspace_id uuid NOT NULL, customer_id uuid NOT NULL REFERENCES customer (id))", True),
}  # fmt: skip
BACKFILL = """
from django.db import migrations

def fill(apps, editor):
    with editor.connection.cursor() as db:
        while True:
            db.execute("WITH picked AS (SELECT id FROM customer WHERE drill_note = '' LIMIT 2000 FOR UPDATE SKIP LOCKED)"
                       " UPDATE customer c SET drill_note = 'filled' FROM picked WHERE c.id = picked.id")
            if db.rowcount < 2000:
                return

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("drill_steps", "0005_table")]
    operations = [migrations.RunPython(fill)]
"""
UPGRADE = (
    "import django; django.setup(); from django.conf import settings; from guanxi.config.env import get_env;"
    "from guanxi.config.upgrade import upgrade; print(upgrade(get_env(), settings.GUANXI_APP_ROLE))"
)


def run(site: Site, rounds: int, rows: int | None = None) -> Report:
    """So many upgrades of a table with so many rows."""
    report = Report("migration", rounds)
    folder = _write_steps(site.product.home.parent / "steps")
    with _owner(site) as owner:
        report.figures["rows"] = _fill(
            site, owner, rows or (FEW_ROWS if rounds <= FEW_ROUNDS else DEFAULT_ROWS)
        )
        watch = Watch(site)
        with Load(site, imports=False) as load:
            load.wait_for_progress(30)
            for number in range(rounds):
                began = time.monotonic()
                with Reporting(site, watch):
                    done = _upgrade(site, folder)
                report.figures[f"upgrade {number}, s"] = round(time.monotonic() - began, 1)
                report.expect(
                    done.stdout.strip() == "6", f"upgrade {number}: {done.stdout}{done.stderr}"[:600]
                )
                load.wait_for_progress(30)
                if number + 1 < rounds:
                    _take_back(owner)
        longest = watch.stop()
        _take_back(owner)
    report.faults += load.faults + [f"instead of an answer: {how}" for how in load.told]
    report.books = load.settle()
    report.expect(watch.has_upgrade_waited, "the upgrade never met the report: nothing was shown")
    report.figures["longest wait for a lock, s"] = round(longest, 2)
    report.figures["slowest write, s"] = round(max(seconds for _, seconds in load.answers), 2)
    report.figures["writes"] = len(load.answers)
    report.expect(longest <= LONGEST_WAIT_SECONDS, f"somebody waited {longest:.1f} s for a lock")
    return report


def _owner(site: Site) -> "psycopg.Connection[Any]":
    return psycopg.connect(
        host=str(socket_folder(site.product.home)), dbname=EMBEDDED_DATABASE, user=OWNER_ROLE, autocommit=True
    )


class Reporting:
    """A report that reads the table in one long transaction."""

    def __init__(self, site: Site, watch: "Watch") -> None:
        self._site, self._watch, self._begun = site, watch, threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()
        assert self._begun.wait(30)

    def __exit__(self, *_: object) -> None:
        self._thread.join(60)

    def _read(self) -> None:
        with _owner(self._site) as reader, reader.transaction():
            reader.execute("SELECT count(*) FROM customer")
            self._begun.set()
            deadline = time.monotonic() + MOST_REPORT_SECONDS
            while not self._watch.has_upgrade_waited and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(REPORT_SECONDS)


class Watch:
    """Looks who of those served waits for a table, and for how long."""

    def __init__(self, site: Site) -> None:
        self._site, self._over, self._longest = site, threading.Event(), 0.0
        self.has_upgrade_waited = False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The longest wait seen, in seconds."""
        self._over.set()
        self._thread.join(10)
        return self._longest

    def _look(self) -> None:
        with _owner(self._site) as owner:
            while not self._over.wait(0.05):
                rows = owner.execute(
                    "SELECT a.usename, max(extract(epoch FROM clock_timestamp() - l.waitstart))::float"
                    " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                    " WHERE NOT l.granted AND l.locktype = 'relation' GROUP BY 1"
                ).fetchall()
                waited = {name: seconds or 0.0 for name, seconds in rows}
                self.has_upgrade_waited |= OWNER_ROLE in waited
                self._longest = max(self._longest, waited.get("guanxi_app", 0.0))


def _fill(site: Site, owner: "psycopg.Connection[Any]", rows: int) -> int:
    """Copies of one customer, behind the product's back: it is their number that counts."""
    program = site.program()
    made = program.good("POST", "/customer", {"name": "copied"})["id"]
    program.close()
    names = [
        name for (name,) in owner.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' AND attidentity = ''"
        ).fetchall()
    ]  # fmt: skip
    values = ["gen_random_uuid()" if name == "id" else f'c."{name}"' for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    done = owner.execute(
        f"INSERT INTO customer ({listed}) SELECT {', '.join(values)}"
        " FROM customer c, generate_series(1, %s) WHERE c.id = %s", [rows, made],
    )  # fmt: skip
    owner.execute("ANALYZE customer")
    return done.rowcount


def _write_steps(folder: Path) -> Path:
    migrations = folder / APP / "migrations"
    migrations.mkdir(parents=True, exist_ok=True)
    for package in (migrations, migrations.parent):
        (package / "__init__.py").touch()
    (folder / "drill_settings.py").write_text(
        f"from guanxi.config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, {APP!r}]\n"
    )
    before = "[]"
    for name, (statement, is_atomic) in STEPS.items():
        (migrations / f"{name}.py").write_text(
            "from django.db import migrations\n\nclass Migration(migrations.Migration):\n"
            f"    atomic = {is_atomic}\n    dependencies = {before}\n"
            f"    operations = [migrations.RunSQL({statement!r})]\n"
        )
        before = f"[({APP!r}, {name!r})]"
    (migrations / "0006_backfill.py").write_text(BACKFILL)
    return folder


def _upgrade(site: Site, folder: Path) -> "subprocess.CompletedProcess[str]":
    settings = SITE_SETTINGS | {
        "PYTHONPATH": f"{SITE_SETTINGS['PYTHONPATH']}:{folder}",
        "DJANGO_SETTINGS_MODULE": "drill_settings",
        "GUANXI_DB_ROLE": "owner",
    }
    return subprocess.run(
        [sys.executable, "-c", UPGRADE], env=environment(site.product.home, **settings),
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def _take_back(owner: "psycopg.Connection[Any]") -> None:
    owner.execute("SET lock_timeout = '1s'")
    for statement in (
        "DROP TABLE IF EXISTS drill_thing",
        "DROP INDEX CONCURRENTLY IF EXISTS drill_index",
        "ALTER TABLE customer DROP COLUMN IF EXISTS drill_note",
        f"DELETE FROM django_migrations WHERE app = '{APP}'",
    ):
        for _ in range(30):
            try:
                owner.execute(statement)
                break
            except psycopg.errors.LockNotAvailable:
                time.sleep(0.5)
