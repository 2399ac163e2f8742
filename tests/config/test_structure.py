"""An empty database gets its tables at once, and they are those that the migrations make one by one."""

import difflib
import os
import re

import pytest
from pytest_django import DjangoDbBlocker

from guanxi.config.database import connect
from guanxi.config.env import get_env
from guanxi.config.structure import dump, empty_database, load, migrate

ADVICE = "guanxi/config/structure.sql is not what the migrations it names make (one was changed): run `guanxi structure`."


@pytest.mark.whole
def test_the_tables_made_at_once_are_those_of_all_migrations(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        _compare()


def _compare() -> None:
    env, name = get_env(), f"made_{os.getpid()}"
    with empty_database(env, name) as login:
        with connect(login) as owner:
            assert load(owner) > 100
            assert load(owner) == 0, "what has tables is left alone"
        migrate(env, login)
        at_once = dump(login)
    with empty_database(env, name) as login:
        migrate(env, login)
        step_by_step = dump(login)
    told = list(difflib.unified_diff(_plain(step_by_step), _plain(at_once), lineterm="", n=1))
    assert not told, "\n".join([ADVICE, *told[:60]])


def _plain(told: str) -> list[str]:
    """The lines without casts of constants, which a condition read back from pg_dump has in another order.

    Migrations are sorted: those newer than the file come last after it, and in between step by step.
    """
    lines = re.sub(r"::(character varying|text)(\[\])?|[()]", "", told).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("INSERT INTO")) + 1
    return [*lines[:first], *sorted(line.rstrip(",;") for line in lines[first:])]
