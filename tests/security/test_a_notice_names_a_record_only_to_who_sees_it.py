"""A notice outlives the sight of the record it is about: its title and address go with the sight."""

from tests.engine.access.people import ALL, NOTHING, make_role, person_with
from tests.firms import Door, Firm

SECRET = "北海机密项目"


def test_a_notice_forgets_a_record_that_was_taken_away_again(firm: Firm) -> None:
    boss, person = firm.door(), firm.add("小李")
    door = firm.door(person)
    one = boss.post("/customer", {"name": SECRET, "owner": str(person.id)}).data
    told = door.get("/notifications").data["data"][0]
    assert (SECRET in told["title"], told["url"]) == (True, f"/o/customer/{one['id']}")
    boss.patch(f"/customer/{one['id']}", {"owner": str(firm.admin.id), "version": 1})
    answer = door.get("/notifications")
    assert SECRET not in answer.content.decode()
    assert one["id"] not in answer.content.decode()
    assert answer.data["data"][0]["url"] is None
    boss.patch(f"/customer/{one['id']}", {"name": "改名公司", "owner": str(person.id), "version": 2})
    titles = [notice["title"] for notice in door.get("/notifications").data["data"]]
    assert all("改名公司" in title for title in titles), titles


def test_being_made_owner_of_what_ones_role_does_not_see_tells_nothing(firm: Firm) -> None:
    boss = firm.door()
    make_role(boss, "contacts", objects={"*": NOTHING, "contact": ALL})
    door = person_with(firm, boss, "contacts")
    me = door.get("/me").data["user"]["id"]
    assert boss.post("/customer", {"name": SECRET, "owner": me}).status_code == 201
    answer = door.get("/notifications")
    assert len(answer.data["data"]) == 1
    assert SECRET not in answer.content.decode()


def test_a_watch_rule_tells_a_manager_nothing_of_what_they_do_not_see(firm: Firm) -> None:
    boss, manager, seller = firm.door(), firm.add("经理"), firm.add("小李")
    assert boss.patch(f"/members/{seller.id}", {"manager": str(manager.id)}).status_code == 200
    rule = {"fields": ["mobile"], "to": "manager", "action": "notify",
            "message": {"zh-CN": "电话变了", "en": "The phone changed"}}  # fmt: skip
    made = boss.post("/meta/objects/customer/watches", rule)
    assert made.status_code == 201, made.data
    mine: Door = firm.door(seller)
    one = mine.post("/customer", {"name": SECRET}).data
    mine.patch(f"/customer/{one['id']}", {"mobile": "13812345678", "version": 1})
    answer = firm.door(manager).get("/notifications")
    assert len(answer.data["data"]) == 1, answer.data
    assert SECRET not in answer.content.decode()
