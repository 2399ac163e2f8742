"""The main job of selling, in the browser: from a visitor who fills in a form to money in the bank, and a customer whom two
people claim at the same moment.

In Chinese, in a workspace of its own. Rules, prices and people are set up through the API, and so are moves that other tests
click; what makes the day people do on the pages: two at their desks, one on the phone, a customer without an account.
"""

import re
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Route, expect

from tests.e2e.acting import act, done, follow, here, two
from tests.e2e.browser import PHONE, Visit
from tests.e2e.conftest import OpenVisit
from tests.e2e.designing import choice
from tests.e2e.firm import Firm, accept, signed_in
from tests.product import environment

MAIL = "zhinan.example"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
BUYER, MOBILE = "佛山启明机械有限公司", "13802774519"
FORGOTTEN = "东莞恒力五金制品厂"
PEOPLE = {"lin": ("林悦", "member"), "he": ("何川", "member"), "zhou": ("周明", "manager")}


def test_a_day_of_selling(firm: Firm, open_visit: OpenVisit) -> None:
    admin = newcomer(firm, open_visit)
    ids, visits = colleagues(firm, admin, open_visit)
    lin, he, boss = visits["lin"], visits["he"], visits["zhou"]
    form = set_up(admin, ids)
    known = customer(admin, BUYER, ids["lin"], phone=MOBILE)
    forgotten = customer(admin, FORGOTTEN, ids["lin"])

    ask_by_form(open_visit(firm.url, size=PHONE), form)
    lead = follow_up_on_the_phone(firm, open_visit, lin)
    deal = convert(lin, lead, known)
    quote = quote_it(lin, deal)
    approve(boss, quote)
    sign(lin, quote, open_visit(firm.url, size=PHONE))
    contract = draw_up(lin, quote)
    deliver(lin, order_it(lin, contract))
    plan_payments(lin, contract)
    come_in(lin, contract, known)
    see_the_pace(boss)
    fall_into_the_pool(firm, admin, forgotten)
    claim_at_once(admin, lin, he, forgotten, ids)


# --- who is there


def newcomer(firm: Firm, open_visit: OpenVisit) -> Visit:
    """Somebody with a workspace of their own."""
    state = signed_in(firm.url, f"wang@{MAIL}", name="王敏", workspace_name="指南机器人")
    return open_visit(firm.url, state=state)


def colleagues(firm: Firm, admin: Visit, open_visit: OpenVisit) -> tuple[dict[str, str], dict[str, Visit]]:
    """Two who sell and the one they report to, each in a window that stays open."""
    ids, visits = {}, {}
    for key, (name, role) in PEOPLE.items():
        body = {"email": f"{key}@{MAIL}", "name": name, "role": role}
        asked = admin.api("POST", "/api/v1/members/invite", body)
        accept(firm.url, asked["invite_url"].rsplit("/", 1)[1], name)
        ids[key] = asked["id"]
        visits[key] = open_visit(firm.url, state=signed_in(firm.url, f"{key}@{MAIL}"))
        visits[key].api("PATCH", "/api/v1/me", {"locale": "zh-CN"})
    team = admin.api("POST", "/api/v1/teams", {"name": "销售部", "manager": ids["zhou"]})
    for key in PEOPLE:
        admin.api("PATCH", f"/api/v1/members/{ids[key]}", {"team": team["id"]})
    return ids, visits


def customer(admin: Visit, name: str, owner: str, **values: Any) -> str:
    made: dict[str, Any] = admin.api("POST", "/api/v1/customer", {"name": name, "owner": owner, **values})
    return str(made["id"])


