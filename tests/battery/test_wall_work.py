"""The wall behind the doors: work in the background, live events, tokens. Done as its author, with their rights of now.

*How it works*: every task that a worker knows is declared here: as whom it works, or why it tells nobody
anything. Live events are read where they leave for the database.
"""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app

from guanxi.engine.tenancy.chores import chore_registry
from guanxi.engine.transfer.exporting.writers import WRITERS
from tests.battery.wall_doors import Visit
from tests.battery.wall_others import exporting, files, searching
from tests.battery.wall_records import fields, lists, one_record, writing
from tests.battery.wall_world import Wall
from tests.firms import Door, run_jobs

AS_AUTHOR = {"changes.run_bulk_job", "changes.undo", "finder.merge", "quality.apply_repair", "transfer.run_export",
             "transfer.run_import", "transfer.undo_import", "handover.run"}  # fmt: skip
"""Done for somebody, who is loaded anew, with the rights they have then."""
AS_PROGRAM = {"assignment.sweep", "audit.keep_months", "audit.seal", "audit.verify", "audit.verify_workspace", "backup.daily", "backup.log",
              "bounces.look", "builtin:procrastinate.builtin_tasks.remove_old_jobs", "designer.run_task", "entry.forget_old_events",
              "finder.run", "guanxi.recover_stalled_jobs", "insight.compute", "identity.deliver_mail", "identity.forget_expired_sessions",
              "procrastinate.builtin_tasks.remove_old_jobs", "records.build_indexes", "records.fill_rollup",
              "privacy.run_retention", "subjects.copy", "subjects.erase", "records.reindex", "records.rekey", "records.tidy_search_index", "sales.begin_plan", "sales.recycle_into_pools", "sales.remind_of_tasks", "tenancy.do_chores",
              "targets.tell", "transfer.refresh_statistics"}  # fmt: skip
"""Keeps what is stored in step, and tells nobody of records."""
FORMATS = {"csv", "xlsx", "parquet"}


def test_every_task_of_the_worker_is_declared() -> None:
    known = AS_AUTHOR | AS_PROGRAM
    assert set(app.tasks) - known == set(), "say as whom these work: as their author, or as the program"


def test_every_format_of_exports_is_tried() -> None:
    assert set(WRITERS) == FORMATS


def test_chores_are_of_the_program() -> None:
    assert all(chore.key.partition(".")[0] for chore in chore_registry)


TOKENS = ("rep", "half", "masks", "collaborator")


@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("scopes", [["read"], ["read", "write"]])
def test_a_token_sees_no_more_than_its_person(wall: Wall, name: str, scopes: list[str]) -> None:
    through = Door(wall.world.firm.token(wall.world.people[name], scopes=scopes))
    for key in ("customer", "contact", "gadget"):
        for trying in (lists, fields, one_record):
            trying(Visit(wall, name, key, through=through))
    for trying in (searching, files):
        trying(Visit(wall, name, through=through))


def test_a_token_that_only_reads_takes_nothing_out_and_changes_nothing(wall: Wall) -> None:
    through = Door(wall.world.firm.token(wall.world.people["boss"], scopes=["read"]))
    one = wall.planted("customer", "rep")
    for verb, path, body in (("POST", "/exports", {"object": "customer"}), ("PATCH", f"/customer/{one.id}", {"version": 1}),
                             ("POST", "/jobs", {"object": "customer", "op": "delete", "filter": None})):  # fmt: skip
        assert through.call(verb, path, body).data["code"] == "token_reads_only"


def _events(queries: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The messages that were sent to the event streams."""
    found = []
    for query in queries:
        for text in re.findall(r"pg_notify\('guanxi', '(\{.*?\})'\)", query["sql"].replace('\\"', '"')):
            found.append(json.loads(text.replace("''", "'")))
    return found


def test_live_events_tell_everybody_where_something_changed_and_nothing_of_it(wall: Wall) -> None:
    people = {str(user.id): name for name, user in wall.world.people.items()}
    with CaptureQueriesContext(connection) as caught:
        for key in ("customer", "gadget"):
            writing(Visit(wall, "boss", key))
        exporting(Visit(wall, "rep"))
        boss = wall.doors["boss"]
        boss.post(
            "/jobs", {"object": "customer", "op": "update", "filter": None, "set": {"description": "新"}}
        )
        run_jobs()
    events = _events(caught.captured_queries)
    assert {event["event"] for event in events} >= {"records", "job"}
    for event in events:
        if event.get("user") is None:
            assert set(event) == {"workspace", "event", "data"}
            assert set(event["data"]) <= {"object", "version"}, event
        else:
            Visit(wall, people[event["user"]]).check(json.dumps(event), "an event")
