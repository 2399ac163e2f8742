"""The doors of identity: who am I, people, teams, tokens, the workspace, set-up and invitations.

`router` is mounted at the root of `/api/v1`. Handlers read the request, call the facade's functions
or actions, and shape the answer; rights and rules live below.
"""

from ninja import Router

from guanxi.engine.identity.routes import entry, me, members, teams, tokens

router = Router()
for part in (me.router, members.router, teams.router, tokens.router, entry.router):
    router.add_router("", part)
