"""`/referrals`: codes, whom a customer brought and what came of it, and the terms of rewards."""

import uuid

from django.http import HttpResponse
from ninja import Router

from guanxi.domains.sales.referrals import codes, influence, registering, schemas, terms
from guanxi.domains.sales.referrals.rules import shown
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Referrals"])


@router.get("/referrals/terms", operation_id="referral_terms", summary="What is given for referrals")
def get_terms(request: ApiRequest) -> HttpResponse:
    """Nothing, an amount, or hundredths of the first payment; needs the area `sales`."""
    return answer(terms.read(request.ctx))


@router.put("/referrals/terms", operation_id="referral_terms_save", summary="Set what is given for referrals")
def put_terms(request: ApiRequest, body: schemas.TermsIn) -> HttpResponse:
    """For rewards that fall due from now on; needs the area `sales`."""
    return answer(terms.save(request.ctx, body.dict()))


@router.get(
    "/referrals/{object_key}/{record_id}", operation_id="referrals_of", summary="Referrals of a customer"
)
def get_referrals(request: ApiRequest, object_key: str, record_id: uuid.UUID) -> HttpResponse:
    """Of a `customer` or a `contact`: code, who brought them, whom they brought, influence and rewards."""
    return answer(influence.read(request.ctx, object_key, record_id))


@router.post(
    "/referrals/{object_key}/{record_id}/code",
    operation_id="referral_code_make",
    summary="A code to recommend by",
)
def post_code(request: ApiRequest, object_key: str, record_id: uuid.UUID) -> HttpResponse:
    """The code of a `customer` or a `contact`; made the first time, the same ever after."""
    return answer({"code": shown(codes.give_code(request.ctx, object_key, record_id))}, 201)


@router.post(
    "/referrals/customer/{record_id}/brought-by",
    operation_id="referral_by_code",
    summary="Say by code who brought a customer",
)
def post_brought_by(request: ApiRequest, record_id: uuid.UUID, body: schemas.CodeIn) -> HttpResponse:
    """Makes the referral; 422 at `code` for one that there is not, or that cannot have brought them."""
    return answer(registering.by_code(request.ctx, record_id, body.code), 201)