def set_up(admin: Visit, ids: dict[str, str]) -> str:
    """A product, who may discount how much, who gets leads, a form, a target and a pool; gives the form's address."""
    api = admin.api
    api("POST", "/api/v1/product", {"name": "六轴机械臂", "code": "RB-06", "unit": "台", "price": 100_000, "cost": 60_000,
                                    "tax_rate": 13})  # fmt: skip
    for role, limit in (("member", 8), ("manager", 30)):
        api("POST", "/api/v1/discount_band", {"role": role, "limit": limit})
    version = api("GET", "/api/v1/assignment")["desk"]["version"]
    api("PATCH", "/api/v1/assignment", {"version": version, "enabled": True, "fallback_user": ids["zhou"]})
    api("POST", "/api/v1/assignment/rules", {
        "name": {"zh-CN": "官网线索"}, "filter": {"field": "source", "op": "is", "value": "website"},
        "targets": [{"kind": "user", "id": ids["lin"]}], "in_hours": False,
    })  # fmt: skip
    plan = api("POST", "/api/v1/targets/plans", {"name": {"zh-CN": "回款"}, "measure": "received"})
    cell = {"kind": "user", "id": ids["lin"], "start": TODAY.replace(day=1).isoformat(), "amount": 400_000}
    api("PUT", f"/api/v1/targets/plans/{plan['id']}/cells", {"cells": [cell]})
    rule = {"kind": "no_follow_up", "days": 30, "enabled": True}
    api("POST", "/api/v1/pools", {"object": "customer", "name": {"zh-CN": "公海", "en": "Pool"},
                                  "members": [{"kind": "everyone"}], "rules": [rule]})  # fmt: skip
    asked = [{"key": "contact_name", "required": True}, {"key": "mobile", "required": True},
             {"key": "company", "required": False}, {"key": "need", "required": False}]  # fmt: skip
    form = api("POST", "/api/v1/web-forms", {
        "name": "官网", "title": {"zh-CN": "联系我们"}, "fields": asked, "source": "website",
    })  # fmt: skip
    return str(form["url"])


# --- from the form to the deal


def ask_by_form(visitor: Visit, url: str) -> None:
    page = visitor.go("/form/" + url.rsplit("/", 1)[1])
    expect(page.get_by_role("heading", level=1, name="联系我们")).to_be_visible()
    for label, value in (
        ("联系人", "吴敏华"),
        ("手机", MOBILE),
        ("公司", BUYER),
        ("需求", "三台机械臂，下月上线"),
    ):
        page.get_by_label(label).fill(value)
    assert visitor.overflow() <= 0
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已收到，我们会尽快与你联系。")).to_be_visible()


def follow_up_on_the_phone(firm: Firm, open_visit: OpenVisit, lin: Visit) -> str:
    """The lead has come to the one whom the rule names; who it is is known; they call and say what comes next."""
    phone = open_visit(firm.url, size=PHONE, state=signed_in(firm.url, f"lin@{MAIL}"))
    page = phone.go("/o/lead")
    page.get_by_text("吴敏华").first.click()
    expect(page.get_by_role("heading", level=1, name=re.compile("吴敏华|启明"))).to_be_visible()
    lead = page.url.rsplit("/", 1)[1].split("?")[0]
    page.get_by_role("tab", name="资料").click()
    expect(page.get_by_text("规则「官网线索」")).to_be_visible()
    expect(page.get_by_text("可能已经有了（1 条）")).to_be_visible()
    expect(page.get_by_role("link", name=BUYER)).to_be_visible()
    assert phone.overflow() <= 0
    page.get_by_role("button", name="记录跟进").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("内容").fill("确认三台，要本月报价")
    sheet.get_by_text("有意向", exact=True).click()
    sheet.get_by_text("明天", exact=True).click()
    sheet.get_by_label("下一步做什么（写了就建成任务）").fill("发报价单")
    sheet.get_by_role("button", name=two("保存")).click()
    expect(page.get_by_text("已记录，并建了任务「发报价单」")).to_be_visible()
    return lead


def convert(lin: Visit, lead: str, known: str) -> str:
    """The lead becomes a deal of the customer who is there already."""
    page = lin.go(f"/o/lead/{lead}")
    dialog = act(page, "转化")
    dialog.get_by_label("商机名称").fill("启明三台机械臂")
    dialog.get_by_label("商机金额").fill("300000")
    done(dialog, "转化")
    follow(page, "opportunity")
    deal = here(page)
    assert lin.api("GET", f"/api/v1/opportunity/{deal}")["customer"]["id"] == known
    return deal


# --- quote, approval, signature


