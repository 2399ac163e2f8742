"""What follows when an import has come to its end: a notice for its person, fresh statistics.

PostgreSQL plans by statistics that it gathers now and then by itself. Right after thousands of new rows
they are wrong by the whole import, and the first lists people open would be slow: so a job gathers them
at once. Only the owner of the tables may do that; a process without that login leaves it to PostgreSQL.
"""

import logging
import uuid
from contextlib import suppress

import psycopg
from psycopg import sql

from guanxi.engine.notifications.facade import notify
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.owner import owner_connection
from guanxi.engine.transfer.models import ImportJob
from guanxi.kit.text import Text

log = logging.getLogger("guanxi.transfer")

FINISHED = "import.finished"
DONE = Text(
    "「{filename}」导入完成：新建 {created}，更新 {updated}，拒绝 {refused}",
    "“{filename}” was imported: {created} created, {updated} updated, {refused} refused",
)
_BESIDE = ("search_entry", "record_key", "journal_entry")


def tell_finished(ctx: Ctx, job: ImportJob) -> None:
    """Tell whoever started the import how it went."""
    if job.created_by is None:
        return
    counts = {key: job.counts.get(key, 0) for key in ("created", "updated", "refused")}
    data = {"filename": job.filename[:80], **counts}
    notify(ctx, [job.created_by], FINISHED, title=DONE, url=f"/imports/{job.id}", data=data)


def refresh_statistics(workspace_id: uuid.UUID, object_key: str) -> None:
    """Gather the statistics of the tables that an import has filled."""
    with session(workspace_id):
        obj = get_schema(load_system_ctx(workspace_id)).find(object_key)
    tables = (obj.table, *_BESIDE) if obj is not None else _BESIDE
    with suppress(RuntimeError):
        try:
            with owner_connection() as owner:
                for table in tables:
                    owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        except psycopg.Error as error:  # a convenience: the import itself is done
            log.warning("statistics after an import: %s", error)
