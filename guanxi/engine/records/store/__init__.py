"""The write door: every write of records goes through here.

`create`, `update`, `delete`, `restore`, `merge` for one record; `create_whole` for one of the program's own with its lines; `bulk_create`, `bulk_update`,
`bulk_delete`, `bulk_restore` all or nothing; `bulk_write` for importers, which keeps the good rows and
names what is wrong with the others; `touch` for values the program keeps; `rewrite` for jobs that go
through all of an object; `undo_batch`, `unmerge`. But for these, all of them are one pass (`writing.py`) over a set of changes, inside the caller's transaction.
"""

from guanxi.engine.records.store.batches import may_undo, undo_batch
from guanxi.engine.records.store.depending import present_left
from guanxi.engine.records.store.foreseeing import Foreseen, adopt, foresee
from guanxi.engine.records.store.lines_along import create_whole
from guanxi.engine.records.store.merging import merge
from guanxi.engine.records.store.rewriting import Rewritten, rewrite
from guanxi.engine.records.store.rollups import lock_matching
from guanxi.engine.records.store.samples import has_own_records, purge_samples_of
from guanxi.engine.records.store.single import (
    bulk_create,
    bulk_delete,
    bulk_restore,
    bulk_update,
    create,
    delete,
    restore,
    update,
)
from guanxi.engine.records.store.touching import touch, touch_found
from guanxi.engine.records.store.unmerging import unmerge
from guanxi.engine.records.store.writing import BulkResult, bulk_write

__all__ = [
    "BulkResult",
    "Foreseen",
    "Rewritten",
    "adopt",
    "bulk_create",
    "bulk_delete",
    "bulk_restore",
    "bulk_update",
    "bulk_write",
    "create",
    "create_whole",
    "delete",
    "foresee",
    "has_own_records",
    "lock_matching",
    "may_undo",
    "merge",
    "present_left",
    "purge_samples_of",
    "restore",
    "rewrite",
    "touch",
    "touch_found",
    "undo_batch",
    "unmerge",
    "update",
]
