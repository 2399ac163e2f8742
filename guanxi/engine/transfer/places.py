"""Where and as whom the command line imports and exports.

With an address it is that person. Without one it is the first administrator of the workspace named, or
of the only workspace there is: whoever is at the server's console may act for them.
"""

import uuid

from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.tenancy.context import Role, session
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

SEVERAL = Text(
    "有多个工作区，请用 --workspace 指明：{slugs}。",
    "There are several workspaces: name one with --workspace: {slugs}.",
)
NONE = Text(
    "没有找到工作区或它的管理员，请用 --user 指明。",
    "No workspace with an administrator was found. Name a person with --user.",
)
_LOOKED_AT = 1_000


def find_operator(email: str | None, slug: str | None) -> tuple[uuid.UUID, uuid.UUID]:
    """Workspace and person; raises NotFound, or Invalid when the workspace must be named."""
    if email:
        return identity.find_place(email, slug)
    found: dict[str, tuple[uuid.UUID, uuid.UUID]] = {}
    for user in User.objects.filter(is_active=True).order_by("date_joined", "id")[:_LOOKED_AT]:
        # A person's own memberships are all that can be seen without a workspace.
        with session(None, user.id):
            rows = Membership.objects.filter(user_id=user.id, status="active", role=Role.ADMIN)
            for name, workspace_id in rows.values_list("workspace__slug", "workspace_id"):
                found.setdefault(name, (workspace_id, user.id))
        if slug in found:
            break
    if slug is not None:
        found = {slug: found[slug]} if slug in found else {}
    if len(found) > 1:
        raise invalid("workspace", "required", SEVERAL, slugs=", ".join(sorted(found)))
    if not found:
        raise NotFound(NONE)
    return next(iter(found.values()))
