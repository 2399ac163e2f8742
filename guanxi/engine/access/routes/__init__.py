"""The doors of rights over HTTP."""

from ninja import Router

from guanxi.engine.access.routes import matrix, roles, sharing, viewing

router = Router()
for part in (roles.router, matrix.router, sharing.router, viewing.router):
    router.add_router("", part)
