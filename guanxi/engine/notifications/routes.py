"""`/notifications`: what the caller should know."""

from typing import Annotated

from ninja import Query, Router

from guanxi.engine.notifications import schemas
from guanxi.engine.notifications.actions import mark_read
from guanxi.engine.notifications.queries import COUNT_CAP, NoticeRows, count_unread, list_notices
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Notifications"])


@router.get(
    "/notifications",
    response=schemas.NoticePage,
    operation_id="notifications_list",
    summary="List my notices",
)
def get_notices(
    request: ApiRequest,
    unread: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> schemas.NoticePage:
    """One's own notices of the last 90 days, newest first; `unread` leaves out what was read."""
    return _page_of(list_notices(request.ctx, unread=unread, limit=limit, cursor=cursor))


@router.post(
    "/notifications/read",
    response=schemas.NoticesMarked,
    operation_id="notifications_read",
    summary="Mark notices as read",
)
def post_read(request: ApiRequest, body: schemas.NoticesRead) -> schemas.NoticesMarked:
    """Mark some of one's notices, or all, as read. Ids that are not one's own change nothing."""
    marked = mark_read(request.ctx, None if body.all else body.ids)
    return schemas.NoticesMarked(marked=marked, unread_count=count_unread(request.ctx))


def _page_of(rows: NoticeRows) -> schemas.NoticePage:
    count = None
    if rows.count is not None:
        count = schemas.NoticeCount(value=min(rows.count, COUNT_CAP), exact=rows.count <= COUNT_CAP)
    return schemas.NoticePage(
        data=[schemas.Notice.model_validate(row, from_attributes=True) for row in rows.rows],
        page=schemas.NoticePageInfo(next=rows.next, count=count),
        unread_count=rows.unread_count,
    )
