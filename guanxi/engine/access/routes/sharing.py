"""`/sharing-rules` and `/delegations`: further ways to the records of others."""

import uuid
from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from guanxi.engine.access import sharing
from guanxi.engine.access.matrix import require_looking
from guanxi.engine.access.schemas import Input, Key, Names, Words
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Roles and rights"])
Level = Literal["read", "edit"]
Kind = Literal["user", "team", "role"]


class SharingRuleShape(Schema):
    """A sharing rule; `to` is an id, or the key of a role."""

    id: uuid.UUID
    name: Words
    object: str
    filter: Any
    to_kind: Kind
    to: str
    with_below: bool
    level: Level
    enabled: bool
    version: int
    broken: bool


class SharingRuleList(Schema):
    """Every sharing rule."""

    data: list[SharingRuleShape]


class SharingRuleCreate(Input):
    """Records of `object` that match `filter` (null: all) are shared with `to`."""

    name: Names
    object: Key
    filter: Any = None
    to_kind: Kind
    to: Key
    with_below: bool = True
    level: Level = "read"
    enabled: bool = True


class SharingRuleUpdate(Input):
    """Changes to a rule, based on its `version`."""

    version: int | None = None
    name: Names | None = None
    filter: Any = None
    to_kind: Kind | None = None
    to: Key | None = None
    with_below: bool | None = None
    level: Level | None = None
    enabled: bool | None = None


class PersonRef(Schema):
    """A person."""

    id: uuid.UUID
    name: str


class DelegationShape(Schema):
    """Somebody stands in for somebody else."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    id: uuid.UUID
    from_: PersonRef = Field(alias="from")
    to: PersonRef
    level: Level
    starts_at: datetime
    until: datetime


class DelegationList(Schema):
    """Delegations that are not over."""

    data: list[DelegationShape]


class DelegationCreate(Input):
    """Let `to` stand in for me (for `from`, by who manages roles) until a moment."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid")

    from_: uuid.UUID | None = Field(default=None, alias="from")
    to: uuid.UUID
    level: Level = "read"
    starts_at: AwareDatetime | None = None
    until: AwareDatetime


@router.get(
    "/sharing-rules", response=SharingRuleList, operation_id="sharing_rules_list", summary="Sharing rules"
)
def get_rules(request: ApiRequest) -> dict[str, Any]:
    """Every rule; for who manages roles or audits."""
    require_looking(request.ctx)
    return {"data": sharing.list_rules(request.ctx)}


@router.post(
    "/sharing-rules",
    response={201: SharingRuleShape},
    operation_id="sharing_rules_create",
    summary="Make a rule",
)
def post_rule(request: ApiRequest, body: SharingRuleCreate) -> Status[dict[str, Any]]:
    """Share records that match a filter; needs the area `roles`."""
    row = sharing.create_rule(request.ctx, body.dict())
    return Status(201, sharing.rule_json(request.ctx, row))


@router.patch(
    "/sharing-rules/{rule_id}",
    response=SharingRuleShape,
    operation_id="sharing_rules_update",
    summary="Change a rule",
)
def patch_rule(request: ApiRequest, rule_id: uuid.UUID, body: SharingRuleUpdate) -> dict[str, Any]:
    """Change a rule; what is not given stays. Needs `version`."""
    given = body.dict(exclude_unset=True)
    kept = {key: value for key, value in given.items() if value is not None or key == "filter"}
    return sharing.rule_json(request.ctx, sharing.update_rule(request.ctx, rule_id, kept))


@router.delete(
    "/sharing-rules/{rule_id}",
    response={204: None},
    operation_id="sharing_rules_delete",
    summary="End a rule",
)
def delete_rule(request: ApiRequest, rule_id: uuid.UUID) -> Status[None]:
    """End a rule."""
    sharing.delete_rule(request.ctx, rule_id)
    return Status(204, None)


@router.get(
    "/delegations",
    response=DelegationList,
    by_alias=True,
    operation_id="delegations_list",
    summary="Standing in",
)
def get_delegations(request: ApiRequest) -> dict[str, Any]:
    """Who stands in for whom, now and later; my own unless I manage roles."""
    return {"data": sharing.list_delegations(request.ctx)}


@router.post(
    "/delegations", response={201: DelegationList}, by_alias=True, operation_id="delegations_create",
    summary="Let somebody stand in",
)  # fmt: skip
def post_delegation(request: ApiRequest, body: DelegationCreate) -> Status[dict[str, Any]]:
    """While I am away, `to` sees (or also changes) what I own."""
    made = sharing.create_delegation(
        request.ctx,
        person=body.from_,
        to=body.to,
        level=body.level,
        starts_at=body.starts_at,
        until=body.until,
    )
    return Status(
        201, {"data": [row for row in sharing.list_delegations(request.ctx) if row["id"] == str(made)]}
    )


@router.delete(
    "/delegations/{delegation_id}",
    response={204: None},
    operation_id="delegations_delete",
    summary="End standing in",
)
def delete_delegation(request: ApiRequest, delegation_id: uuid.UUID) -> Status[None]:
    """End it at once."""
    sharing.end_delegation(request.ctx, delegation_id)
    return Status(204, None)
