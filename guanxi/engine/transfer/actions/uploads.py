"""A file arrives, is understood, and waits as a draft until somebody says what to do with it."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.engine.records.files import local_path, store_file
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.scanner import scanned
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.importing.plans import guess, import_target, importable
from guanxi.engine.transfer.jobs import (
    EMPTY_COUNTS,
    forget_source,
    get_job,
    options_of,
    remember_table,
    source_path,
    spool_path,
)
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.reading.limits import MAX_FILE_BYTES
from guanxi.engine.transfer.reading.tables import Table, inspect
from guanxi.engine.transfer.rules import states
from guanxi.engine.transfer.rules.options import SWITCHES, Options, Owner, Target, mapping_json, read_mapping
from guanxi.engine.transfer.workbooks import REASON_HEADERS
from guanxi.kit.errors import FieldError, Forbidden, Invalid, Problem, invalid
from guanxi.kit.text import Text

NO_FIELD = Text(
    "「{object}」没有可以导入的字段「{field}」。", "“{object}” has no field “{field}” that can be imported."
)
ADMINS_CREATE = Text(
    "只有管理员可以在导入时新建字段、选项或成员。",
    "Only administrators may have an import create fields, options or members.",
)
UNKNOWN_SETTING = Text("没有这个设置。", "There is no such setting.")
WRONG_TYPE = Text("这里需要文字。", "Text is needed here.")
_READING = ("sheet", "encoding", "separator")
# Links may be created by whoever may create the linked records; the rest shapes the workspace.
_ADMIN_SWITCHES = tuple(name for name in SWITCHES if name != "create_links")


def create_import(
    ctx: Ctx,
    object_key: str,
    *,
    filename: str,
    type_: str,
    chunks: Iterable[bytes],
    owner: Owner = "nobody",
) -> ImportJob:
    """Store the file, find out what it is, guess the mapping; raises Problem for what is no table.

    `owner` is whose the new records are that the file gives none, until somebody says otherwise.
    """
    obj = import_target(ctx, object_key)
    kept = store_file(
        ctx,
        name=filename,
        type_=type_,
        chunks=scanned(ctx, chunks),
        max_bytes=MAX_FILE_BYTES,
        object_key="import",
    )
    job = ImportJob(
        workspace_id=ctx.workspace.id,
        object_key=obj.key,
        file_id=kept.id,
        filename=kept.name,
        created_by=ctx.actor.user_id,
        locale=ctx.locale,
        options=Options(owner=owner).as_json(),
        counts=dict(EMPTY_COUNTS),
    )
    try:
        _understand(ctx, job, {})
    except Problem:
        local_path(ctx, kept.id).unlink(missing_ok=True)
        forget_source(kept.id)
        raise
    job.save(force_insert=True)
    return job


def change_import(ctx: Ctx, job_id: uuid.UUID, given: Mapping[str, Any]) -> ImportJob:
    """Change a draft: how its file is read, its mapping, its options; raises Invalid, Conflict."""
    job = get_job(ctx, job_id, lock=True)
    states.require(job.status, "change", ctx.locale)
    for name in given:
        if name not in (*_READING, "mapping", "options"):
            raise invalid(name[:60], "unknown_setting", UNKNOWN_SETTING)
    reading = {name: given[name] for name in _READING if given.get(name) is not None}
    for name, value in reading.items():
        if not isinstance(value, str) or len(value) > 200:
            raise invalid(name, "wrong_type", WRONG_TYPE)
    if reading:
        _understand(ctx, job, reading)
    if "options" in given:
        if not isinstance(given["options"], Mapping):
            raise invalid("options", "wrong_type", UNKNOWN_SETTING)
        options = Options.read(given["options"], options_of(job))
        check_switches(ctx, options)
        job.options = options.as_json()
    if "mapping" in given:
        job.mapping = _checked_mapping(ctx, job, given["mapping"])
    job.preview = None
    job.save()
    return job


def check_switches(ctx: Ctx, options: Options) -> None:
    """Raise Forbidden when options ask for what the actor may not create."""
    if any(getattr(options, name) for name in _ADMIN_SWITCHES) and not ctx.actor.manages("import_setup"):
        raise Forbidden(ADMINS_CREATE)


def _understand(ctx: Ctx, job: ImportJob, reading: Mapping[str, str]) -> None:
    """Inspect the file (again) and map what is plain."""
    path = source_path(ctx, job.file_id)
    sheet = reading.get("sheet", job.sheet)
    spool = spool_path(job.file_id, sheet)
    table = inspect(
        path,
        spool=spool,
        sheet=sheet,
        encoding=reading.get("encoding"),
        separator=reading.get("separator"),
        locale=ctx.locale,
    )
    if table.sheet is not None and table.sheet != sheet:
        spool.replace(spool_path(job.file_id, table.sheet))
    guesses = _guesses(ctx, job, table)
    shown: list[dict[str, Any] | None] = [
        {"field": found[0], "confidence": found[1]} if found else None for found in guesses
    ]
    remember_table(job, table, shown)
    sure = {index: Target(found[0]) for index, found in enumerate(guesses) if found and found[2]}
    ignored = {i: None for i, header in enumerate(table.headers) if header in REASON_HEADERS}
    job.mapping = mapping_json({**sure, **ignored})


def _guesses(ctx: Ctx, job: ImportJob, table: Table) -> list[tuple[str, float, bool] | None]:
    obj = import_target(ctx, job.object_key)
    found = guess(ctx, obj, table.headers, table.samples, environment(ctx))
    return [
        (g.field, g.confidence, g.is_sure) if g and table.headers[i] not in REASON_HEADERS else None
        for i, g in enumerate(found)
    ]


def _checked_mapping(ctx: Ctx, job: ImportJob, given: Any) -> dict[str, Any]:
    mapping = read_mapping(given, len(job.columns))
    obj = import_target(ctx, job.object_key)
    offered = {f.key for f in importable(ctx, obj)}
    errors = [
        FieldError(
            f"mapping.{index}",
            "unknown_field",
            NO_FIELD,
            {"object": obj.label.in_(ctx.locale), "field": target.field[:60]},
        )
        for index, target in mapping.items()
        if target is not None and target.field not in offered
    ]
    if errors:
        raise Invalid(errors=errors)
    return mapping_json(mapping)
