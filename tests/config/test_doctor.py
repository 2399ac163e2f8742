"""What `guanxi doctor` finds, and what it says to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from guanxi.config import doctor_checks, doctor_database_checks, home
from guanxi.config.diagnosis import Check
from guanxi.config.doctor import run_checks

pytestmark = pytest.mark.django_db


def _found(key: str) -> Check:
    return next(check for check in run_checks() if check.key == key)


def test_every_check_speaks_both_languages_and_advises_when_something_is_wrong() -> None:
    checks = run_checks()
    assert len({check.key for check in checks}) == len(checks)
    for check in checks:
        for locale in ("zh-CN", "en"):
            told = check.as_json(locale)
            assert told["label"]
            assert "{" not in f"{told['found']}{told['advice']}"
            assert bool(told["advice"]) == (check.status != "ok"), told


@pytest.mark.parametrize("key", ["database", "migrations", "row_security", "leakproof", "clock", "jobs"])
def test_a_fresh_database_is_fine(key: str) -> None:
    assert _found(key).status == "ok"


def test_the_worker_is_fine_once_it_reports() -> None:
    assert _found("worker").status == "warn"  # no `guanxi up` runs on the home of the tests
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert _found("worker").status == "ok"


def test_a_full_disk_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "free_mb", lambda home: 12)
    assert doctor_checks.disk().status == "fail"


def test_a_misspelt_variable_is_named_with_what_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANXI_PROT", "9000")
    told = doctor_checks.settings().as_json("en")
    assert "GUANXI_PROT" in str(told["found"])
    assert "GUANXI_PORT" in str(told["advice"])


def test_no_chinese_font_is_a_warning_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_checks, "find_cjk_font", lambda: None)
    told = doctor_checks.fonts().as_json("zh-CN")
    assert told["status"] == "warn"
    assert "fonts-wqy-microhei" in str(told["advice"])


def test_a_clock_that_is_off_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_database_checks, "MOST_CLOCK_SECONDS", -1)
    assert _found("clock").status == "fail"


def test_starting_on_a_full_disk_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(home, "free_mb", lambda home: 12)
    with pytest.raises(home.Stop, match="12 MB are left"):
        home.check_room(tmp_path)


def test_a_check_that_breaks_is_a_failure_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Check:
        raise OSError("the disk went away")

    named: tuple[tuple[Any, Callable[[], Check]], ...] = ((doctor_checks._DISK, broken),)
    monkeypatch.setattr(doctor_checks, "CHECKS", named)
    assert "the disk went away" in str(_found("broken").as_json("en")["found"])
