"""The doors of privacy over HTTP: the desk (`/privacy/…`), what a record's page shows, and pages for anybody.

`router` is mounted with the fixed routes, `record_router` before the generic ones.
"""

from ninja import Router

from guanxi.engine.privacy.routes import desk, events, notices, public, records, retention

router = Router(tags=["Privacy"])
for part in (public.router, desk.router, notices.router, retention.router, events.router):
    router.add_router("", part)
record_router = records.router
