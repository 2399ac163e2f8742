"""`/api/v1/search`: everything a person may see, by name, pinyin, initials, numbers."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.records.routes.bodies import answer, ctx_of
from guanxi.engine.records.search import MAX_RESULTS, search
from guanxi.engine.records.search_reasons import with_reasons
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Search"])
BAD_QUERY = Text("请输入 1 到 200 个字。", "Enter 1 to 200 characters.")
BAD_LIMIT = Text("limit 应在 1 到 {max} 之间。", "limit must be between 1 and {max}.")


@router.get("/search", operation_id="search", summary="Search all objects")
def search_everything(request: HttpRequest, q: str, objects: str = "", limit: int = 20) -> HttpResponse:
    """Records that `q` finds, best first; `objects` keeps some, separated by commas."""
    if not q.strip() or len(q) > 200 or "\x00" in q:
        raise invalid("q", "wrong_type", BAD_QUERY)
    if not 1 <= limit <= MAX_RESULTS:
        raise invalid("limit", "out_of_range", BAD_LIMIT, max=MAX_RESULTS)
    keys = [key for key in objects.split(",") if key] or None
    ctx, text = ctx_of(request), q.strip()
    hits = search(ctx, text, objects=keys, limit=limit)
    return answer({"data": with_reasons(ctx, hits, text)})
