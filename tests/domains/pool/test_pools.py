"""Public pools: who sees them, who claims, within which limits, and how records come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from guanxi.engine.tenancy.context import session
from tests.domains.pool.conftest import Pond
from tests.firms import Firm


def codes(answer: Any) -> list[str]:
    """The codes of the refusals."""
    return [each["code"] for each in answer.data["refused"]]


def test_members_claim_what_lies_in_their_pool(pond: Pond) -> None:
    (one,) = pond.pooled()
    assert pond.lin.get(f"/customer/{one}").status_code == 200
    assert pond.outsider.get(f"/customer/{one}").status_code == 404
    assert pond.outsider.get(f"/pools/{pond.pool}").status_code == 404
    assert pond.outsider.post(f"/pools/{pond.pool}/claim", {"ids": [one]}).status_code == 404
    listed = pond.lin.get(f"/pools/{pond.pool}/records").data
    assert [row["id"] for row in listed["data"]] == [one]
    assert pond.lin.patch(f"/customer/{one}", {"phone": "1", "version": 2}).status_code == 403
    assert pond.claim(pond.lin, one).data == {"claimed": [one], "refused": []}
    mine = pond.lin.get(f"/customer/{one}").data
    assert (mine["owner"]["name"], mine["pool"], mine["pooled_at"]) == ("林销售", None, None)
    assert pond.he.get(f"/customer/{one}").status_code == 404
    late = pond.claim(pond.he, one)
    assert (late.status_code, late.data["code"]) == (409, "not_in_pool")
    assert (late.data["title"], late.data["refused"][0]["owner"]["name"]) == ("林销售 has it now.", "林销售")
    assert pond.claim(pond.lin, one).data["code"] == "yours"
    never = pond.claim(pond.he, pond.customer(pond.lin))
    assert (never.data["code"], never.data["refused"][0]["owner"]) == ("not_in_pool", None)


def test_pools_are_shown_to_those_in_them(pond: Pond) -> None:
    assert [each["key"] for each in pond.lin.get("/pools").data["data"]] == [pond.pool]
    assert pond.outsider.get("/pools").data["data"] == []
    assert pond.lin.get(f"/pools/{pond.pool}/setup").status_code == 403
    assert pond.lin.post("/pools", {"object": "customer", "name": {"zh-CN": "我的"}}).status_code == 403


def test_who_made_a_record_does_not_keep_it_once_it_is_in_a_pool(pond: Pond) -> None:
    own = pond.customer(pond.outsider)
    assert pond.put_in(own, door=pond.outsider).status_code == 200
    assert pond.outsider.get(f"/customer/{own}").status_code == 404
    assert pond.lin.get(f"/customer/{own}").status_code == 200


def test_hidden_fields_open_nothing_until_claimed(pond: Pond) -> None:
    assert pond.setup(hidden_fields=["phone"]).status_code == 200
    (one,) = pond.pooled(phone="13802774519", mobile="13802774520")
    assert pond.lin.get(f"/customer/{one}").status_code == 404
    probe = {"filter": {"field": "phone", "op": "contains", "value": "4519"}}
    assert pond.lin.post("/customer/query", probe).data["data"] == []
    assert pond.lin.get("/search?q=13802774519").data["data"] == []
    listed = pond.lin.get(f"/pools/{pond.pool}/records").data
    assert listed["data"][0]["phone"] == "138****4519"
    assert next(f for f in listed["fields"] if f["key"] == "phone")["masked"]
    assert pond.chief.get(f"/pools/{pond.pool}/records").data["data"][0]["phone"] == "+8613802774519"
    assert pond.lin.get(f"/pools/{pond.pool}/records?q=4519").data["data"] == []
    pond.claim(pond.lin, one)
    assert pond.lin.get(f"/customer/{one}").data["phone"] == "+8613802774519"


@pytest.mark.parametrize(
    ("limits", "code"),
    [({"daily": 2}, "limit_daily"), ({"held": 2}, "limit_held"), ({"team_daily": 2}, "limit_team_daily"),
     ({"team_held": 2}, "limit_team_held")],
)  # fmt: skip
def test_limits_hold_for_a_batch_and_after_it(pond: Pond, limits: dict[str, int], code: str) -> None:
    assert pond.setup(limits=limits).status_code == 200
    ids = pond.pooled(3)
    answer = pond.claim(pond.lin, *ids)
    assert (answer.status_code, answer.data["claimed"], codes(answer)) == (200, ids[:2], [code])
    again = pond.claim(pond.lin, ids[2])
    assert (again.status_code, again.data["code"]) == (409, code)
    other = pond.claim(pond.he, ids[2]).status_code
    assert other == (409 if "team" in code else 200)
    shown = pond.lin.get(f"/pools/{pond.pool}").data
    assert shown["left"] == 0 and shown["limits"][0]["used"] == 2


def test_who_let_go_waits_and_others_do_not(pond: Pond) -> None:
    assert pond.setup(limits={"cooldown_days": 7}).status_code == 200
    (one,) = pond.pooled()
    pond.claim(pond.lin, one)
    assert pond.put_in(one, door=pond.lin, note="一直不接电话").status_code == 200
    answer = pond.claim(pond.lin, one)
    assert (answer.status_code, answer.data["code"]) == (409, "cooling_down")
    with session(pond.firm.workspace.id), connection.cursor() as db:
        db.execute("UPDATE customer SET pooled_at = %s", [timezone.now() - timedelta(days=7, minutes=1)])
    assert pond.claim(pond.lin, one).status_code == 200


def test_the_new_owner_is_protected(pond: Pond) -> None:
    assert pond.setup(limits={"protection_days": 15}).status_code == 200
    (one,) = pond.pooled()
    pond.claim(pond.lin, one)
    assert pond.lin.get(f"/customer/{one}").data["protected_until"] is not None


def test_no_limit_is_gone_round_by_editing(pond: Pond) -> None:
    (one,) = pond.pooled()
    everyone = pond.boss.patch(
        "/meta/objects/customer", {"seen_by": "everyone_edits", "version": pond.boss.get("/meta/objects/customer").data["version"]}
    )  # fmt: skip
    assert everyone.status_code == 200, everyone.data
    me = str(pond.people["外人"].id)
    answer = pond.outsider.patch(f"/customer/{one}", {"owner": me, "version": 2})
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "in_pool")
    assert pond.outsider.patch(f"/customer/{one}", {"pool": None, "version": 2}).status_code == 422
    lin = str(pond.people["林销售"].id)
    given = pond.boss.patch(f"/customer/{one}", {"owner": lin, "version": 2})
    assert (given.data["owner"]["id"], given.data["pool"]) == (lin, None)


def test_managers_hand_out_by_turns(pond: Pond) -> None:
    assert pond.setup(claimable=False, limits={"held": 1}).status_code == 200
    ids = pond.pooled(5)
    assert pond.claim(pond.lin, ids[0]).data["code"] == "not_claimable"
    to = [str(pond.people[name].id) for name in ("林销售", "何销售")]
    body = {"ids": ids, "people": to}
    assert pond.lin.post(f"/pools/{pond.pool}/hand-out", body).status_code == 403
    answer = pond.chief.post(f"/pools/{pond.pool}/hand-out", body)
    assert answer.data == {"given": {to[0]: 3, to[1]: 2}, "gone": 0}
    assert pond.chief.post(f"/pools/{pond.pool}/hand-out", body).data["gone"] == 5
    nobody = pond.chief.post(f"/pools/{pond.pool}/hand-out", {"ids": ids, "people": []})
    assert nobody.data["errors"][0]["code"] == "required"


def test_every_owner_is_told_with_the_reason(pond: Pond) -> None:
    own = pond.customer(pond.lin)
    pond.put_in(own, door=pond.lin, note="转行了")
    pond.claim(pond.he, own)
    rows = pond.he.get(f"/pools/owners/customer/{own}").data["data"]
    assert [(row["action"], row["to"] and row["to"]["name"], row["reason"], row["note"]) for row in rows[:2]] == [
        ("claim", "何销售", None, None), ("return", None, "Other", "转行了"),
    ]  # fmt: skip
    assert (rows[1]["from"]["name"], rows[0]["from"], rows[0]["from_pool"]) == ("林销售", None, pond.pool)
    assert pond.lin.get(f"/pools/owners/customer/{own}").status_code == 404


def test_a_record_goes_to_the_first_pool_that_is_for_it(pond: Pond) -> None:
    high = {"field": "tier", "op": "is", "value": "high"}
    assert pond.setup(position=2).status_code == 200
    vip = pond.boss.post(
        "/pools", {"object": "customer", "name": {"zh-CN": "重点"}, "filter": high, "position": 1}
    )
    one, two = pond.customer(tier="high"), pond.customer()
    assert pond.put_in(one, two).data == {"returned": 2}
    assert pond.boss.get(f"/customer/{one}").data["pool"] == vip.data["key"]
    assert pond.boss.get(f"/customer/{two}").data["pool"] == pond.pool
    assert pond.put_in(one).data["errors"][0]["code"] == "in_pool"
    assert pond.boss.delete(f"/pools/{vip.data['key']}").data["code"] == "pool_holds_records"
    listed = pond.boss.post("/customer/query", {"filter": {"field": "pool", "op": "is", "value": pond.pool}})
    assert [row["id"] for row in listed.data["data"]] == [two]


def test_only_the_owner_s_circle_returns(pond: Pond) -> None:
    own = pond.customer(pond.lin)
    assert pond.put_in(own, door=pond.he).status_code == 404
    (pooled,) = pond.pooled()
    assert pond.put_in(pooled, door=pond.lin).status_code == 403


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"object": "product"}, "object"),
        ({"name": {"zh-CN": " "}}, "name"),
        ({"filter": {"field": "nothing", "op": "is", "value": 1}}, "filter.field"),
        ({"members": [{"kind": "user", "id": "00000000-0000-4000-8000-000000000000"}]}, "members.0"),
        ({"hidden_fields": ["name"]}, "hidden_fields"),
        ({"rules": [{"kind": "nothing", "days": 3}]}, "rules.0.kind"),
        ({"rules": [{"kind": "no_follow_up", "days": 0}]}, "rules.0.days"),
        ({"rules": [{"kind": "no_follow_up", "days": 3, "warn_days": 3}]}, "rules.0.warn_days"),
        ({"rules": [{"kind": "no_follow_up", "days": 3, "filter": {"field": "x", "op": "is", "value": 1}}]}, "rules.0.filter.field"),
        ({"limits": {"daily": -1}}, "limits.daily"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(pond: Pond, given: dict[str, Any], field: str) -> None:
    answer = pond.boss.post("/pools", {"object": "customer", "name": {"zh-CN": "新公海"}, **given})
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, field), answer.data


def test_pools_of_another_firm_do_not_exist(pond: Pond, other_firm: Firm) -> None:
    stranger = other_firm.door()
    assert stranger.get("/pools").data["data"] == []
    assert stranger.get(f"/pools/{pond.pool}/records").status_code == 404
    (one,) = pond.pooled()
    assert stranger.post(f"/pools/{pond.pool}/claim", {"ids": [one]}).status_code == 404
