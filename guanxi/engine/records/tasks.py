"""Background work of records: building the indexes of custom fields, emptying the recycle bin."""

from procrastinate.contrib.django import app
from psycopg import sql

from guanxi.engine.tenancy.owner import owner_connection


@app.task(queue="maintenance", name="records.build_indexes", lock="records.build_indexes", retry=3)
def build_indexes(indexes: list[list[str]]) -> None:
    """Build each `[name, index, statistics, table]` that is missing; rebuild those left invalid by a failure."""
    with owner_connection() as owner:
        # Building waits for writers by design; the short lock timeout is for everything else.
        owner.execute("SET lock_timeout = '60s'")
        for name, index, statistics, table in indexes:
            row = owner.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f'public."{name}"']
            ).fetchone()
            if row is not None and row[0]:
                continue
            if row is not None:
                owner.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(name)))
            owner.execute(index.encode())
            owner.execute(statistics.encode())
            owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


@app.periodic(cron="* * * * *")
@app.task(queue="maintenance", name="records.tidy_search_index", queueing_lock="records.tidy_search_index")
def tidy_search_index(timestamp: int) -> None:
    """Sort what large writes have left in the search index's pending list (store/bulk_mode.py)."""
    with owner_connection() as owner:
        owner.execute("SELECT gin_clean_pending_list('search_tokens'::regclass)")
