"""`/cards` and `/companies`: filling a customer from a business card or a register instead of by typing."""

from typing import Annotated

from ninja import File, Query, Router
from ninja.files import UploadedFile

from guanxi.domains.customers import schemas
from guanxi.domains.customers.cards.scanning import scan
from guanxi.domains.customers.companies.lookup import look_up, proposals
from guanxi.engine.access import rights
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Forbidden

router = Router(tags=["Customers"])


@router.post(
    "/cards/scan", response=schemas.CardScan, operation_id="cards_scan", summary="Read a business card"
)
def scan_card(request: ApiRequest, file: Annotated[UploadedFile, File()]) -> schemas.CardScan:
    """The values in a photo (JPG, PNG, WebP) or a vCard file, each with how sure it is. Nothing is stored."""
    if not rights.can(request.ctx, rights.get_object(request.ctx, "contact"), "create"):
        raise Forbidden
    return schemas.CardScan.model_validate(scan(file.chunks()))


@router.get(
    "/companies/lookup",
    response=schemas.CompanyLookup,
    operation_id="companies_lookup",
    summary="Look a company up",
)
def lookup(request: ApiRequest, q: Annotated[str, Query(max_length=200)]) -> schemas.CompanyLookup:
    """By name or credit code: the code decoded, and what the register services answer whose keys are set."""
    if not rights.can(request.ctx, rights.get_object(request.ctx, "customer"), "create"):
        raise Forbidden
    return schemas.CompanyLookup.model_validate(look_up(request.ctx, q))


@router.post(
    "/companies/compare",
    response=schemas.Proposals,
    operation_id="companies_compare",
    summary="Compare with a record",
)
def compare(request: ApiRequest, body: schemas.CompareCompany) -> schemas.Proposals:
    """Which fields a found company would fill, and where it contradicts what the record says."""
    rows = proposals(request.ctx, body.company.model_dump(), body.current)
    return schemas.Proposals.model_validate({"data": rows})
