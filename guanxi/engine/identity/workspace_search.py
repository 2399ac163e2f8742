"""Finding workspaces and accounts from the server's command line, where nobody is signed in.

A workspace can be seen only from inside or by its members, so it is looked for through them: the walls
need no door for this.
"""

from guanxi.engine.identity.models import Membership, User
from guanxi.engine.tenancy.context import WorkspaceInfo, session
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

_NO_WORKSPACE = Text("没有工作区「{slug}」。", "There is no workspace {slug}.")


def find_workspace(slug: str) -> WorkspaceInfo:
    """The workspace of a slug; opens sessions of its own. Raises NotFound."""
    for user_id in User.objects.filter(is_active=True).order_by("id").values_list("id", flat=True):
        with session(None, user_id):
            rows = Membership.objects.filter(user_id=user_id, workspace__slug=slug)
            row = rows.select_related("workspace").first()
        if row is not None:
            return row.workspace.info()
    raise NotFound(_NO_WORKSPACE, slug=slug)


def email_is_taken(email: str) -> bool:
    """Whether somebody has an account with this address."""
    return User.objects.filter(email=email.lower()).exists()


def knows_password(email: str, password: str) -> bool:
    """Whether the account of an address exists and has this password."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    return user is not None and user.check_password(password)
