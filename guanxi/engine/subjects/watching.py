"""What the desk reminds of: requests past their deadline."""

from guanxi.engine.notifications.facade import notify
from guanxi.engine.subjects import rules
from guanxi.engine.subjects.models import SubjectRequest
from guanxi.engine.subjects.people import workers
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

OVERDUE = "subject.overdue"
MOST = 100
LATE = Text("个人信息请求 #{number} 已超过答复期限", "Request #{number} of a person is past its deadline")


def tell_overdue(ctx: Ctx) -> None:
    """Tell the assignee and everybody at the desk of requests that are late, once each (an hourly chore)."""
    late = SubjectRequest.objects.filter(
        workspace_id=ctx.workspace.id,
        status__in=(*rules.OPEN, "working"),
        due_at__lt=ctx.now,
        overdue_told=False,
    )
    rows = list(late.select_for_update().order_by("due_at")[:MOST])
    if not rows:
        return
    desk = list(workers(ctx))
    for row in rows:
        people = [*([row.assignee_id] if row.assignee_id else []), *desk]
        notify(
            ctx, people, OVERDUE, title=LATE, url=f"/settings/requests/{row.id}", data={"number": row.number}
        )
    SubjectRequest.objects.filter(id__in=[row.id for row in rows]).update(overdue_told=True)


chore_registry.register(Chore("subjects.tell_overdue", tell_overdue))
