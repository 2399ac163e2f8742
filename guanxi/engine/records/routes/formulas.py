"""`/api/v1/meta/formula-functions` and `/api/v1/meta/objects/{object}/formulas/check`."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.records.formulas import check_formula, describe_functions
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object

router = Router(tags=["Metadata"])


@router.get(
    "/meta/formula-functions", operation_id="meta_formula_functions", summary="The functions of formulas"
)
def list_functions(request: HttpRequest) -> HttpResponse:
    """Names, signatures, what they do and an example, in both languages."""
    response = answer({"data": describe_functions()})
    response["Cache-Control"] = "private, max-age=3600"
    return response


@router.post(
    "/meta/objects/{object_key}/formulas/check",
    operation_id="meta_formulas_check",
    summary="Check a formula, and try it on a record",
)
def check(request: HttpRequest, object_key: str) -> HttpResponse:
    """Whether a formula is right, what it results in, and its value for a record or a form's values."""
    return answer(check_formula(ctx_of(request), object_key, read_object(request)))
