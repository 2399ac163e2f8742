"""An import job as its parts: the layout of its file, its plan, its context, its JSON.

*How it works*: the row keeps everything as JSON; here it becomes the typed things the importer works
with. A workbook's CSV is kept beside the file store and made again where it is missing, so that any
worker on any machine can go on with any job.
"""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from guanxi.engine.access import rights
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.files import copy_to
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.store.telling import tell
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.engine.transfer.importing.plans import Plan, build_plan, import_target
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.reading.kinds import kind_of
from guanxi.engine.transfer.reading.rows import Layout
from guanxi.engine.transfer.reading.tables import Table
from guanxi.engine.transfer.reading.workbook import convert
from guanxi.engine.transfer.rules import states
from guanxi.engine.transfer.rules.options import MappingRead, Options, Target, read_mapping
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

UNDO_DAYS = timedelta(days=30)
EMPTY_COUNTS = {"created": 0, "updated": 0, "refused": 0, "unchanged": 0, "fixed": 0}


def get_job(ctx: Ctx, job_id: uuid.UUID, *, lock: bool = False) -> ImportJob:
    """The import, when it is the actor's own or they look after all imports and see the whole object.

    Raises NotFound.
    """
    rows = ImportJob.objects.select_for_update() if lock else ImportJob.objects
    found = rows.filter(workspace_id=ctx.workspace.id, id=job_id).first()
    if found is None or not may_see(ctx, found.created_by, found.object_key):
        raise NotFound
    return found


def may_see(ctx: Ctx, created_by: uuid.UUID | None, object_key: str) -> bool:
    """Whether a job belongs to the actor, or the actor looks after all of them and sees all that is in them."""
    if ctx.actor.user_id is not None and created_by == ctx.actor.user_id:
        return True
    return ctx.actor.may("changes") and rights.sees_whole(ctx, object_key)


def worker_ctx(workspace_id: uuid.UUID, job_id: uuid.UUID, user_id: uuid.UUID | None, locale: str) -> Ctx:
    """The context of the person who started the import, as they are now; raises NotFound when they left."""
    if user_id is None:
        raise NotFound
    workspace, actor = identity.load_actor(workspace_id, user_id)
    return Ctx(workspace=workspace, actor=actor, via=Via.IMPORT, locale=locale, batch_id=job_id)


def importing(ctx: Ctx, job: ImportJob) -> Ctx:
    """The caller's context, its changes journaled as this import."""
    return replace(ctx, via=Via.IMPORT, batch_id=job.id)


def remember_table(job: ImportJob, table: Table, guesses: list[dict[str, Any] | None]) -> None:
    """Keep what `inspect` found out."""
    layout = asdict(table.layout)
    del layout["path"], layout["replaced"]
    job.layout = layout
    job.sheet, job.sheets, job.row_count = table.sheet, list(table.sheets), table.row_count
    job.columns = [
        {
            "index": index,
            "header": _keepable(header),
            "samples": [_keepable(text) for text in table.shown_samples(index)],
            "values": [_keepable(text[:300]) for text in dict.fromkeys(table.samples[index])][:60],
            "guess": guesses[index],
        }
        for index, header in enumerate(table.headers)
    ]


def _keepable(text: str) -> str:
    """The text as JSON in the database can hold it."""
    return text.replace("\x00", "\N{SYMBOL FOR NULL}")


def layout_of(ctx: Ctx, job: ImportJob) -> Layout:
    """Where and how the job's rows are read; a workbook is converted again when its CSV is gone."""
    path = source_path(ctx, job.file_id)
    if job.sheet is not None:
        source, path = path, spool_path(job.file_id, job.sheet)
        if not path.exists():
            convert(source, path, kind=kind_of(source), sheet=job.sheet)
    replaced = {int(index): pairs for index, pairs in options_of(job).replace.items()}
    return Layout(path=path, **job.layout, replaced=replaced)


def source_path(ctx: Ctx, file_id: uuid.UUID) -> Path:
    """A readable copy of the uploaded file, kept while its import is open."""
    return copy_to(ctx, file_id, spool_path(file_id, None).with_suffix(".source"))


def forget_source(file_id: uuid.UUID) -> None:
    """Remove the readable copy of an uploaded file."""
    spool_path(file_id, None).with_suffix(".source").unlink(missing_ok=True)


def spool_path(file_id: uuid.UUID, sheet: str | None) -> Path:
    """Where the CSV of a workbook's sheet is kept while its import is open."""
    folder = Path(settings.MEDIA_ROOT).parent / "tmp" / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = hashlib.sha256((sheet or "").encode()).hexdigest()[:12]
    return folder / f"{file_id.hex}-{mark}.csv"


def headers_of(job: ImportJob) -> list[str]:
    """The file's headers."""
    return [column["header"] for column in job.columns]


def options_of(job: ImportJob) -> Options:
    """The job's options."""
    return Options.read(job.options)


def mapping_of(job: ImportJob) -> MappingRead:
    """The job's mapping, columns that have become fields included."""
    mapping = read_mapping(job.mapping, len(job.columns))
    made: Mapping[str, str] = job.prepared.get("fields", {})
    return mapping | {int(index): Target(key) for index, key in made.items()}


def plan_of(ctx: Ctx, job: ImportJob) -> Plan:
    """The plan of the import under the present schema; raises Invalid, Forbidden, NotFound."""
    obj = import_target(ctx, job.object_key)
    samples = [column.get("values", ()) for column in job.columns]
    env = environment(ctx)
    return build_plan(ctx, obj, headers_of(job), samples, mapping_of(job), options_of(job), env)


def announce(ctx: Ctx, job: ImportJob) -> None:
    """Tell the person's open screens how far the import is."""
    data = {"id": job.id, "status": shown_status(job), "progress": progress(job), "counts": job.counts}
    tell({"workspace": ctx.workspace.id, "user": job.created_by, "event": "import", "data": data})


def shown_status(job: ImportJob) -> str:
    """The status for people: being undone is work under way, too."""
    return states.RUNNING if job.status == states.UNDOING else job.status


def progress(job: ImportJob) -> dict[str, int]:
    """Rows dealt with, of all."""
    return {"done": job.done_rows, "total": job.row_count}


def job_json(ctx: Ctx, job: ImportJob) -> dict[str, Any]:
    """The import as the API shows it."""
    until = job.finished_at + UNDO_DAYS if job.finished_at and job.status in ("done", "failed") else None
    return {
        "id": job.id,
        "object": job.object_key,
        "filename": job.filename,
        "status": shown_status(job),
        "encoding": None if job.sheet is not None else job.layout.get("encoding"),
        "separator": None if job.sheet is not None else job.layout.get("separator"),
        "sheet": job.sheet,
        "sheets": job.sheets,
        "row_count": job.row_count,
        "columns": [{key: c[key] for key in ("index", "header", "samples", "guess")} for c in job.columns],
        "mapping": job.mapping,
        "options": job.options,
        "progress": progress(job),
        "counts": EMPTY_COUNTS | job.counts,
        "created": {key: value for key, value in job.prepared.items() if key != "done"},
        "preview": job.preview,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
        "undo_until": until,
        "error": Text.of(job.error).in_(ctx.locale) if job.error else None,
    }
