"""The worker speaks to the database as its owner, so what a job asks for is a name and never SQL."""

from dataclasses import replace
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from guanxi.engine.records import indexing
from guanxi.engine.records.tasks import build_workspace_indexes
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.owner import owner_connection
from tests.firms import Firm

FIELD = {"key": "code", "type": "text", "label": "Code", "indexed": True}


@pytest.mark.django_db
def test_a_job_for_indexes_names_its_workspace_and_nothing_else(firm: Firm) -> None:
    made = firm.door().post("/meta/objects/customer/fields", FIELD)
    assert made.status_code == 201, made.data
    job = ProcrastinateJob.objects.filter(task_name=indexing.BUILD_INDEXES).get()
    assert job.args == {"workspace_id": str(firm.workspace.id)}
    assert app.tasks[indexing.BUILD_INDEXES] is build_workspace_indexes
    with pytest.raises(TypeError):
        app.tasks[indexing.BUILD_INDEXES].func(indexes=[["x", "ALTER ROLE guanxi_app SUPERUSER", "", ""]])


@pytest.mark.django_db
def test_a_key_that_is_no_key_never_becomes_a_statement(firm: Firm) -> None:
    door = firm.door()
    for key in ("code\n", "co de", "code'", 'code"; drop table customer; --'):
        assert door.post("/meta/objects/customer/fields", FIELD | {"key": key}).status_code == 422
        assert door.post("/meta/objects", {"key": key, "label": "X"}).status_code == 422
    made = door.post("/meta/objects", {"key": "thing", "label": "Thing"})
    assert made.status_code == 201, made.data
    assert door.post("/meta/objects/thing/fields", FIELD).status_code == 201
    with session(firm.workspace.id):
        thing = get_object(firm.ctx, "thing")
        bad = "thing'; ALTER ROLE guanxi_app SUPERUSER; --"
        changed = replace(thing, key=bad, discriminator=bad)
        with pytest.raises(ValueError, match="not a key"):
            indexing.index_sql(firm.workspace.id, changed, thing.fields["code"])


@pytest.mark.django_db(transaction=True)
def test_the_job_builds_what_is_declared(firm: Firm) -> None:
    assert firm.door().post("/meta/objects/customer/fields", FIELD).status_code == 201
    with session(firm.workspace.id):
        [[name, *_]] = indexing.declared_indexes(firm.ctx)
    build_workspace_indexes(workspace_id=str(firm.workspace.id))
    with owner_connection() as owner:
        assert _is_valid(owner, name)
        owner.execute(f'DROP INDEX "{name}"'.encode())


def _is_valid(owner: psycopg.Connection[Any], name: str) -> bool:
    row = owner.execute(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f'public."{name}"']
    ).fetchone()
    return bool(row and row[0])
