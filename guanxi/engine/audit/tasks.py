"""The jobs of the audit: sealing every minute, months ahead, the nightly verification."""

import logging
import uuid
from datetime import UTC, datetime

from procrastinate.contrib.django import app

from guanxi.engine.audit import partitions, reading, sealing, verifying
from guanxi.engine.audit.writing import INSTALLATION, insert
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Origin, Via, session, system_ctx

log = logging.getLogger("guanxi.audit")
QUEUE = "maintenance"


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queue=QUEUE, lock="audit.seal", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Look for unusual reading and seal every workspace; one that fails leaves the others alone."""
    workspaces = list_workspaces()
    for workspace in workspaces:
        try:
            with session(workspace.id):
                reading.look(system_ctx(workspace))
        except Exception:
            log.exception("What was read in workspace %s could not be looked at", workspace.id)
    for workspace_id in (INSTALLATION, *(workspace.id for workspace in workspaces)):
        try:
            sealing.seal(workspace_id)
        except Exception:
            log.exception("Workspace %s could not be sealed", workspace_id)


@app.periodic(cron="11 2 * * *")
@app.task(name="audit.keep_months", queue=QUEUE, lock="audit.keep_months", queueing_lock="audit.keep_months")
def keep_months(timestamp: int) -> None:
    """Make the coming months of the audit, drop those past their time."""
    partitions.keep_up(datetime.now(UTC))


@app.periodic(cron="41 3 * * *")
@app.task(name="audit.verify", queue=QUEUE, lock="audit.verify", queueing_lock="audit.verify")
def verify(timestamp: int) -> None:
    """Verify every seal once a night and write down what came out."""
    for workspace_id in (INSTALLATION, *(workspace.id for workspace in list_workspaces())):
        verify_and_note(workspace_id)


@app.task(name="audit.verify_workspace", queue=QUEUE)
def verify_workspace(workspace_id: str) -> None:
    """Seal one workspace and verify it, because somebody wants to know now."""
    sealing.seal(uuid.UUID(workspace_id))
    verify_and_note(uuid.UUID(workspace_id))


def verify_and_note(workspace_id: uuid.UUID) -> list[verifying.Verified]:
    """Verify one workspace and write down what came out."""
    found = verifying.verify(workspace_id)
    with session(workspace_id):
        insert(
            workspace_id, "audit.verified", Origin(), via=Via.SYSTEM, count=sum(each.entries for each in found),
            detail={"broken": [each.broken for each in found if each.broken]},
        )  # fmt: skip
    for each in found:
        if each.broken:
            log.error("The seal of workspace %s is broken: %s", workspace_id, each.broken)
    return found
