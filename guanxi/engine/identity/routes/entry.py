"""The doors for people who are not in yet: first set-up, and invitations.

These handlers run outside any workspace (web/authentication.py leaves them alone) and open a session
of their own where they need one.
"""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router, Status

from guanxi import __version__
from guanxi.engine.identity import schemas
from guanxi.engine.identity.actions.invitations import accept_invitation, read_invitation
from guanxi.engine.identity.actions.workspaces import needs_setup, set_up
from guanxi.engine.identity.models import User
from guanxi.engine.identity.rules import SESSION_WORKSPACE
from guanxi.engine.identity.sign_in import sign_in
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.text import DEFAULT_LOCALE, match_locale

router = Router(tags=["Set-up and invitations"])


@router.get("/setup", response=schemas.SetupState, operation_id="setup_get", summary="What this server needs")
def get_setup(request: HttpRequest) -> schemas.SetupState:
    """Whether anybody has an account yet, and whether strangers may sign up."""
    get_token(request)  # so that a browser has the CSRF cookie for what follows
    has_demo = User.objects.filter(email=settings.GUANXI_DEMO_EMAIL).exists()
    account = schemas.DemoAccount(email=settings.GUANXI_DEMO_EMAIL, password=settings.GUANXI_DEMO_PASSWORD)
    return schemas.SetupState(
        needs_setup=needs_setup(),
        sign_up_open=settings.GUANXI_SIGN_UP_OPEN,
        demo=has_demo,
        demo_account=account if has_demo else None,
        version=__version__,
    )


@router.post(
    "/setup", response={201: schemas.SignedIn}, operation_id="setup_run", summary="Make the first workspace"
)
def post_setup(request: HttpRequest, body: schemas.SetupRequest) -> Status[schemas.SignedIn]:
    """The first workspace and its administrator, in exchange for the one-time token; signs them in."""
    workspace, admin = set_up(
        token=body.token,
        workspace_name=body.workspace_name,
        name=body.name,
        email=body.email,
        password=body.password,
        locale=_locale(request),
    )
    return Status(201, _signed_in(request, admin, workspace))


@router.get(
    "/invitations/{token}",
    response=schemas.InvitationState,
    operation_id="invitations_get",
    summary="Read an invitation",
)
def get_invitation(request: HttpRequest, token: str) -> schemas.InvitationState:
    """What an invitation link leads to; 404 once it is used or has expired."""
    get_token(request)
    found = read_invitation(token)
    return schemas.InvitationState(
        workspace={"name": found.workspace_name},
        email=found.email,
        invited_by=found.invited_by,
        has_account=found.has_account,
    )


@router.post(
    "/invitations/{token}",
    response=schemas.SignedIn,
    operation_id="invitations_accept",
    summary="Accept an invitation",
)
def post_invitation(request: HttpRequest, token: str, body: schemas.InvitationAccept) -> schemas.SignedIn:
    """Join as the person signed in, or with a new account's name and password, which signs in."""
    person = request.user if isinstance(request.user, User) else None
    joined = accept_invitation(
        token,
        person=person,
        name=body.name,
        password=body.password,
        email=body.email,
        locale=_locale(request),
    )
    if person is not None:
        request.session[SESSION_WORKSPACE] = str(joined.workspace_id)
    place = Workspace(id=joined.workspace_id, name=joined.workspace_name)
    return _signed_in(request, joined.user, place)


def _signed_in(request: HttpRequest, user: User, workspace: Workspace) -> schemas.SignedIn:
    signed_in = request.user.is_authenticated or sign_in(request, user)
    if signed_in:
        request.session[SESSION_WORKSPACE] = str(workspace.id)
    return schemas.SignedIn(signed_in=signed_in, workspace=schemas.Ref(id=workspace.id, name=workspace.name))


def _locale(request: HttpRequest) -> str:
    return match_locale(request.headers.get("Accept-Language")) or DEFAULT_LOCALE
