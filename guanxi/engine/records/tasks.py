"""Background work of records: indexes of custom fields, search entries, identity keys and rollups made anew."""

import uuid

from procrastinate.contrib.django import app

from guanxi.engine.records.identity_rules import REKEY
from guanxi.engine.records.indexing import (
    BUILD_INDEXES,
    QUEUE,
    build_indexes,
    declared_indexes,
    drop_left_over,
)
from guanxi.engine.records.reindexing import REINDEX, reindex
from guanxi.engine.records.rekeying import rekey
from guanxi.engine.records.rollups.building import FILL, fill
from guanxi.engine.records.store.bulk_mode import sort_search_index
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.owner import owner_connection


@app.task(queue=QUEUE, name=BUILD_INDEXES, lock=BUILD_INDEXES, retry=3)
def build_workspace_indexes(workspace_id: str) -> None:
    """Build the declared indexes of a workspace that are missing, and drop those left over."""
    workspace = uuid.UUID(workspace_id)
    with session(workspace):
        wanted = declared_indexes(load_system_ctx(workspace))
    build_indexes(wanted)
    drop_left_over(workspace, wanted)


@app.task(queue=QUEUE, name=REINDEX, retry=3)
def reindex_object(workspace_id: str, object_key: str) -> None:
    """Write the search entries of an object's records anew."""
    reindex(uuid.UUID(workspace_id), object_key)


@app.task(queue=QUEUE, name=REKEY, retry=3)
def rekey_records(workspace_id: str, object_key: str, key: str) -> None:
    """Bring the keys of an object's records to what an identity rule declares."""
    rekey(uuid.UUID(workspace_id), object_key, key)


@app.task(queue=QUEUE, name=FILL, retry=3)
def fill_rollup(workspace_id: str, object_key: str, field_key: str) -> None:
    """Compute a rollup for all records of its object."""
    fill(uuid.UUID(workspace_id), object_key, field_key)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, name="records.tidy_search_index", queueing_lock="records.tidy_search_index")
def tidy_search_index(timestamp: int) -> None:
    """Sort what large writes have left in the search index's pending list (store/bulk_mode.py)."""
    with owner_connection() as owner:
        sort_search_index(owner)
