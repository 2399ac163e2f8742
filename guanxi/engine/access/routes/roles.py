"""`/roles`: what there is, and what each gives."""

from typing import Any

from ninja import Router, Status

from guanxi.engine.access import changing, schemas
from guanxi.engine.access.matrix import get_role, list_roles, require_looking
from guanxi.engine.access.templates import TEMPLATES
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Roles and rights"])


@router.get("/roles", response=schemas.RoleList, by_alias=True, operation_id="roles_list", summary="Roles")
def get_roles(request: ApiRequest) -> dict[str, Any]:
    """Every role with what it gives and how many people have it; for who manages roles, people or audits."""
    _require(request)
    return {"data": list_roles(request.ctx)}


@router.post(
    "/roles",
    response={201: schemas.RoleShape},
    by_alias=True,
    operation_id="roles_create",
    summary="Make a role",
)
def post_role(request: ApiRequest, body: schemas.RoleCreate) -> Status[dict[str, Any]]:
    """A role from a template, a copy or of one's own; needs the area `roles`."""
    ctx, key = changing.create_role(request.ctx, body.dict(exclude_unset=True))
    return Status(201, get_role(ctx, key))


@router.get(
    "/roles/templates", response=schemas.TemplateList, by_alias=True, operation_id="roles_templates",
    summary="Roles to start from",
)  # fmt: skip
def get_templates(request: ApiRequest) -> dict[str, Any]:
    """Templates, of the objects and fields that the workspace has."""
    _require(request)
    return {
        "data": [
            {"key": t.key, "name": t.name.as_dict(), "note": t.note.as_dict(), "rights": changing.taken(request.ctx, t)}
            for t in TEMPLATES
        ]
    }  # fmt: skip


@router.get(
    "/roles/{key}", response=schemas.RoleShape, by_alias=True, operation_id="roles_get", summary="One role"
)
def get_one(request: ApiRequest, key: str) -> dict[str, Any]:
    """One role."""
    _require(request)
    return get_role(request.ctx, key)


@router.patch(
    "/roles/{key}",
    response=schemas.RoleShape,
    by_alias=True,
    operation_id="roles_update",
    summary="Change a role",
)
def patch_one(request: ApiRequest, key: str, body: schemas.RoleUpdate) -> dict[str, Any]:
    """Change a role; `rights` are given whole. Holds from everybody's next request on. Needs `version`."""
    return get_role(changing.update_role(request.ctx, key, body.dict(exclude_unset=True)), key)


@router.delete("/roles/{key}", response={204: None}, operation_id="roles_delete", summary="Delete a role")
def delete_one(request: ApiRequest, key: str) -> Status[None]:
    """Delete a role that nobody has (409 otherwise); an adjusted built-in one goes back to what it was."""
    changing.delete_role(request.ctx, key)
    return Status(204, None)


def _require(request: ApiRequest) -> None:
    if not request.ctx.actor.may("members"):
        require_looking(request.ctx)
