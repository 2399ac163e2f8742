"""The daily backup is made when it is due, and a failure reaches people."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from django.utils import timezone as django_timezone

from guanxi.config.backup import check, schedule
from guanxi.config.backup.models import BackupRun
from guanxi.config.env import Env
from guanxi.engine.notifications.models import Notification
from guanxi.engine.tenancy.context import session
from tests.firms import Firm

SHANGHAI = timezone(timedelta(hours=8))
ENV = Env(backup_to="/backups", backup_at="02:30")
NOON = datetime(2026, 5, 20, 12, 0, tzinfo=SHANGHAI)

pytestmark = pytest.mark.django_db


def _run(began: datetime, error: dict[str, str] | None = None, reason: str = "daily") -> BackupRun:
    return BackupRun.objects.create(
        began_at=began, ended_at=began, reason=reason, place="/backups", name="x", error=error or {}
    )


def test_it_is_due_once_a_day_at_its_time() -> None:
    assert schedule.is_due(ENV, NOON)
    _run(NOON.replace(hour=2, minute=31))
    assert not schedule.is_due(ENV, NOON)
    assert not schedule.is_due(ENV, NOON + timedelta(hours=14, minutes=29))
    assert schedule.is_due(ENV, NOON + timedelta(hours=14, minutes=30))


def test_a_machine_that_was_off_makes_up_for_it() -> None:
    _run(NOON - timedelta(days=2))
    assert schedule.is_due(ENV, NOON)


def test_a_backup_by_hand_does_not_stand_for_the_daily_one() -> None:
    _run(NOON, reason="manual")
    assert schedule.is_due(ENV, NOON)


def test_a_failure_is_tried_again_after_an_hour() -> None:
    _run(NOON, {"en": "no room"})
    assert not schedule.is_due(ENV, NOON + timedelta(minutes=59))
    assert schedule.is_due(ENV, NOON + timedelta(minutes=60))


def test_without_a_place_nothing_is_due() -> None:
    assert not schedule.is_due(replace(ENV, backup_to=""), NOON)


def test_a_failure_reaches_the_administrators_and_nobody_else(firm: Firm, other_firm: Firm) -> None:
    member = firm.add("李四")
    _run(NOON, {"zh-CN": "磁盘满了", "en": "the disk is full"})
    schedule.tell_administrators()
    schedule.tell_administrators()
    for each in (firm, other_firm):
        with session(each.workspace.id):
            notices = list(Notification.objects.filter(kind="backup_failed"))
        assert [notice.user_id for notice in notices] == [each.admin.id]
        assert notices[0].body["zh-CN"] == "磁盘满了"
        assert member.id not in {notice.user_id for notice in notices}


def test_the_doctor_names_the_failure_until_one_succeeds() -> None:
    assert check.backup().status == "warn"
    _run(django_timezone.now() - timedelta(hours=2), {"zh-CN": "磁盘满了", "en": "the disk is full"})
    failed = check.backup()
    assert failed.status == "fail"
    assert "the disk is full" in (failed.as_json("en")["found"] or "")
    assert "磁盘满了" in (failed.as_json("zh-CN")["found"] or "")
    _run(django_timezone.now())
    assert check.backup().status == "warn"  # made by hand, and nothing sees to the next one
