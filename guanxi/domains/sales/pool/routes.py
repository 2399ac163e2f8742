"""`/pools`: public pools, their records, claiming and handing out; and setting them up."""

import uuid
from typing import Annotated, Any

from ninja import Query, Router, Status

from guanxi.domains.sales.pool import claiming, listing, owners, schemas, settings, simulating
from guanxi.domains.sales.pool.sight import pool_of
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import require_admin
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Public pools"])


@router.get("/pools", response=schemas.PoolList, operation_id="pools_list", summary="Public pools")
def get_pools(request: ApiRequest) -> dict[str, Any]:
    """The pools that the caller is a member of, or manages."""
    return {"data": listing.list_pools(request.ctx)}


@router.post("/pools", response={201: schemas.PoolSetup}, operation_id="pools_create", summary="Make a pool")
def post_pool(request: ApiRequest, body: schemas.PoolCreate) -> Status[dict[str, Any]]:
    """A new pool; needs the area `rules`."""
    ctx, made = settings.create_pool(request.ctx, body.dict())
    return Status(201, settings.pool_json(ctx, made))


@router.put("/pools", response={204: None}, operation_id="pools_order", summary="Put pools in order")
def put_order(request: ApiRequest, body: schemas.PoolOrder) -> Status[None]:
    """A record belongs to the first pool whose filter takes it; needs the area `rules`."""
    settings.order_pools(request.ctx, body.keys)
    return Status(204, None)


@router.get("/pools/{pool_key}", response=schemas.PoolShape, operation_id="pools_get", summary="A pool")
def get_pool(request: ApiRequest, pool_key: str) -> dict[str, Any]:
    """How many records it holds, and how many more the caller may claim."""
    return listing.show_pool(request.ctx, pool_of(request.ctx, pool_key))


@router.get(
    "/pools/{pool_key}/setup",
    response=schemas.PoolSetup,
    operation_id="pools_setup",
    summary="How a pool is set up",
)
def get_setup(request: ApiRequest, pool_key: str) -> dict[str, Any]:
    """Members, limits and rules; needs the area `rules`."""
    require_admin(request.ctx, "rules")
    return settings.pool_json(request.ctx, pool_of(request.ctx, pool_key))


@router.patch(
    "/pools/{pool_key}/setup",
    response=schemas.PoolSetup,
    operation_id="pools_update",
    summary="Change a pool",
)
def patch_pool(request: ApiRequest, pool_key: str, body: schemas.PoolUpdate) -> dict[str, Any]:
    """Change what is given, based on `version`; needs the area `rules`."""
    given = body.dict(exclude_unset=True)
    ctx, changed = settings.update_pool(request.ctx, pool_key, given)
    return settings.pool_json(ctx, changed)


@router.delete(
    "/pools/{pool_key}", response={204: None}, operation_id="pools_delete", summary="Delete an empty pool"
)
def delete_pool(request: ApiRequest, pool_key: str) -> Status[None]:
    """Needs the area `rules`; 409 while the pool holds records."""
    settings.delete_pool(request.ctx, pool_key)
    return Status(204, None)


@router.get(
    "/pools/{pool_key}/records",
    response=schemas.PooledList,
    operation_id="pools_records",
    summary="Records of a pool",
)
def get_records(
    request: ApiRequest,
    pool_key: str,
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> dict[str, Any]:
    """Newest first; `q` searches in the title. What the pool hides is masked until it is claimed."""
    return listing.list_records(request.ctx, pool_of(request.ctx, pool_key), search=q.strip(), cursor=cursor)


@router.post(
    "/pools/{pool_key}/claim", response=schemas.Claimed, operation_id="pools_claim", summary="Claim records"
)
def post_claim(request: ApiRequest, pool_key: str, body: schemas.Claim) -> dict[str, Any]:
    """The caller becomes owner of those still in the pool, as far as their limits reach; 409 when of none."""
    return claiming.claim(request.ctx, pool_of(request.ctx, pool_key), body.ids)


@router.post(
    "/pools/{pool_key}/hand-out",
    response=schemas.HandedOut,
    operation_id="pools_hand_out",
    summary="Hand records out",
)
def post_hand_out(request: ApiRequest, pool_key: str, body: schemas.HandOut) -> dict[str, Any]:
    """Dealt to the people one by one, whatever their limits; for the managers of the pool."""
    return claiming.hand_out(request.ctx, pool_of(request.ctx, pool_key), body.ids, body.people)


@router.get(
    "/pools/owners/{object_key}/{record_id}", response=schemas.OwnerList, operation_id="pools_owners",
    summary="Former owners of a record", by_alias=True,
)  # fmt: skip
def get_owners(request: ApiRequest, object_key: str, record_id: uuid.UUID) -> dict[str, Any]:
    """Whose it was, when and why that changed, newest first."""
    obj = rights.get_object(request.ctx, object_key)
    return {"data": owners.owners_of(request.ctx, obj, record_id)}


@router.post(
    "/pools/{pool_key}/simulate",
    response=schemas.Simulated,
    operation_id="pools_simulate",
    summary="What a rule would do",
)
def post_simulate(request: ApiRequest, pool_key: str, body: schemas.RuleIn) -> dict[str, Any]:
    """How many records the rule would take tonight, whose, and the first of them; needs the area `rules`."""
    return simulating.simulate(request.ctx, pool_of(request.ctx, pool_key), body.dict())
