"""Referrals: codes, who cannot have brought whom, rewards after the first payment, influence down the chain."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.referrals.rules import LENGTH, Terms, closes_ring, shown, spell, tidy
from guanxi.domains.sales.web_forms import rules as form_rules
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Role
from tests.domains.sales import money
from tests.domains.sales.conftest import made
from tests.domains.sales.test_web_forms import form, hand_in, path_of
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def customer(door: Door, name: str, **values: Any) -> dict[str, Any]:
    return made(door, "customer", name=name, **values)


def brought(door: Door, new: dict[str, Any], by: dict[str, Any], **values: Any) -> dict[str, Any]:
    values = {"referred_on": "2026-01-01", **values}
    return made(door, "referral", customer=new["id"], referrer=by["id"], **values)


def told(door: Door, record: dict[str, Any]) -> dict[str, Any]:
    answer = door.get(f"/referrals/{record['object']}/{record['id']}")
    assert answer.status_code == 200, answer.data
    found: dict[str, Any] = answer.data
    return found


def terms(boss: Door, **values: Any) -> None:
    version = boss.get("/referrals/terms").data["version"]
    answer = boss.put("/referrals/terms", {"version": version, **values})
    assert answer.status_code == 200, answer.data


def move(door: Door, referral: dict[str, Any], name: str, **body: Any) -> Any:
    return door.post(f"/referral/{referral['id']}/actions/{name}_referral", body)


def test_a_code_is_made_once_and_leads_to_who_holds_it(rep: Door, firm: Firm) -> None:
    old, new = customer(rep, "老客户"), customer(rep, "新客户")
    person = made(rep, "contact", name="赵总", customer=old["id"])
    assert told(rep, old)["code"] is None
    code = rep.post(f"/referrals/contact/{person['id']}/code").data["code"]
    assert rep.post(f"/referrals/contact/{person['id']}/code").data["code"] == code
    colleague = firm.add("周同事", Role.MEMBER)
    other = firm.door(colleague)
    assert other.get(f"/referrals/contact/{person['id']}").status_code == 404
    assert other.post(f"/referrals/contact/{person['id']}/code").status_code == 404
    # Whoever may look at a customer and no more makes no codes for it, and says nothing of who brought it.
    reader = {"user": str(colleague.id), "level": "read"}
    assert (
        rep.call("PUT", f"/customer/{new['id']}/collaborators", {"collaborators": [reader]}).status_code
        == 200
    )
    assert other.get(f"/referrals/customer/{new['id']}").data["may_make"] is False
    assert other.post(f"/referrals/customer/{new['id']}/code").status_code == 403
    assert other.post(f"/referrals/customer/{new['id']}/brought-by", {"code": code}).status_code == 403
    # A colleague who sees nothing of the referrer names the code that the new customer told them.
    theirs = customer(other, "别人的新客户")
    path = f"/referrals/customer/{theirs['id']}/brought-by"
    assert money.errors(other.post(path, {"code": "2222-2222"})) == [("code", "unknown_code")]
    answer = other.post(path, {"code": f" {code.lower().replace('-', ' ')} "})
    assert answer.status_code == 201, answer.data
    # They are told nothing of whom it leads to; who sees both is.
    assert old["name"] not in answer.content.decode()
    seen = firm.door().get(f"/referral/{answer.data['id']}").data
    assert (seen["referrer"]["id"], seen["referrer_contact"]["id"]) == (old["id"], person["id"])
    assert old["name"] not in other.get(f"/customer/{theirs['id']}").content.decode()
    itself = rep.post(f"/referrals/customer/{old['id']}/brought-by", {"code": code})
    assert money.errors(itself) == [("code", "oneself")]
    assert rep.post(f"/referrals/customer/{new['id']}/brought-by", {"code": code}).status_code == 201


def test_nobody_brings_themselves_nor_who_brought_them(rep: Door) -> None:
    group = customer(rep, "集团", mobile="13800138001")
    part = customer(rep, "分公司", parent=group["id"])
    twin = customer(rep, "换个名字", phone="13800138001")
    boss = made(rep, "contact", name="法人", email="me@firm.example")
    mine = customer(rep, "自己的公司", email="ME@firm.example")
    one, two, three = (customer(rep, name) for name in ("甲", "乙", "丙"))

    def refused(new: dict[str, Any], by: dict[str, Any], **values: Any) -> list[tuple[str, str]]:
        return money.errors(rep.post("/referral", {"customer": new["id"], "referrer": by["id"], **values}))

    for new, by in ((one, one), (part, group), (group, part), (twin, group)):
        assert refused(new, by) == [("referrer", "oneself")]
    assert refused(mine, one, referrer_contact=boss["id"]) == [("referrer", "oneself")]
    brought(rep, two, one)
    last = brought(rep, three, two)
    assert refused(one, two) == refused(one, three) == [("referrer", "ring")]
    # Turning one around closes it, too; taking it away opens it.
    back = rep.patch(f"/referral/{last['id']}", {"customer": one["id"], "version": 1})
    assert money.errors(back) == [("referrer", "ring")]
    assert rep.delete(f"/referral/{last['id']}", {"version": 1}).status_code == 204
    brought(rep, one, three)
    # A customer is brought once: who comes second is kept, counts for nothing, and says why.
    second = brought(rep, two, customer(rep, "丁"))
    assert second["status"] == "void" and "TJ-" in second["void_reason"]


def test_a_reward_falls_due_with_the_first_payment_and_goes_with_it(boss: Door, rep: Door) -> None:
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.1")
    terms(boss, kind="percent", percent="10", cap="500")
    old, new, late = customer(rep, "老"), customer(rep, "新"), customer(rep, "早就付过")
    money.pay(rep, 10, late, paid_on="2025-12-31")
    assert brought(rep, late, old)["status"] == "closed"
    referral = brought(rep, new, old)
    first = money.pay(rep, "100.05", new, currency="USD", paid_on="2026-02-01")
    told_of = money.read(rep, referral)
    assert (told_of["status"], told_of["first_payment"]["id"], told_of["reward"]) == (
        "due",
        first["id"],
        71.04,
    )
    # Other terms change nothing that is due; a second payment neither.
    terms(boss, kind="fixed", amount="300")
    second = money.pay(rep, 99999, new, paid_on="2026-02-02")
    assert money.figures(rep, referral, "status", "reward") == ("due", 71.04)
    assert move(rep, referral, "reward").status_code == 422  # for managers
    # The first payment never was: now the second one is the first.
    void = rep.post(f"/payment/{first['id']}/actions/void_payment", {"comment": "错录"})
    assert void.status_code == 200, void.data
    now = money.read(rep, referral)
    assert (now["status"], now["first_paid_on"], now["first_payment"]["id"]) == (
        "due", "2026-02-02", second["id"]
    )  # fmt: skip
    assert move(boss, referral, "reward", comment="转账").data == {"status": "paid"}
    paid = money.read(rep, referral)
    assert (paid["reward_note"], paid["rewarded_on"] is not None) == ("转账", True)
    locked = rep.patch(f"/referral/{referral['id']}", {"reward": 1, "version": paid["version"]})
    assert money.errors(locked) == [("reward", "locked")]
    assert told(rep, old)["rewards"] == {"due": 0, "paid": paid["reward"]}


def test_influence_is_what_they_paid_down_the_chain(boss: Door, rep: Door, firm: Firm) -> None:
    root, one, two, three = (customer(rep, name) for name in ("根", "一", "二", "三"))
    for new, by in ((one, root), (two, one), (three, root)):
        brought(rep, new, by)
    paid = {one["id"]: 100, two["id"]: "20.02", three["id"]: 3}
    for of in (one, two, three):
        money.pay(rep, paid[of["id"]], of)
    refund = money.pay(rep, 50, three, paid_on="2026-03-02")
    back = rep.post(
        f"/payment/{refund['id']}/actions/refund_payment",
        {"amount": 50, "paid_on": "2026-03-03", "comment": "退"},
    )
    assert back.status_code in (200, 201), back.data
    found = told(rep, root)["influence"]
    assert found == {
        "direct": 2,
        "people": 3,
        "cut": False,
        "levels": 2,
        "direct_revenue": 103,
        "revenue": 123.02,
    }
    assert told(rep, one)["brought_by"]["referrer"]["id"] == root["id"]
    # Whoever may not see payments is told of people, and of no amounts.
    role = boss.get("/roles/member").data
    kept = {key: value for key, value in role["rights"].items() if value}
    rights = kept | {"objects": {**kept.get("objects", {}), "payment": {"see": "none"}}}
    changed = boss.patch("/roles/member", {"rights": rights, "version": role["version"]})
    assert changed.status_code == 200, changed.data
    seen = told(rep, root)
    assert (seen["influence"]["people"], seen["influence"]["revenue"]) == (3, None)
    assert {row["revenue"] for row in seen["brought"]} == {None}


def test_a_code_in_the_address_of_a_form_becomes_a_referral(
    boss: Door, rep: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_rules, "BITS", 4)
    checks.forget()
    old = customer(rep, "老客户", mobile="13800138009")
    code = rep.post(f"/referrals/customer/{old['id']}/code").data["code"]
    door = form(boss, source="")
    links = told(rep, old)["links"]
    assert [link["url"] for link in links] == [f"{door['url']}?ref={code}"]

    def lead_of(mobile: str, ref: str) -> dict[str, Any]:
        answers = {"contact_name": f"来人{mobile[-2:]}", "mobile": mobile}
        assert hand_in(path_of(door), answers, **{"from": {"ref": ref}}).status_code == 200
        query = {"filter": {"field": "mobile", "op": "is", "value": mobile}}
        found: dict[str, Any] = boss.post("/lead/query", query).data["data"][0]
        return found

    lead = lead_of("13800138010", code.lower())
    assert (lead["referral_code"], lead["source"]) == (code.lower(), "referral")
    became = boss.post(f"/lead/{lead['id']}/actions/convert", {"create_opportunity": False})
    assert became.status_code == 200, became.data
    row = told(boss, became.data["customer"] | {"object": "customer"})["brought_by"]
    assert row["referrer"]["id"] == old["id"]
    assert boss.get(f"/referral/{row['id']}").data["lead"]["id"] == lead["id"]
    # Their own code, and one that leads nowhere: the lead is converted all the same, a note says why.
    for mobile, ref in (("13800138009", code), ("13800138011", "XXXX-XXXX")):
        lead = lead_of(mobile, ref)
        became = boss.post(
            f"/lead/{lead['id']}/actions/convert", {"create_customer": True, "create_opportunity": False}
        )
        assert became.status_code == 200, became.data
        target = became.data["customer"]["id"]
        assert told(boss, {"object": "customer", "id": target})["brought_by"] is None
        notes = boss.post("/note/query", {"filter": {"field": "customer", "op": "is", "value": target}}).data[
            "data"
        ]
        assert any(ref in (note["body"] or "") for note in notes), notes


def test_terms_are_for_who_holds_the_area(boss: Door, rep: Door) -> None:
    assert (
        rep.get("/referrals/terms").status_code
        == rep.put("/referrals/terms", {"kind": "none"}).status_code
        == 403
    )
    assert boss.put("/referrals/terms", {"kind": "none"}).status_code == 428
    assert boss.put("/referrals/terms", {"kind": "none", "version": 7}).status_code == 409
    assert money.errors(boss.put("/referrals/terms", {"kind": "fixed", "version": 0})) == [
        ("amount", "required")
    ]


@given(st.integers(0, 28**LENGTH - 1))
def test_codes_are_read_as_they_are_shown(number: int) -> None:
    code = spell(number)
    assert tidy(shown(code)) == tidy(f" {shown(code).lower()}") == code


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12)), st.integers(0, 12), st.integers(0, 12))
def test_a_forest_stays_one(above: dict[int, int], referrer: int, customer: int) -> None:
    forest: dict[int, int] = {}
    for child, parent in above.items():
        if not closes_ring(forest, parent, child):
            forest[child] = parent
    for start in forest:
        seen, now = [start], forest.get(start)
        while now is not None:
            assert now not in seen
            seen.append(now)
            now = forest.get(now)


@given(
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 100, places=2),
    st.none() | st.decimals(0, 10**6, places=2),
)
def test_a_reward_is_whole_and_never_over_its_cap(
    paid: Decimal, percent: Decimal, cap: Decimal | None
) -> None:
    found = Terms("percent", None, percent, cap).reward(paid, 2)
    assert found == found.quantize(Decimal("0.01")) and found >= 0
    assert found <= (paid if cap is None else min(cap, paid)) + Decimal("0.005")


def test_ids_are_ids(rep: Door) -> None:
    assert rep.get(f"/referrals/lead/{uuid.uuid4()}").status_code == 404
