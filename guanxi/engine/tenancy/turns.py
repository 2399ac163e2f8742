"""Taking turns: what only one transaction may do at a time, until it ends."""

from django.db import connection


def wait_turn(name: str) -> None:
    """Wait until no other transaction holds `name` (its workspace stands in it), and hold it until this one ends."""
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
