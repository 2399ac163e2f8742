"""`/me` and `/workspace`: who am I, where am I, and how is it set."""

import uuid

from ninja import Router

from guanxi.engine.identity import schemas
from guanxi.engine.identity.actions.profile import update_me, update_workspace
from guanxi.engine.identity.actors import find_standing
from guanxi.engine.identity.queries import (
    get_user,
    get_workspace,
    list_own_workspaces,
    team_name,
    works_elsewhere,
)
from guanxi.engine.identity.rules import SESSION_BOUND, SESSION_WORKSPACE, capabilities, shown_email
from guanxi.engine.tenancy.context import enter_workspace
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Forbidden, NotFound, Unauthenticated
from guanxi.kit.text import Text

_TOKEN_STAYS = Text(
    "令牌只属于一个工作区，不能切换。", "A token belongs to one workspace and cannot be moved to another."
)
_BOUND = Text(
    "通过企业单点登录进来的，只能在这家企业里工作。要切换，请重新登录。",
    "Single sign-on of one company leads into that company only. Sign in again to work in another.",
)

_NAME = Text(
    "你的姓名在各个企业通用。请用密码登录后再修改。",
    "Your name is the same in all your workspaces. Sign in with your password to change it.",
)

router = Router(tags=["Who am I"])


@router.get("/me", response=schemas.Me, by_alias=True, operation_id="me_get", summary="Who am I")
def get_me(request: ApiRequest) -> schemas.Me:
    """The person, the current workspace, and the workspaces they may switch to."""
    return _me(request)


@router.patch(
    "/me", response=schemas.Me, by_alias=True, operation_id="me_update", summary="Change my settings"
)
def patch_me(request: ApiRequest, body: schemas.MeUpdate) -> schemas.Me:
    """Change one's own name, language, theme or preferences.

    The name is that of all one's workspaces: who reaches one of them alone (by its single sign-on, by a token)
    changes it only while there is no other.
    """
    user_id, changes = _person(request), body.dict(exclude_unset=True)
    is_partial = request.api_token is not None or bool(request.session.get(SESSION_BOUND))
    if changes.get("name") and is_partial and works_elsewhere(user_id, request.ctx.workspace.id):
        raise Forbidden(_NAME, code="single_sign_on")
    update_me(request.ctx, user_id, changes)
    return _me(request)


@router.post(
    "/me/workspace",
    response=schemas.Me,
    by_alias=True,
    operation_id="me_switch_workspace",
    summary="Switch workspace",
)
def switch_workspace(request: ApiRequest, body: schemas.WorkspaceSwitch) -> schemas.Me:
    """Work in another of one's workspaces from now on."""
    if request.api_token is not None:
        raise Forbidden(_TOKEN_STAYS)
    user_id = _person(request)
    if request.session.get(SESSION_BOUND, str(body.workspace)) != str(body.workspace):
        raise Forbidden(_BOUND, code="single_sign_on")
    enter_workspace(body.workspace)
    standing = find_standing(body.workspace, user_id)
    if standing is None:
        raise NotFound
    request.session[SESSION_WORKSPACE] = str(body.workspace)
    request.ctx = type(request.ctx)(
        workspace=standing.workspace, actor=standing.actor, via=request.ctx.via, locale=request.ctx.locale
    )
    return _me(request)


@router.get(
    "/workspace", response=schemas.Workspace, operation_id="workspace_get", summary="Workspace settings"
)
def get_settings(request: ApiRequest) -> Workspace:
    """The settings of the workspace, for everybody in it."""
    return get_workspace(request.ctx)


@router.patch(
    "/workspace", response=schemas.Workspace, operation_id="workspace_update", summary="Change the workspace"
)
def patch_settings(request: ApiRequest, body: schemas.WorkspaceUpdate) -> Workspace:
    """Change the settings of the workspace; administrators only."""
    return update_workspace(request.ctx, body.dict(exclude_unset=True))


def _person(request: ApiRequest) -> uuid.UUID:
    if request.ctx.actor.user_id is None:
        raise Unauthenticated
    return request.ctx.actor.user_id


def _me(request: ApiRequest) -> schemas.Me:
    ctx, user = request.ctx, get_user(_person(request))
    workspace = get_workspace(ctx)
    can = capabilities(ctx.actor)
    own = [(workspace, ctx.actor.role.value)]
    viewing, looks = request.viewing, user
    if viewing is not None and ctx.origin.viewer is not None:
        looks = get_user(ctx.origin.viewer)
    elif request.api_token is None and not request.session.get(SESSION_BOUND):
        own = list_own_workspaces(user.id, ctx.workspace.id)
    team = team_name(ctx, ctx.actor.team_id)
    return schemas.Me(
        user=schemas.PersonMe(
            id=user.id,
            name=user.name,
            email=shown_email(user.email),
            locale=looks.locale or workspace.locale,
            theme=looks.theme,
            preferences=user.preferences,
        ),
        workspace=schemas.WorkspaceMe(
            id=workspace.id,
            name=workspace.name,
            slug=workspace.slug,
            time_zone=workspace.time_zone,
            currency=workspace.currency,
            locale=workspace.locale,
            schema_version=workspace.schema_version,
            has_sample=workspace.is_sample,
        ),
        role=ctx.actor.role.value,
        extra_roles=list(ctx.actor.extra_roles),
        areas=sorted(ctx.actor.areas or ()),
        team=schemas.Ref(id=ctx.actor.team_id, name=team) if ctx.actor.team_id and team else None,
        workspaces=[
            schemas.WorkspaceChoice(id=row.id, name=row.name, slug=row.slug, role=role)  # type: ignore[arg-type]
            for row, role in own
        ],
        can=schemas.CanMe(settings=can.settings, members=can.members, import_=can.import_, export=can.export),
        viewing=schemas.ViewingMe(**viewing, by=schemas.Ref(id=looks.id, name=looks.name))
        if viewing
        else None,
    )
