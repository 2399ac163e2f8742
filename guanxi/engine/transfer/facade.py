"""The door of `engine.transfer`: what routes, tasks and commands call."""

from guanxi.engine.transfer.actions.exports import (
    create_export,
    export_json,
    get_export,
    new_export,
    write_file,
)
from guanxi.engine.transfer.actions.previews import preview_import
from guanxi.engine.transfer.actions.repairs import (
    RowPage,
    list_reasons,
    list_rows,
    repair_rows,
    retry_import,
    row_json,
    write_error_workbook,
)
from guanxi.engine.transfer.actions.runs import queue_import, run_here
from guanxi.engine.transfer.actions.undoing import undo_import
from guanxi.engine.transfer.actions.uploads import change_import, create_import
from guanxi.engine.transfer.jobs import get_job, headers_of, job_json
from guanxi.engine.transfer.queries import list_imports

__all__ = [
    "RowPage",
    "change_import",
    "create_export",
    "create_import",
    "export_json",
    "get_export",
    "get_job",
    "headers_of",
    "job_json",
    "list_imports",
    "list_reasons",
    "list_rows",
    "new_export",
    "preview_import",
    "queue_import",
    "repair_rows",
    "retry_import",
    "row_json",
    "run_here",
    "undo_import",
    "write_error_workbook",
    "write_file",
]
