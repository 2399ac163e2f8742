"""`guanxi doctor`: what is checked, what was found, and what to do about it.

*How it works*: each check is a function of doctor_checks*.py that returns a `Check`: ok, warn or
fail, a sentence of what was found, and for anything but ok a sentence of what to do. A check that
breaks is itself a failure with the reason. The web app shows the same list to administrators; it
gets `run_checks` through the setting `GUANXI_DOCTOR`, since imports point down only.

*Rules*: a check changes nothing, needs no more rights than the restricted role, and takes well under
a second; no secret stands in a sentence.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection

from guanxi.config import doctor_checks, doctor_database_checks, doctor_master_key
from guanxi.config.backup import check as backup_check
from guanxi.config.diagnosis import Check
from guanxi.kit.text import Text

NamedCheck = tuple[Text, Callable[[], Check]]


def run_checks() -> list[Check]:
    """Every check, in the order in which trouble spreads; without a database, only the others."""
    try:
        database = doctor_database_checks.database()
        asked = (
            (*doctor_database_checks.CHECKS, doctor_master_key.CHECK, backup_check.CHECK)
            if database.status == "ok"
            else ()
        )
        return [database, *(_run(check) for check in (*asked, *doctor_checks.CHECKS))]
    finally:
        if not connection.in_atomic_block:
            connection.close()


def _run(named: NamedCheck) -> Check:
    label, check = named
    try:
        return check()
    except (DatabaseError, OSError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return Check(check.__name__, label, "fail", _BROKE, values={"reason": reason})


_BROKE = Text("检查没有完成：{reason}", "The check could not be done: {reason}")
