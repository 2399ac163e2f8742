"""The doors of records over HTTP: metadata, search, files, and the generic routes of every object.

`fixed` is mounted before `generic`, whose paths begin with an object's key and would match anything.
"""

from ninja import Router

from guanxi.engine.records.routes import (
    bulk,
    files,
    formulas,
    identity,
    merging,
    meta,
    records,
    ruling,
    search,
    sharing,
)

fixed = Router()
for part in (
    meta.router,
    formulas.router,
    identity.router,
    ruling.router,
    search.router,
    sharing.rules,
    files.router,
):
    fixed.add_router("", part)

generic = Router()
for part in (sharing.router, bulk.router, merging.router, ruling.drafts, records.router):
    generic.add_router("", part)