def quote_it(lin: Visit, deal: str) -> str:
    """A quote at 15 % off cannot go out: the band says 8."""
    page = lin.page
    done(act(page, "生成报价单"), "生成报价单")
    follow(page, "quote")
    lines = page.get_by_role("region", name="明细")
    lines.get_by_role("button", name="编辑明细").click()
    lines.get_by_role("button", name="加一行").click()
    lines.get_by_label("第 1 行 产品").fill("六轴")
    choice(page, "六轴机械臂").click()
    lines.get_by_label("第 1 行 数量").fill("3")
    lines.get_by_label("第 1 行 折扣").fill("15")
    lines.get_by_label("第 1 行 折扣").press("Control+Enter")
    expect(page.get_by_text("¥255,000").first).to_be_visible()
    quote = here(page)
    lin.forgive("422")
    dialog = act(page, "标为已发出")
    done(dialog, "标为已发出", closes=False)
    expect(dialog.get_by_role("alert")).to_contain_text("要先审批")
    page.keyboard.press("Escape")
    done(act(page, "提交审批"), "提交审批")
    expect(page.get_by_text("待审批").first).to_be_visible()
    paper = lin.context.request.get(f"{lin.base}/api/v1/papers/quote/{quote}/pdf")
    assert paper.ok and paper.body().startswith(b"%PDF")
    return quote


def approve(boss: Visit, quote: str) -> None:
    """The manager finds it on the workbench, and says yes."""
    page = boss.go("/")
    page.get_by_role("link", name=re.compile("启明三台机械臂")).first.click()
    expect(page).to_have_url(re.compile(f"/o/quote/{quote}"))
    dialog = act(page, "批准")
    dialog.get_by_label("说明").fill("老客户，同意")
    done(dialog, "批准")
    expect(page.get_by_text("已批准").first).to_be_visible()


def sign(lin: Visit, quote: str, buyer: Visit) -> None:
    """The customer reads it on a page of its own, draws a signature and accepts."""
    lin.api("POST", f"/api/v1/quote/{quote}/actions/send_quote", {})
    url = lin.api("POST", f"/api/v1/papers/quote/{quote}/links", {})["url"]
    offer = buyer.go("/" + url.split("/", 3)[3])
    expect(offer.get_by_text("255,000.00").first).to_be_visible()
    offer.get_by_label("您的姓名").fill("吴敏华")
    pad = offer.get_by_role("img", name="在方框里签名")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    offer.mouse.move(box["x"] + 20, box["y"] + 40)
    offer.mouse.down()
    for step in range(12):
        offer.mouse.move(box["x"] + 40 + 15 * step, box["y"] + 40 + 25 * (step % 2))
    offer.mouse.up()
    assert buyer.overflow() <= 0
    offer.get_by_role("button", name="接受报价").click()
    expect(offer.get_by_text("报价已接受")).to_be_visible()


def draw_up(lin: Visit, quote: str) -> str:
    """What the manager has approved with the quote is not asked about again."""
    page = lin.go(f"/o/quote/{quote}")
    expect(page.get_by_text("已接受").first).to_be_visible()
    done(act(page, "生成合同"), "生成合同")
    follow(page, "contract")
    done(act(page, "标为已签订"), "标为已签订")
    expect(page.get_by_text("执行中").first).to_be_visible()
    return here(page)


# --- order, deliveries, money


def order_it(lin: Visit, contract: str) -> str:
    page = lin.page
    done(act(page, "生成订单"), "生成订单")
    follow(page, "sales_order")
    order = here(page)
    lin.api("POST", f"/api/v1/sales_order/{order}/actions/confirm_sales_order", {})
    return order


def deliver(lin: Visit, order: str) -> None:
    """One first, then the two that are left; the order follows."""
    page = lin.go(f"/o/sales_order/{order}")
    dialog = act(page, "发货")
    count = dialog.get_by_label("「六轴机械臂」的数量")
    expect(count).to_have_value("3")
    count.fill("1")
    dialog.get_by_label("承运商").fill("迅捷达物流")
    dialog.get_by_label("运单号").fill("SF-1001")
    done(dialog, "发货")
    expect(page.get_by_text("发货中").first).to_be_visible()
    lin.api("POST", f"/api/v1/sales_order/{order}/actions/deliver_order", {"tracking_number": "SF-1002"})
    query = {"filter": {"field": "sales_order", "op": "is", "value": order}, "sort": "created_at"}
    parts = lin.api("POST", "/api/v1/delivery/query", query)["data"]
    parts = [lin.api("GET", f"/api/v1/delivery/{each['id']}") for each in parts]
    assert [line["quantity"] for each in parts for line in each["items"]] == [1, 2]
    for each in parts:
        lin.api("POST", f"/api/v1/delivery/{each['id']}/actions/receive_delivery", {})
    assert lin.api("GET", f"/api/v1/sales_order/{order}")["status"] == "delivered"


