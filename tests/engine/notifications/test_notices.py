"""What people are told, and what they are not."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.identity.facade import load_actor
from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.notifications.facade import notify
from guanxi.engine.notifications.models import Notification
from guanxi.engine.records import store
from guanxi.engine.tenancy import chores
from guanxi.engine.tenancy.context import Ctx, Role, Via, session, system_ctx
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text
from tests.firms import Door, Firm

HELLO = Text("{who} 来了", "{who} is here")


def tell(firm: Firm, users: Sequence[User], title: Text = HELLO, **given: Any) -> None:
    with session(firm.workspace.id):
        notify(firm.ctx, [user.id for user in users], "system.hello", title, **given)


def notices(door: Door, query: str = "") -> Any:
    answer = door.get(f"/notifications{query}")
    assert answer.status_code == 200, answer.content
    return answer.data


def ctx_of(firm: Firm, user: User, via: Via = Via.WEB, batch: uuid.UUID | None = None) -> Ctx:
    info, actor = load_actor(firm.workspace.id, user.id)
    return Ctx(workspace=info, actor=actor, via=via, locale="en", batch_id=batch)


def test_a_notice_is_read_in_the_readers_language(firm: Firm) -> None:
    tell(firm, [firm.admin], body=Text("请看", "Have a look"), url="/o/customer", data={"who": "林悦"})
    found = notices(firm.door(language="zh-CN"))
    assert [row["title"] for row in found["data"]] == ["林悦 来了"]
    assert found["unread_count"] == 1
    row = notices(firm.door(language="en"))["data"][0]
    assert (row["title"], row["body"], row["url"], row["read"]) == (
        "林悦 is here",
        "Have a look",
        "/o/customer",
        False,
    )


def test_names_with_braces_stay_names(firm: Firm) -> None:
    tell(firm, [firm.admin], data={"who": "{settings} {0.__class__}"})
    assert notices(firm.door())["data"][0]["title"] == "{settings} {0.__class__} is here"


def test_one_sees_ones_own_notices_only(firm: Firm, other_firm: Firm) -> None:
    member = firm.add("小陈")
    tell(firm, [firm.admin], data={"who": "A"})
    assert notices(firm.door(member))["data"] == []
    assert notices(other_firm.door())["data"] == []
    notice = notices(firm.door())["data"][0]
    answer = firm.door(member).post("/notifications/read", {"ids": [notice["id"]]})
    assert answer.data == {"marked": 0, "unread_count": 0}
    assert notices(firm.door())["unread_count"] == 1


def test_disabled_people_and_strangers_are_not_told(firm: Firm, other_firm: Firm) -> None:
    gone = firm.add("走了")
    with session(firm.workspace.id):
        Membership.objects.filter(user=gone).update(status="disabled")
    tell(firm, [gone, other_firm.admin])
    with session(firm.workspace.id):
        assert Notification.objects.count() == 0


def test_pages_go_from_new_to_old_without_gaps(firm: Firm) -> None:
    for number in range(7):
        tell(firm, [firm.admin], data={"who": str(number)})
    door = firm.door()
    first = notices(door, "?limit=3")
    assert first["page"]["count"] == {"value": 7, "exact": True}
    seen = [row["data"]["who"] for row in first["data"]]
    cursor = first["page"]["next"]
    while cursor:
        page = notices(door, f"?limit=3&cursor={cursor}")
        assert page["page"]["count"] is None
        seen += [row["data"]["who"] for row in page["data"]]
        cursor = page["page"]["next"]
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]
    assert door.get("/notifications?cursor=nonsense").status_code == 422
    assert door.get("/notifications?limit=0").status_code == 422


def test_reading_some_and_reading_all(firm: Firm) -> None:
    for number in range(3):
        tell(firm, [firm.admin], data={"who": str(number)})
    door = firm.door()
    newest = notices(door)["data"][0]["id"]
    assert door.post("/notifications/read", {"ids": [newest]}).data == {"marked": 1, "unread_count": 2}
    assert len(notices(door, "?unread=true")["data"]) == 2
    assert door.post("/notifications/read", {"all": True}).data == {"marked": 2, "unread_count": 0}
    assert notices(door, "?unread=true")["data"] == []
    assert len(notices(door)["data"]) == 3


@pytest.mark.parametrize(
    "body", [{}, {"all": False}, {"all": True, "ids": []}, {"ids": ["x"]}, {"ids": "all"}]
)
def test_what_was_read_must_be_said(firm: Firm, body: Any) -> None:
    assert firm.door().post("/notifications/read", body).status_code == 422


def test_counting_the_unread_stops_at_a_hundred(firm: Firm) -> None:
    with session(firm.workspace.id):
        for _ in range(105):
            notify(firm.ctx, [firm.admin.id], "system.hello", HELLO)
    assert notices(firm.door())["unread_count"] == 100


def test_notices_are_kept_for_ninety_days(firm: Firm, other_firm: Firm) -> None:
    tell(firm, [firm.admin], data={"who": "old"})
    tell(other_firm, [other_firm.admin], data={"who": "old"})
    for each in (firm, other_firm):
        with session(each.workspace.id):
            Notification.objects.update(created_at=timezone.now() - timedelta(days=91))
    tell(firm, [firm.admin], data={"who": "new"})
    assert [row["data"]["who"] for row in notices(firm.door())["data"]] == ["new"]
    assert chores.do_chores() == 0
    for each, left in ((firm, 1), (other_firm, 0)):
        with session(each.workspace.id):
            assert Notification.objects.count() == left


# ---- handing over records


@pytest.fixture
def rep(firm: Firm) -> User:
    """A sales rep."""
    return firm.add("林悦")


def test_whoever_is_handed_a_record_is_told_with_a_link(firm: Firm, rep: User) -> None:
    answer = firm.door().post("/customer", {"name": "中山公司", "owner": str(rep.id)})
    assert answer.status_code == 201, answer.content
    row = notices(firm.door(rep))["data"][0]
    assert row["title"] == "王芳 handed you the customer “中山公司”"
    assert row["url"] == f"/o/customer/{answer.data['id']}"
    assert row["kind"] == "record.assigned"
    assert notices(firm.door(rep, language="zh-CN"))["data"][0]["title"] == "王芳 把客户「中山公司」交给了你"


def test_ones_own_records_and_unchanged_owners_tell_nobody(firm: Firm, rep: User) -> None:
    door = firm.door()
    record = door.post("/customer", {"name": "甲公司"}).data
    theirs = door.post("/customer", {"name": "乙公司", "owner": str(rep.id)}).data
    firm.door(rep).post("/notifications/read", {"all": True})
    door.patch(
        f"/customer/{theirs['id']}", {"name": "丙公司", "owner": str(rep.id), "version": theirs["version"]}
    )
    door.patch(f"/customer/{record['id']}", {"name": "丁公司", "version": record["version"]})
    assert notices(firm.door(rep))["unread_count"] == 0
    assert notices(door)["data"] == []


def test_many_records_at_once_make_one_notice_a_person(firm: Firm, rep: User) -> None:
    other = firm.add("赵磊")
    with session(firm.workspace.id):
        ctx = ctx_of(firm, firm.admin, batch=new_id())
        owners = [rep.id] * 12 + [other.id] * 2 + [firm.admin.id] * 3
        store.bulk_create(
            ctx, "customer", [{"name": f"公司{n}", "owner": str(o)} for n, o in enumerate(owners)]
        )
    rows = notices(firm.door(rep))["data"]
    assert [row["title"] for row in rows] == ["王芳 handed you 12 customers"]
    assert rows[0]["url"] == "/o/customer?view=builtin:mine"
    assert [row["title"] for row in notices(firm.door(other))["data"]] == ["王芳 handed you 2 customers"]
    assert notices(firm.door())["data"] == []


def test_the_passes_of_one_import_share_one_notice(firm: Firm, rep: User) -> None:
    batch = new_id()
    for part in range(3):
        with session(firm.workspace.id):
            ctx = ctx_of(firm, firm.admin, via=Via.IMPORT, batch=batch)
            rows = [{"name": f"公司{part}-{n}", "owner": str(rep.id)} for n in range(2 if part else 1)]
            store.bulk_create(ctx, "customer", rows)
        if part == 0:
            assert firm.door(rep).post("/notifications/read", {"all": True}).data["marked"] == 1
    found = notices(firm.door(rep))
    assert [row["title"] for row in found["data"]] == ["王芳 handed you 5 customers"]
    assert found["unread_count"] == 1, "it has grown since it was read"


def test_two_batches_are_two_notices(firm: Firm, rep: User) -> None:
    for _ in range(2):
        with session(firm.workspace.id):
            ctx = ctx_of(firm, firm.admin, batch=new_id())
            store.bulk_create(ctx, "customer", [{"name": f"公司{n}", "owner": str(rep.id)} for n in range(2)])
    assert len(notices(firm.door(rep))["data"]) == 2


def test_sample_data_and_the_programs_own_work_tell_nobody(firm: Firm, rep: User) -> None:
    with session(firm.workspace.id):
        ctx = ctx_of(firm, firm.admin)
        store.bulk_create(ctx, "customer", [{"name": "样例", "owner": str(rep.id)}], sample=True)
        own = system_ctx(firm.workspace.info())
        store.bulk_create(own, "customer", [{"name": "导入", "owner": str(rep.id)}])
    assert notices(firm.door(rep))["data"] == []


def test_a_refused_change_tells_nobody(firm: Firm, rep: User) -> None:
    answer = firm.door().post("/customer", {"name": "甲", "owner": str(rep.id), "nonsense": 1})
    assert answer.status_code == 422
    assert notices(firm.door(rep))["data"] == []


def test_managers_hand_over_within_their_team(firm: Firm) -> None:
    with session(firm.workspace.id):
        team = Team.objects.create(workspace=firm.workspace, name="销售部")
    boss, rep = firm.add("周经理", Role.MANAGER), firm.add("小吴")
    with session(firm.workspace.id):
        Membership.objects.filter(user__in=[boss, rep]).update(team=team)
    assert firm.door(boss).post("/lead", {"name": "新线索", "owner": str(rep.id)}).status_code == 201
    assert notices(firm.door(rep))["data"][0]["title"] == "周经理 handed you the lead “新线索”"