def plan_payments(lin: Visit, contract: str) -> None:
    """Three instalments; the day of the first has passed."""
    page = lin.go(f"/o/contract/{contract}")
    dialog = act(page, "制定回款计划")
    day = dialog.get_by_label("第一期应收日期")
    expect(day).to_have_value(TODAY.isoformat())
    day.fill((TODAY - timedelta(days=5)).isoformat())
    day.press("Enter")
    expect(dialog.get_by_text("¥85,000")).to_have_count(3)
    done(dialog, "生成")
    expect(page.get_by_text("已生成 3 期回款计划")).to_be_visible()
    main = page.get_by_role("main")
    expect(main.get_by_text("已逾期", exact=True).first).to_be_visible()
    expect(main.get_by_text("待回款", exact=True).first).to_be_visible()


def come_in(lin: Visit, contract: str, known: str) -> None:
    """One payment for the late one and half of the next; what is left of the plan says so."""
    paid = {"customer": known, "paid_on": TODAY.isoformat(), "amount": 127_500}
    page = lin.go(f"/o/payment/{lin.api('POST', '/api/v1/payment', paid)['id']}")
    dialog = act(page, "核销")
    expect(dialog.get_by_text("已逾期")).to_be_visible()
    done(dialog, "保存")
    page = lin.go(f"/o/contract/{contract}")
    main = page.get_by_role("main")
    for state in ("已回清", "部分回款", "待回款"):
        expect(main.get_by_text(state, exact=True).first).to_be_visible()
    expect(main.get_by_text(re.compile(r"已收 ¥127,500(\.00)?，共 ¥255,000"))).to_be_visible()


def see_the_pace(boss: Visit) -> None:
    """What came in counts the same minute."""
    page = boss.go("/performance")
    row = page.get_by_role("row").filter(has_text="林悦")
    expect(row).to_contain_text("31.8%")
    expect(row).to_contain_text(re.compile(r"12\.\d+ ?万"))


# --- the pool

NIGHT = """
import sys, uuid
from datetime import timedelta
from guanxi.config.command_setting import django_ready
django_ready()
from guanxi.domains.customers.models import Customer
from guanxi.domains.sales.pool import tasks
from guanxi.domains.sales.pool.recycling import begin_run
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import load_system_ctx
workspace, customer = map(uuid.UUID, sys.argv[1:])
with session(workspace):
    ctx = load_system_ctx(workspace)
    then = ctx.now - timedelta(days=32)
    Customer.objects.filter(id=customer).update(created_at=then, owned_since=then, last_contact_at=then)
    run = begin_run(ctx)
print(tasks.run(workspace, run.id))
"""


def fall_into_the_pool(firm: Firm, admin: Visit, forgotten: str) -> None:
    """The night comes to a customer who has been left alone for a month; the other one stays."""
    workspace = admin.api("GET", "/api/v1/me")["workspace"]["id"]
    night = subprocess.run(
        [sys.executable, "-c", NIGHT, workspace, forgotten],
        env=environment(firm.product.home), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "'recycled': 1" in night.stdout, night.stdout + night.stderr


def claim_at_once(admin: Visit, lin: Visit, he: Visit, forgotten: str, ids: dict[str, str]) -> None:
    """Both have clicked before the first click arrives: one has the customer, the other is told."""
    held: list[Route] = []
    for visit in (lin, he):
        visit.forgive("409")
        page = visit.go("/pools")
        expect(page.get_by_role("row").filter(has_text=FORGOTTEN)).to_be_visible()
        page.route("**/claim", lambda route: held.append(route))
        page.get_by_role("row").filter(has_text=FORGOTTEN).get_by_role("button", name=two("领取")).click()
        page.wait_for_timeout(50)
    assert len(held) == 2
    for route in held:
        route.continue_()
    won = [visit.page.get_by_text("已领取 1 个") for visit in (lin, he)]
    told = [visit.page.get_by_text(re.compile("它已经归(林悦|何川)了")) for visit in (lin, he)]
    for good, bad in zip(won, told, strict=True):
        expect(good.or_(bad).first).to_be_visible()
    winners = [n for n, good in enumerate(won) if good.first.is_visible()]
    assert len(winners) == 1
    assert admin.api("GET", f"/api/v1/customer/{forgotten}")["owner"]["id"] == ids[("lin", "he")[winners[0]]]
